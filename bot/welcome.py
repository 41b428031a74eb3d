"""The first message: who speaks, what it can and cannot do, what becomes of what is said."""

from datetime import datetime

from bot.asking import menu
from bot.messages import Say
from bot.opening_hours import moment
from bot.turn import TurnMetadata
from bot.wording import say


def welcome(metadata: TurnMetadata, reopens: datetime | None = None) -> tuple[Say, ...]:
    """The welcome for a channel, with the usual entries as buttons. `reopens`, in Paris time: the hub is closed until
    then."""
    privacy = say("welcome.privacy_kiosk" if metadata.channel == "kiosk" else "welcome.privacy")
    entries = ("find_training", "change_career", "validate_experience", "talk_to_human")
    lines = [say("welcome.who"), say("welcome.can"), say("welcome.cannot"), privacy]
    if reopens is not None:
        lines.append(say("welcome.closed", when=moment(reopens, metadata.today)))
    return (
        Say(text="\n".join(lines)),
        menu(say("welcome.start"), *entries),
    )
