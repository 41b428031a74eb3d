"""What was understood of a message, said back in one short line so that it can be put right."""

from bot.messages import Effect, Say
from bot.profile import label
from bot.state import State
from bot.turn import Turn
from bot.wondering import will_not_say
from bot.wording import replies, say


def understood(turn: Turn, state: State) -> list[Effect]:
    """One short line that says back the facts of this very message."""
    if will_not_say(turn.heard.text) and turn.metadata.choice is None:
        return [Say(text=say("interview.not_asked"))]
    new = [f for f, seqs in state.evidence.items() if seqs == [turn.metadata.seq] and f != "project"]
    if not new or turn.metadata.choice is not None:
        return []
    catalogue = turn.services.catalogue
    facts = [
        say("interview.fact", name=say(f"profile.names.{field}"), value=label(field, state.profile[field], catalogue))
        for field in new
        if f"profile.names.{field}" in replies()
    ]
    return [Say(text=say("interview.understood", facts=" ; ".join(facts)))] if facts else []
