"""Plays the person of a dialogue: says what is on their mind, answers what they are asked when they know the answer."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from api.chat.dialogues import Dialogue, Saying
from api.chat.messages import Choice, Message
from api.chat.visitor import Visitor
from bot.profile import CONTACT_FIELDS

# The words and the patience of the evaluation's person.
DONT_KNOW = "je ne sais pas"
RATHER_NOT = "je préfère ne pas le donner"
PATIENCE = 3
ANSWERS_PER_FIELD = 3
TOUCHES_PER_LABEL = 2


class Persona:
    """One dialogue with one open conversation. What they say next depends on the assistant's last question alone."""

    def __init__(self, dialogue: Dialogue, visitor: Visitor) -> None:
        self._dialogue = dialogue
        self._visitor = visitor
        self._left = list(dialogue.says)
        self._answered: Counter[str] = Counter()
        self._touched: Counter[str] = Counter()
        self._shrugs = 0

    def play(self) -> int:
        """Talk until there is nothing left to say; the number of messages of the person. Raises Refused, NoServer."""
        latest: Sequence[Message] = self._visitor.welcome
        for turn in range(self._dialogue.max_turns):
            said = self._next(latest, first=turn == 0)
            if said is None or self._visitor.erased:
                return turn
            answer = self._visitor.choose(said) if isinstance(said, Choice) else self._visitor.say(said)
            latest = answer.messages
        return self._dialogue.max_turns

    def _next(self, latest: Sequence[Message], *, first: bool) -> str | Choice | None:
        question = next((message for message in reversed(latest) if message.kind == "question"), None)
        field = (question.payload or {}).get("field") if question else None
        interrupts = first or (bool(self._left) and self._left[0].when == "now")
        if question and not interrupts and (answer := self._answer(question, field)):
            return answer
        if self._left:
            return self._say(self._left.pop(0), question)
        return self._last_words(question, field)

    def _answer(self, question: Message, field: str | None) -> str | Choice | None:
        if question.choices and (field is None or self._dialogue.by_choice):
            yes_or_no = str(self._dialogue.knows.get("other", "")).lower().split(" ")[0]
            patterns = [*self._dialogue.picks, *([rf"^{yes_or_no}\b"] if yes_or_no and field is None else [])]
            if choice := self._choose(question.choices, patterns):
                return choice
        if field is None or field not in self._dialogue.knows or self._answered[field] >= ANSWERS_PER_FIELD:
            return None
        known = self._dialogue.knows[field]
        answers = [known] if isinstance(known, str) else known
        self._answered[field] += 1
        return str(answers[min(self._answered[field], len(answers)) - 1])

    def _say(self, saying: Saying, question: Message | None) -> str | Choice:
        choices = question.choices if question and saying.pick else []
        return self._choose(choices, [saying.pick or ""]) or saying.text

    def _last_words(self, question: Message | None, field: str | None) -> str | None:
        knows = self._dialogue.knows
        if question and field is None and not question.choices and "other" in knows and not self._answered["other"]:
            self._answered["other"] += 1
            return str(knows["other"])
        if field is None or field in knows or self._shrugs >= PATIENCE or self._answered[field] >= ANSWERS_PER_FIELD:
            return None
        self._shrugs += 1
        self._answered[field] += 1
        return RATHER_NOT if field in CONTACT_FIELDS else DONT_KNOW

    def _choose(self, choices: Iterable[Choice], patterns: Iterable[str]) -> Choice | None:
        for pattern in patterns:
            for choice in choices:
                wanted = re.search(_plain(pattern), _plain(choice.label), re.IGNORECASE)
                if wanted and self._touched[choice.label] < TOUCHES_PER_LABEL:
                    self._touched[choice.label] += 1
                    return choice
        return None


def _plain(text: str) -> str:
    return re.sub(r"[\u00a0\u202f\u2009]", " ", text).replace("’", "'")
