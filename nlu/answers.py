"""Short answers, read by the question they answer: «4 ans», «Reims», «bac pro» are facts, «oui» and «non» are not."""

import re
from collections.abc import Sequence

from nlu.entities.lexicons import lexicon
from nlu.entities.text import Folded
from nlu.understanding import Context, Entity

# What may be said instead of an answer, and stays what it is.
REACTIONS = frozenset(
    {
        *(
            "affirm",
            "deny",
            "dont_know",
            "cancel",
            "restart",
            "ask_rephrase",
            "talk_to_human",
            "thank",
            "goodbye",
            "greet",
        ),
        *("insult", "complain", "erase_data", "ask_privacy", "ask_capabilities", "bot_challenge", "distress"),
        *("get_summary", "book_appointment", "correct"),
    }
)
_FACTS = frozenset(
    {
        *(
            "location",
            "status",
            "contract_type",
            "education_level",
            "duration",
            "amount",
            "date",
            "age",
            "company_size",
        ),
        *("email", "phone", "person_name", "modality", "job", "sector"),
    }
)
_SOLID = frozenset({"location", "education_level", "email", "phone", "job", "company_size", "amount"})
# Fields whose answer is a name of something, often unknown to any lexicon.
_NAMED = frozenset({"location", "target_job", "current_job", "first_name", "target_certification", "opco", "idcc"})
# Of which one may have none.
_MAY_BE_NONE = frozenset({"status", "education_level", "cpf_balance", "cpf_hours", "budget", "employer_contribution"})
_SHORT_ANSWER = 6
_BARE = 4
_WORD_OR_TWO = 2
_COVERED = 0.6
_WHOLLY = 0.99
_WORD = re.compile(r"\w+")


def is_answer(
    text: str, entities: Sequence[Entity], guess: str, sure: bool, context: Context, *, certain: bool = True
) -> bool:
    """Whether the message is a bare answer, or bare facts, so that its intent is `inform`.

    `guess` is what the classifier takes it for, `sure` whether it is above the threshold, `certain` whether it is far
    above.
    """
    folded = Folded.of(text).folded
    words = _WORD.findall(folded)
    if not words or "?" in folded:
        return False
    if context.asked_field is None:
        if guess in REACTIONS and certain and not _all_facts(folded, _solid(entities), _WHOLLY):
            return False
        return _all_facts(folded, entities, _COVERED if len(words) <= _BARE else _WHOLLY)
    if re.fullmatch(lexicon("answers")["number"], folded):
        return True
    if context.asked_field in _MAY_BE_NONE and re.fullmatch(lexicon("answers")["nothing"], folded):
        return True
    if len(words) <= _BARE and _all_facts(folded, entities):
        return True
    if guess not in REACTIONS and not certain and _holds_what_was_asked(entities, context.asked_field):
        return True
    if len(words) > _SHORT_ANSWER or (guess in REACTIONS and sure):
        return False
    if any(entity.entity in _FACTS for entity in entities):
        return True
    if len(words) <= _BARE and context.asked_field in _NAMED and guess not in REACTIONS:
        return True
    # A word or two that nothing surely explains answer the question, even where no lexicon knows them.
    return len(words) <= _WORD_OR_TWO and guess not in REACTIONS and not sure


def _solid(entities: Sequence[Entity]) -> list[Entity]:
    """The facts that no reaction is made of: «Vouziers» is an answer, whatever the classifier thinks of it."""
    return [entity for entity in entities if entity.entity in _SOLID]


def _holds_what_was_asked(entities: Sequence[Entity], field: str) -> bool:
    """Whether the fact that the question was about is in the message, however long it is."""
    wanted = "duration" if field.endswith("_months") else field
    return any(entity.entity == wanted for entity in entities)


def _all_facts(folded: str, entities: Sequence[Entity], share: float = _COVERED) -> bool:
    """Facts cover more than this share of what the message says, small words aside."""
    facts = [entity for entity in entities if entity.entity in _FACTS]
    said = [match for match in _WORD.finditer(folded) if match.group() not in lexicon("answers")["small_words"]]
    covered = [m for m in said if any(e.start <= m.start() < e.end for e in facts)]
    return bool(facts) and len(covered) > share * len(said)
