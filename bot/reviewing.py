"""Which messages may have been misread, and are worth a counsellor's look."""

from bot.messages import Review
from bot.state import State
from bot.turn import Heard, TurnMetadata


def doubtful(heard: Heard, sent: State, metadata: TurnMetadata) -> Review | None:
    """This message when nothing was understood of it; the one before when this one corrects or complains. None where
    there is no doubt, or a button was touched."""
    if metadata.choice is not None:
        return None
    if heard.intent == "nlu_fallback":
        return Review(seq=metadata.seq, reason="not_understood")
    before = sent.memory.heard_seq
    if before is not None and heard.intent == "correct":
        return Review(seq=before, reason="corrected")
    if before is not None and heard.intent == "complain":
        return Review(seq=before, reason="complaint")
    return None
