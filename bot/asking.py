"""Questions as messages: the words, and the buttons where a short list of answers exists."""

from bot.messages import Choice, ChoiceMeaning, HandoverReason, Say
from bot.profile import FIELDS, label
from bot.state import State
from bot.wording import replies, say
from knowledge.catalogue import Catalogue

CHOICES: dict[str, tuple[str | int, ...]] = {
    "status": ("employee", "jobseeker", "self_employed", "public_agent", "student", "inactive", "employer"),
    "contract_type": ("cdi", "cdd", "interim"),
    "activity": ("artisan", "commerce", "liberal", "agriculture"),
    "education_level": (0, 3, 4, 5, 6, 7),
}


# Projects in which who aims at nothing looks for ideas first.
_OPEN = frozenset({None, "find_training", "change_career", "explore_jobs"})


def question(field: str, catalogue: Catalogue, *, returning: bool = False, wording: str | None = None) -> Say:
    """The question about a profile field, with a way not to answer. `returning` goes back to it after a digression;
    `wording` names other words for the same question."""
    words = say(f"questions.{wording or field}")
    text = say("interview.back_to_question", question=words) if returning else words
    return Say(kind="question", text=text, payload={"field": field}, choices=_choices(field, catalogue))


def yes_no(text: str, *, yes: str, no: str) -> Say:
    """A yes/no question about nothing in the profile; `yes` and `no` are keys of the replies."""
    choices = (
        Choice(id="yes", label=say(yes), meaning=ChoiceMeaning(intent="affirm")),
        Choice(id="no", label=say(no), meaning=ChoiceMeaning(intent="deny")),
    )
    return Say(kind="question", text=text, payload={"field": None}, choices=choices)


def offer_handover(reason: HandoverReason, text: str, state: State) -> tuple[Say, State]:
    """Offer a counsellor for `reason`, and the state that waits for the answer."""
    ask = yes_no(text, yes="handover.offer_yes", no="handover.offer_no")
    offered = tuple(dict.fromkeys([*state.memory.escalation_offered, reason]))
    return ask, state.note(pending="offer_handover", pending_reason=reason, escalation_offered=offered)


def menu(text: str, *intents: str) -> Say:
    """A question about nothing in the profile whose choices are requests."""
    choices = tuple(
        Choice(id=f"go-{intent}", label=say(f"menu.{intent}"), meaning=ChoiceMeaning(intent=intent))
        for intent in intents
    )
    return Say(kind="question", text=text, payload={"field": None}, choices=choices)


def closing_question(state: State) -> Say:
    """What can be done next, once nothing is missing."""
    if state.memory.proposed:
        return menu(say("interview.next"), "ask_funding", "ask_steps", "talk_to_human")
    if state.text("project") in _OPEN and not state.knows("target_job") and not state.memory.query:
        return menu(say("interview.next"), "explore_jobs", "ask_funding", "talk_to_human")
    return menu(say("interview.next"), "find_training", "ask_funding", "talk_to_human")


def person_first(ask: Say) -> Say:
    """The same question, with «Parler à une personne» as its first button."""
    (person,) = menu("", "talk_to_human").choices
    return ask.model_copy(update={"choices": (person, *(one for one in ask.choices if one.id != person.id))})


def _choices(field: str, catalogue: Catalogue) -> tuple[Choice, ...]:
    spec = FIELDS[field]
    if spec.type == "bool":
        return _yes_no_choices(field)
    choices = [
        Choice(
            id=f"{field}-{value}",
            label=_capitalised(label(field, value, catalogue)),
            meaning=ChoiceMeaning(intent="inform", facts={field: value}),
        )
        for value in CHOICES.get(field, ())
    ]
    skip = Choice(
        id=f"{field}-skip", label=say(_skip_key(field)), meaning=ChoiceMeaning(intent="dont_know", refused=field)
    )
    return (*choices, skip)


def _yes_no_choices(field: str) -> tuple[Choice, ...]:
    yes = ChoiceMeaning(intent="affirm", facts={field: True})
    no = ChoiceMeaning(intent="deny", facts={field: False})
    if FIELDS[field].sensitive:
        no = ChoiceMeaning(intent="deny", refused=field)
    return tuple(
        Choice(id=key, label=say(f"questions.{key}"), meaning=said) for key, said in (("yes", yes), ("no", no))
    )


def _skip_key(field: str) -> str:
    key = f"questions.skip.{field}"
    return key if key in replies() else "questions.skip.default"


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]
