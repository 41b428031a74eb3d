"""`hub chat`."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from api.settings import Settings
from knowledge.texts import Texts

# Commands are all imported to list them, so what is heavy is imported by the one that runs.
if TYPE_CHECKING:
    from api.chat.script import Script
    from api.chat.visitor import Answer, Visitor

TEXTS = Texts.load(Path(__file__).parents[1] / "texts" / "chat.yml")
BAD_SCRIPT = 2


def chat(
    url: Annotated[str | None, typer.Option(help=TEXTS.get("options.url"))] = None,
    hub: Annotated[str | None, typer.Option(help=TEXTS.get("options.hub"))] = None,
    script: Annotated[Path | None, typer.Option(help=TEXTS.get("options.script"))] = None,
    trace: Annotated[bool, typer.Option("--trace", help=TEXTS.get("options.trace"))] = False,
    markdown: Annotated[Path | None, typer.Option(help=TEXTS.get("options.markdown"))] = None,
    summary: Annotated[Path | None, typer.Option(help=TEXTS.get("options.summary"))] = None,
    keep: Annotated[bool, typer.Option("--keep", help=TEXTS.get("options.keep"))] = False,
) -> None:
    """Talk to a running assistant over HTTP. Exit status 2 for a script that cannot be played. Raises NoServer,
    Refused, NoTrace."""
    from api.chat.script import ScriptInvalid, ScriptUnreadable, read_script
    from api.chat.tracing import check_store
    from api.chat.visitor import Visitor
    from api.errors import TEXTS as ERRORS
    from api.layout import rasa_settings

    settings = Settings()
    store = rasa_settings(settings).trackers if trace else None
    try:
        written = read_script(script) if script else None
        if store:
            check_store(store)
        visitor = Visitor.open(url or f"http://127.0.0.1:{settings.port}", hub)
        try:
            _talk(Console(), visitor, written, store, markdown)
            if summary:
                _write_summary(visitor, written, summary, markdown)
        finally:
            visitor.leave(keep)
    except (ScriptInvalid, ScriptUnreadable) as error:
        sys.stderr.write(ERRORS.get(error.code, **error.params) + "\n")
        raise typer.Exit(BAD_SCRIPT) from None
    if not script:
        typer.echo(TEXTS.get("ended.kept" if keep and not visitor.erased else "ended.erased"))


def _talk(
    console: Console, visitor: "Visitor", script: "Script | None", store: Path | None, markdown: Path | None
) -> None:
    from api.chat.markdown import to_markdown
    from api.chat.playing import listen, play
    from api.chat.showing import show_messages, show_words
    from api.chat.tracing import show_trace

    if script is None:
        console.print(TEXTS.get("help"), style="dim", highlight=False)
    show_messages(console, visitor.welcome)
    answers: list[Answer] = []
    for answer in play(script, visitor) if script else listen(console, visitor):
        answers.append(answer)
        if script or answer.touched:
            show_words(console, answer)
        show_messages(console, answer.messages)
        if store:
            show_trace(console, store, visitor, answer)
    if markdown:
        title = script.title if script else TEXTS.get("title")
        markdown.write_text(to_markdown(title, visitor.welcome, answers), encoding="utf-8")


def _write_summary(visitor: "Visitor", script: "Script | None", file: Path, markdown: Path | None) -> None:
    from api.chat.summarising import summary_to_markdown
    from bot.summary import Summary

    title = script.title if script else TEXTS.get("title")
    transcript = os.path.relpath(markdown, file.parent) if markdown else ""
    made = Summary.model_validate(visitor.summary())
    file.write_text(summary_to_markdown(title, made, transcript), encoding="utf-8")
