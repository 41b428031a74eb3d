"""Passing the conversation on at once: on request, in distress, and when two messages were not understood."""

from bot import appointments, escalation, funding, job_ideas, waiting
from bot.asking import menu, question
from bot.explaining import nearest, public_agreement
from bot.messages import Choice, ChoiceMeaning, Effect, OpenHandover, Say
from bot.notices import PUBLIC_AGREEMENT, notice_message, topic_for
from bot.profile import too_young_for_contact
from bot.spotting import likes
from bot.state import State
from bot.turn import Turn
from bot.wondering import asks
from bot.wording import replies, say
from nlu.safety import distress_kinds

FAILURES_BEFORE_A_PERSON = 2
GUESSES_OFFERED = 2
MOST_ASKED = 3

Answer = tuple[tuple[Effect, ...], State]


def hand_over(turn: Turn) -> Answer:
    """Open the case (or join the open one) for the reason the intent gives."""
    if turn.heard.intent == "distress":
        said = Say(text=distress_text(turn.heard.text))
        return (said, OpenHandover(reasons=("distress",), text=say("handover.distress"))), turn.state
    state, way = turn.state, waiting.way_chosen(turn.metadata.choice)
    if way == waiting.CALL_BACK:
        state = waiting.ask_contact_again(state)
    appointment = appointments.wished(turn) if turn.heard.intent == "book_appointment" else None
    text = f"{say(f'handover.{way or _way(turn)}')} {appointments.noted(appointment)}".strip()
    opened = OpenHandover(reasons=("asked",), text=text, appointment=appointment)
    if turn.metadata.owner == "waiting" and too_young_for_contact(state.number("age")):
        return (opened, Say(text=say("contact.too_young"))), state
    return (opened,), state


def _way(turn: Turn) -> str:
    if turn.metadata.owner == "waiting":
        return "again"
    return "appointment" if turn.heard.intent == "book_appointment" else "opened"


def not_understood(turn: Turn) -> Answer:
    """A scheme that is named is spoken of, a reason to see a person is offered one; else the two best guesses are
    offered, and at the second failure in a row, a person."""
    if scheme := funding.scheme_meant(turn):
        return funding.funding(turn, turn.state.note(misunderstood=0), scheme)
    if named := turn.services.notices.by_alias(turn.heard.text):
        topic = topic_for(named.id, turn.state)
        state = turn.state.note(misunderstood=0, topic=topic)
        if topic == PUBLIC_AGREEMENT:
            return public_agreement(turn, state)
        notice = notice_message(topic, turn.services.notices)
        return (notice,) if notice else (), state
    if asks("who_pays", turn.heard.text):
        return funding.funding(turn, turn.state.note(misunderstood=0))
    if likes(turn.heard.text):
        liked, state = job_ideas.jobs(turn, turn.state.note(misunderstood=0))
        if liked:
            return liked, state
    offered, state = escalation.offer(turn, turn.state)
    if offered:
        return tuple(offered), state
    if "?" in turn.heard.text and (near := nearest(turn, turn.state.note(misunderstood=0))):
        return near
    failures = turn.state.memory.misunderstood + 1
    state = turn.state.note(misunderstood=failures)
    if failures >= FAILURES_BEFORE_A_PERSON and turn.metadata.owner == "bot":
        opened = OpenHandover(reasons=("not_understood",), text=say("handover.not_understood"))
        return (opened,), state.note(misunderstood=0)
    if again := _asked_again(turn, state):
        return again
    guesses = [g for g in turn.heard.guesses if f"guesses.{g}" in replies()][:GUESSES_OFFERED]
    if not guesses:
        return (menu(say("fallback.no_guess"), "find_training", "ask_funding", "talk_to_human"),), state
    choices = [
        Choice(id=f"guess-{guess}", label=say(f"guesses.{guess}"), meaning=ChoiceMeaning(intent=guess))
        for guess in guesses
    ]
    choices.append(
        Choice(id="go-talk_to_human", label=say("menu.talk_to_human"), meaning=ChoiceMeaning(intent="talk_to_human"))
    )
    return (Say(kind="question", text=say("fallback.guesses"), payload={"field": None}, choices=tuple(choices)),), state


def _asked_again(turn: Turn, state: State) -> Answer | None:
    """The question that this message was meant to answer, once more; None where none waits, or it was asked enough."""
    field = turn.asked_field
    if field is None or state.memory.asked.get(field, 0) >= MOST_ASKED:
        return None
    asked = state.memory.asked | {field: state.memory.asked.get(field, 0) + 1}
    ask = question(field, turn.services.catalogue)
    return (Say(text=say("fallback.answer")), ask), state.note(asked=asked, asked_field=field)


def distress_text(text: str) -> str:
    """Whom to call, by what the message says; all the numbers when it does not say which."""
    kinds = sorted(distress_kinds(text)) or ["unknown"]
    lines = [say("distress.opening"), *(say(f"distress.{kind}") for kind in kinds), say("distress.closing")]
    return "\n".join(lines)
