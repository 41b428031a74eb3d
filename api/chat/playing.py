"""Who speaks for the person: a script, or someone at the keyboard."""

import readline  # noqa: F401 - loaded, it lets the line be edited
from collections.abc import Iterator

from rich.console import Console

from api.chat.script import TEXTS, Script
from api.chat.showing import show_messages
from api.chat.visitor import Answer, Refused, Visitor

QUIT = "/quitter"


def play(script: Script, visitor: Visitor) -> Iterator[Answer]:
    """The answers to the lines of `script`. Raises ScriptInvalid for a line that the assistant does not accept."""
    for line in script.lines:
        if line.choice is not None and line.choice > len(visitor.offered):
            raise script.invalid(line, "not_offered", choice=line.choice, offered=len(visitor.offered))
        try:
            if line.choice is not None:
                yield visitor.choose(visitor.offered[line.choice - 1])
            else:
                yield visitor.say(line.text)
        except Refused as error:
            raise script.invalid(line, "refused", said=error.params["said"]) from None


def listen(console: Console, visitor: Visitor) -> Iterator[Answer]:
    """The answers to what is typed, until `/quitter`, the end of the input or the erasure of the conversation. The
    number of a choice touches it; an empty line reads what a counsellor wrote meanwhile."""
    while not visitor.erased:
        try:
            typed = console.input(f"[bold]{TEXTS.get('you')}[/] ").strip()
        except (EOFError, KeyboardInterrupt):
            console.print()
            return
        if typed == QUIT:
            return
        if not typed:
            show_messages(console, visitor.news())
            continue
        try:
            touched = typed.isdecimal() and 1 <= int(typed) <= len(visitor.offered)
            yield visitor.choose(visitor.offered[int(typed) - 1]) if touched else visitor.say(typed)
        except Refused as error:
            console.print(str(error.params["said"]), style="yellow", markup=False, highlight=False)
