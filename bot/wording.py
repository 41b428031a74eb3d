"""Every sentence the assistant says, read once from `bot/replies/`."""

from functools import cache
from pathlib import Path

from knowledge.texts import Texts

REPLIES_FOLDER = Path(__file__).parent / "replies"


@cache
def replies() -> Texts:
    """The sentences of `bot/replies/*.yml`; the file's name is the first part of a key."""
    return Texts.load(REPLIES_FOLDER)


def say(key: str, **params: object) -> str:
    """The sentence of `key` with `params` filled in. Raises KeyError for an unknown key or a missing parameter."""
    return replies().get(key, **params)
