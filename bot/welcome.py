"""The first message: who speaks, what it can and cannot do, what becomes of what is said."""

from bot.asking import menu
from bot.messages import Say
from bot.turn import TurnMetadata
from bot.wording import say


def welcome(metadata: TurnMetadata) -> tuple[Say, ...]:
    """The welcome for a channel, with the usual entries as buttons."""
    privacy = say("welcome.privacy_kiosk" if metadata.channel == "kiosk" else "welcome.privacy")
    entries = ("find_training", "change_career", "validate_experience", "talk_to_human")
    return (
        Say(text=f"{say('welcome.who')}\n{say('welcome.can')}\n{say('welcome.cannot')}\n{privacy}"),
        menu(say("welcome.start"), *entries),
    )
