"""What is said when the assistant is silent or cannot answer: distress and a request for a person pass in any case."""

import asyncio
from collections.abc import Sequence
from pathlib import Path

import structlog

from api.services import Services
from bot.messages import Choice, ChoiceMeaning, Effect, Say
from bot.passing_on import hand_over
from bot.state import Memory, State
from bot.turn import Heard, Turn, TurnMetadata
from knowledge.texts import Texts
from nlu.safety import distress_kinds
from nlu.understanding import Context

TEXTS = Texts.load(Path(__file__).parents[1] / "texts" / "system.yml")
_PASSED_ON = frozenset({"distress", "talk_to_human"})
_log = structlog.get_logger("turns")


async def without_engine(services: Services, text: str, metadata: TurnMetadata) -> Sequence[Effect]:
    """The dialogue engine is down: someone in distress gets the numbers and a case, who asks for a person gets one;
    the others learn that their message is kept, with a button to ask for a person."""
    intent = await _intent(services, text, metadata)
    if intent in _PASSED_ON:
        return passed_on(services, text, metadata, intent)
    person = Choice(
        id="talk_to_human", label=TEXTS.get("ask_for_a_person"), meaning=ChoiceMeaning(intent="talk_to_human")
    )
    return (Say(kind="question", text=TEXTS.get("engine_down"), payload={"field": None}, choices=(person,)),)


def while_counsellor_has_it(services: Services, text: str, metadata: TurnMetadata) -> Sequence[Effect]:
    """A counsellor has the conversation, so nobody else speaks; only distress is answered at once, by rule."""
    return passed_on(services, text, metadata, "distress") if distress_kinds(text) else ()


def passed_on(services: Services, text: str, metadata: TurnMetadata, intent: str) -> Sequence[Effect]:
    """The effects of passing the conversation on for `intent`."""
    state = State(dict(metadata.profile), dict(metadata.evidence), Memory.model_validate(metadata.memory))
    return hand_over(Turn(metadata, Heard(text=text, intent=intent), state, services.bot))[0]


async def _intent(services: Services, text: str, metadata: TurnMetadata) -> str | None:
    if metadata.choice is not None:
        return metadata.choice.intent
    if distress_kinds(text):
        return "distress"
    try:
        understanding = await asyncio.to_thread(services.interpreter.parse, text, Context(metadata.today))
    except Exception as error:
        _log.warning("understanding_unavailable", type=type(error).__name__)
        return None
    return understanding.intent.name
