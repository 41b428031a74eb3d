"""Answers to questions of money: who pays, whether an aid is open, what it costs, what an apprentice earns."""

from bot import apprentices, escalation, funding, proposals
from bot.asking import offer_handover
from bot.explaining import public_agreement
from bot.hubs import about_hub
from bot.messages import Effect, Say
from bot.notices import PUBLIC_AGREEMENT, notice_message, topics_of
from bot.state import State
from bot.turn import Turn
from bot.wondering import asks
from bot.wording import say

# Bodies and services, which are no training: what they are says whether they are paid.
_SERVICES = frozenset({"cep", "france_travail", "mission_locale", "cap_emploi", "apec", "transitions_pro"})

Answer = tuple[tuple[Effect, ...], State]


def who_pays(turn: Turn, state: State) -> Answer:
    """The plan of who pays; the notice of a service of which it is asked whether it is free."""
    if asks("if_free", turn.heard.text) and (service := _service(turn)):
        return (service,), state
    scheme = funding.scheme_meant(turn)
    said: tuple[Say, ...] = ()
    if scheme is None and (state.evidence.get("target_job") == [turn.metadata.seq] or _wants_list(turn, state)):
        # Who tells their aim and asks who pays, in one breath, wants both.
        said, state = proposals.certifications(turn, state, again=True)
    plan, state = funding.funding(turn, state, scheme)
    return (*said, *plan, *apprentices.for_employer(turn, state)), state


def _wants_list(turn: Turn, state: State) -> bool:
    return asks("list", turn.heard.text) and proposals.aim(state) is not None


def is_it_open(turn: Turn, state: State) -> Answer:
    """The verdict on the scheme asked about; for a notion that is none, what it is and the offer of a person."""
    if PUBLIC_AGREEMENT in topics_of(turn):
        return public_agreement(turn, state)
    scheme = funding.scheme_meant(turn)
    said: tuple[Say, ...] = ()
    if state.evidence.get("target_job") == [turn.metadata.seq]:
        said, state = proposals.certifications(turn, state)
    if scheme is None and (topics := topics_of(turn)) and (notice := notice_message(topics[0], turn.services.notices)):
        reason = escalation.reason_of(turn, state)
        text = say(f"escalation.{reason}") if reason else say("answers.eligibility_unsure")
        ask, state = offer_handover(reason or "complex_funding", text, state)
        return (*said, notice, ask), state
    beside = apprentices.for_employer(turn, state)
    if beside and scheme == apprentices.SCHEME:
        return (*said, *beside), state
    plan, state = funding.funding(turn, state, scheme)
    return (*said, *plan, *beside), state


def apprentice_pay(turn: Turn, state: State) -> Say | None:
    """What an apprentice is paid, when that is asked."""
    hired = state.text("status") == "employer" and state.memory.topic == apprentices.TOPIC
    apprentice = funding.wants_apprenticeship(state) or hired or apprentices.TOPIC in turn.heard.values("topic")
    return apprentices.pay(turn, state) if apprentice and asks("own_pay", turn.heard.text) else None


def _service(turn: Turn) -> Say | None:
    """The notice of the service named, if any."""
    services = [topic for topic in topics_of(turn) if topic in _SERVICES]
    return notice_message(services[0], turn.services.notices) if services else None


def price(turn: Turn, state: State) -> Answer:
    """What is known of a price, and who pays."""
    if asks("free", turn.heard.text):
        return about_hub(turn, state) if asks("where", turn.heard.text) else ((Say(text=say("answers.free")),), state)
    if service := _service(turn):
        return (service,), state
    if paid := apprentice_pay(turn, state):
        return (paid,), state
    priced = state.knows("training_cost") or funding.wants_apprenticeship(state)
    said = () if priced else (Say(text=say("answers.price")),)
    plan, state = funding.funding(turn, state, funding.scheme_meant(turn))
    return (*said, *plan, *apprentices.for_employer(turn, state)), state
