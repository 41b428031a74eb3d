"""Every sentence the assistant says, read once from `bot/replies/`, in full or in the easy-to-read form."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from bot.messages import Sentence
from knowledge.texts import Texts

REPLIES_FOLDER = Path(__file__).parent / "replies"
EASY_FOLDER = REPLIES_FOLDER / "simple"


@dataclass(slots=True)
class Speech:
    """How one action speaks, and the sentences it said that have an easy-to-read form."""

    simple: bool = False
    said: list[Sentence] = field(default_factory=list)


_speech: ContextVar[Speech | None] = ContextVar("speech", default=None)


@cache
def replies() -> Texts:
    """The sentences of `bot/replies/*.yml`; the file's name is the first part of a key."""
    return Texts.load(REPLIES_FOLDER)


@cache
def easy_replies() -> Texts:
    """The easy-to-read form of the sentences that are not easy already, by the same keys."""
    return Texts.load(EASY_FOLDER)


@contextmanager
def speaking(*, simple: bool) -> Iterator[Speech]:
    """What is said within is easy to read where `simple`, and is kept in the speech."""
    token = _speech.set(Speech(simple))
    try:
        yield speech()
    finally:
        _speech.reset(token)


def speech() -> Speech:
    """The speech of the action that runs; an empty one outside of any."""
    return _speech.get() or Speech()


def say(key: str, **params: object) -> str:
    """The sentence of `key` with `params` filled in. Raises KeyError for an unknown key or a missing parameter."""
    has_easy_form = key in easy_replies()
    if has_easy_form:
        speech().said.append(Sentence(key=key, params={name: str(value) for name, value in params.items()}))
    return (easy_replies() if has_easy_form and speech().simple else replies()).get(key, **params)
