"""What was already said twice in the same words is said again as such: nobody is answered a third time as if it were
new."""

from collections.abc import Sequence
from hashlib import sha256

from bot.messages import Effect, Say
from bot.state import State
from bot.wording import say

# Shorter sentences are those of any conversation.
SHORT = 40
SAID_PLAINLY = 2
LEADS = 5
_DIGEST = 12


def vary(effects: Sequence[Effect], state: State) -> tuple[tuple[Effect, ...], State]:
    """The effects, with a lead before a text that was said often, and the state that counts them."""
    times = dict(state.memory.times_said)
    varied = tuple(_varied(effect, times) if isinstance(effect, Say) else effect for effect in effects)
    return varied, state.note(times_said=times)


def _varied(message: Say, times: dict[str, int]) -> Say:
    if len(message.text) <= SHORT:
        return message
    key = sha256(message.text.encode()).hexdigest()[:_DIGEST]
    before = times.get(key, 0)
    times[key] = before + 1
    if before < SAID_PLAINLY:
        return message
    kind = "question" if message.kind == "question" else "answer"
    number = (before - SAID_PLAINLY) // SAID_PLAINLY % LEADS + 1
    return message.model_copy(update={"text": f"{say(f'again.{kind}_{number}')} {message.text}"})
