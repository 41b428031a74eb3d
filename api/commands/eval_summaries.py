"""`hub eval summaries`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from api.settings import Settings
from knowledge.texts import Texts

if TYPE_CHECKING:
    from api.chat.dialogues import Dialogue
    from bot.summary.measuring import Measure

TEXTS = Texts.load(Path(__file__).parents[1] / "texts" / "summaries.yml")
_COLUMNS = ("dialogue", "turns", "facts", "expected", "unsaid", "shorter")


def eval_summaries(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False)],
    url: Annotated[str | None, typer.Option(help=TEXTS.get("options.url"))] = None,
) -> None:
    """Play each dialogue with a running assistant, and print how good the summaries are. Raises DialogueInvalid,
    NoServer."""
    from api.chat.dialogues import Dialogue

    address = url or f"http://127.0.0.1:{Settings().port}"
    console = Console()
    table = Table(
        *(TEXTS.get(f"columns.{name}") for name in ("dialogue", "turns", "facts", "expected", "unsaid", "shorter"))
    )
    measures = []
    for dialogue in Dialogue.read(file):
        found = _measured(dialogue, address)
        if found is None:
            console.print(TEXTS.get("not_played", dialogue=dialogue.id), markup=False, highlight=False)
            continue
        measures.append(found)
        table.add_row(dialogue.id, *_row(found))
        for words in found.unsaid:
            console.print(TEXTS.get("unsaid", dialogue=dialogue.id, words=words), markup=False, highlight=False)
    console.print(table)
    for line in _totals(measures):
        console.print(line, markup=False, highlight=False)


def _measured(dialogue: "Dialogue", url: str) -> "Measure | None":
    """None for a conversation that was erased, or refused on the way."""
    from api.chat.persona import Persona
    from api.chat.visitor import Refused, Visitor
    from bot.summary import Summary
    from bot.summary.measuring import measure

    visitor = Visitor.open(url, dialogue.hub)
    try:
        Persona(dialogue, visitor).play()
        expected = dialogue.expect.get("profile", {})
        return measure(visitor.state(), Summary.model_validate(visitor.summary()), expected)
    except Refused:
        return None
    finally:
        visitor.leave(keep=False)


def _row(found: "Measure") -> tuple[str, ...]:
    return (
        str(found.turns),
        f"{found.told}/{found.known}",
        f"{found.expected_told}/{found.expected}",
        str(len(found.unsaid)),
        TEXTS.get("times", times=f"{found.times_shorter:.1f}"),
    )


def _totals(measures: "list[Measure]") -> list[str]:
    long = [one.times_shorter for one in measures if one.is_long]
    lines = [
        TEXTS.get("total.facts", told=sum(m.told for m in measures), known=sum(m.known for m in measures)),
        TEXTS.get(
            "total.expected", told=sum(m.expected_told for m in measures), known=sum(m.expected for m in measures)
        ),
        TEXTS.get("total.unsaid", n=sum(len(m.unsaid) for m in measures)),
    ]
    if long:
        average = f"{sum(long) / len(long):.1f}"
        lines.append(TEXTS.get("total.shorter", n=len(long), least=f"{min(long):.1f}", average=average))
    return lines
