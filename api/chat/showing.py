"""Messages on a terminal. Styles are left out where they are not wanted (`NO_COLOR`) or not shown (a file, a pipe)."""

from collections.abc import Sequence

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from api.chat.messages import Message
from api.chat.script import TEXTS
from api.chat.visitor import Answer

_MARGIN = (0, 0, 0, 2)
_STYLES = {"bot": "bold cyan", "counsellor": "bold green", "system": "bold yellow"}


def show_messages(console: Console, messages: Sequence[Message]) -> None:
    """Print messages in order; their choices are numbered from 1, across messages."""
    number = 0
    author = ""
    for message in messages:
        if message.author != author:
            author = message.author
            console.print(Text(TEXTS.get(f"authors.{author}"), _STYLES.get(author, "bold")))
        _print(console, message.text)
        for choice in message.choices:
            number += 1
            _print(console, f"{number:>3}. {choice.label}")
        for link in message.links:
            _print(console, link, "dim")
        console.print()


def show_words(console: Console, answer: Answer) -> None:
    """Print what the person said, where they did not just type it."""
    key = "touched" if answer.touched else "wrote"
    console.print(Text.assemble((TEXTS.get("you"), "bold"), " ", TEXTS.get(key, words=answer.words)), soft_wrap=True)
    console.print()


def _print(console: Console, text: str, style: str = "") -> None:
    """Wrapped to the width of a terminal; as it is in a file, where lines are searched."""
    if console.is_terminal:
        console.print(Padding(Text(text, style), _MARGIN))
    else:
        console.print(Text(text, style), soft_wrap=True)
