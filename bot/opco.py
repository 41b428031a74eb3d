"""«De quel OPCO je dépends ?»: the OPCO of an employer, by the number or the name of its collective agreement, or by
its activity. Several possible: the person chooses; none found: it is said, with how to find the number."""

from collections.abc import Sequence

from bot.asking import offer_handover
from bot.intents import REFUSALS
from bot.messages import Choice, ChoiceMeaning, Effect, HandoverReason, Profile, Say
from bot.notices import notice_message, sources_payload
from bot.opening_hours import month_of_year
from bot.spotting import names_agreement, speaks_of_own_company
from bot.state import State
from bot.turn import Turn
from bot.wondering import asks
from bot.wording import say
from knowledge.agreements import Found, opco_name, short_title
from knowledge.records import Agreement, Source

CHOICES_SHOWN = 4
FRESH_DAYS = 365
FIELD = "idcc"
PAID_BY_OPCO = frozenset(
    {"opco_plan", "plan_developpement", "contrat_apprentissage", "contrat_professionnalisation", "periode_reconversion"}
)
_HAVE_ONE = frozenset({"employee", "employer"})
_HINT = "opco_hint"
# Whatever the words, these are heard first.
_NEVER = frozenset({"distress", "talk_to_human", "book_appointment", "erase_data", "restart", "insult", "cancel"})

Answer = tuple[tuple[Effect, ...], State]


def about_opco(turn: Turn, state: State) -> Answer | None:
    """The OPCO that is asked about, or that what was just told leads to; None when the message is about something
    else."""
    if turn.heard.intent in _NEVER:
        return None
    if turn.metadata.choice is not None:
        return _chosen(turn, state)
    if state.evidence.get(FIELD) == [turn.metadata.seq]:
        return _by_number(turn, state, state.text(FIELD) or "")
    if turn.asked_field == FIELD and turn.heard.intent in REFUSALS:
        return _not_found(turn, state, say("opco.not_known"))
    told = turn.asked_field == FIELD and "?" not in turn.heard.text
    if told or asks("opco", turn.heard.text) or names_agreement(turn.heard.text):
        return _by_words(turn, state)
    return None


def opco_line(turn: Turn, state: State) -> str | None:
    """What is known of the employer's OPCO, in a sentence: told, or the only one for its activity; None otherwise."""
    if opco := state.text("opco"):
        return say("opco.known", opco=opco)
    found = turn.services.agreements.by_words(state.memory.trade or "")
    if found.named and len(found.opcos) == 1:
        return f"{_finding(found)} {_age(turn, found.agreements[0].source)}"
    return None


def opco_hint(state: State, scheme: str | None) -> tuple[tuple[Say, ...], State]:
    """With a scheme that an OPCO pays: which one that is, or how to learn it; said once."""
    if scheme not in PAID_BY_OPCO or state.text("status") not in _HAVE_ONE or _HINT in state.memory.told:
        return (), state
    opco = state.text("opco")
    text = say("opco.known", opco=opco) if opco else say("opco.hint")
    return (Say(text=text),), state.note(told=(*state.memory.told, _HINT))


def _chosen(turn: Turn, state: State) -> Answer | None:
    """The answer to one of the conventions touched, or to «none of them»."""
    choice = turn.metadata.choice
    if choice is None or (choice.refused != FIELD and "agreement" not in choice.data):
        return None
    one = turn.services.catalogue.agreements.get(str(choice.data.get("agreement")))
    if one is None:
        return _not_found(turn, state, say("opco.not_known"))
    return _told(turn, state, Found((one,), named=True))


def _by_number(turn: Turn, state: State, idcc: str) -> Answer:
    finder = turn.services.agreements
    if one := finder.by_number(idcc):
        return _told(turn, state, Found((one,), named=True))
    if not finder:
        return _not_found(turn, state, say("opco.no_table"))
    unknown = say("opco.unknown_number", idcc=idcc)
    found = finder.by_words(turn.heard.text)
    if found.named:
        said, state = _by_found(turn, state, found)
        return (Say(text=unknown), *said), state
    return _not_found(turn, state, unknown)


def _by_words(turn: Turn, state: State) -> Answer:
    finder = turn.services.agreements
    found = finder.by_words(turn.heard.text)
    if not found.agreements:
        found = finder.by_words(state.memory.trade or "")
    if found.agreements:
        return _by_found(turn, state, found)
    if not finder:
        return _not_found(turn, state, say("opco.no_table"))
    if turn.asked_field != FIELD and state.memory.asked.get(FIELD, 0) == 0:
        return (_question(say("opco.ask"), ()),), _noted(state)
    return _not_found(turn, state, say("opco.unknown"))


def _by_found(turn: Turn, state: State, found: Found) -> Answer:
    if found.named and len(found.opcos) == 1:
        return _told(turn, state, found)
    text = say("opco.which" if found.named else "opco.likely")
    return (_question(text, found.agreements[:CHOICES_SHOWN]),), _noted(state)


def _told(turn: Turn, state: State, found: Found) -> Answer:
    source = found.agreements[0].source
    lines = [_finding(found), say("opco.role"), _age(turn, source), say("opco.source", title=source.title)]
    law = turn.services.notices.by_id("opco")
    cited = (source, *(law.sources[:1] if law else ()))
    return (Say(text="\n".join(lines), payload=sources_payload(cited)),), state.learn(
        _facts(turn, state, found), turn.metadata.seq
    )


def _facts(turn: Turn, state: State, found: Found) -> Profile:
    """What is learnt: nothing where somebody asks about a branch that is not said to be theirs."""
    answers = turn.metadata.choice is not None or turn.asked_field == FIELD or state.knows(FIELD)
    if not answers and not speaks_of_own_company(turn.heard.text):
        return {}
    facts: Profile = {"opco": found.opcos[0]}
    if len(found.agreements) == 1 and found.agreements[0].idcc:
        facts["idcc"] = found.agreements[0].idcc
    return facts


def _finding(found: Found) -> str:
    one, name = found.agreements[0], found.opcos[0]
    if len(found.agreements) > 1:
        said = say("opco.found_all", n=len(found.agreements), opco=name)
    elif one.idcc:
        said = say("opco.found", title=short_title(one.title), idcc=one.idcc, opco=name)
    else:
        said = say("opco.found_branch", title=short_title(one.title), opco=name)
    return said if opco_name(one.opco) == one.opco else f"{said} {say('opco.official', name=one.opco)}"


def _age(turn: Turn, source: Source) -> str:
    """That it is to be checked, and how old the table is once it is more than a year old."""
    check = say("opco.check")
    if (turn.metadata.today - source.checked_on).days <= FRESH_DAYS:
        return check
    return f"{say('opco.old', month=month_of_year(source.checked_on))} {check}"


def _not_found(turn: Turn, state: State, text: str) -> Answer:
    """That nothing is sure, how to find the number, and a person."""
    how = notice_message(FIELD, turn.services.notices)
    said = (Say(text=text), *((how,) if how else ()))
    if turn.metadata.owner != "bot":
        return said, state
    reason: HandoverReason = "company_project" if state.text("status") == "employer" else "asked"
    ask, state = offer_handover(reason, say("opco.person"), state)
    return (*said, ask), state


def _noted(state: State) -> State:
    asked = state.memory.asked | {FIELD: state.memory.asked.get(FIELD, 0) + 1}
    return state.note(asked=asked, asked_field=FIELD)


def _question(text: str, offered: Sequence[Agreement]) -> Say:
    choices = [
        Choice(
            id=f"agreement-{one.id}",
            label=short_title(one.title),
            meaning=ChoiceMeaning(intent="inform", data={"agreement": one.id}),
        )
        for one in offered
    ]
    skip = say("opco.none_of_them") if offered else say("questions.skip.default")
    refuse = ChoiceMeaning(intent="dont_know", refused=FIELD)
    choices.append(Choice(id=f"{FIELD}-skip", label=skip, meaning=refuse))
    return Say(kind="question", text=text, payload={"field": FIELD}, choices=tuple(choices))
