"""`hub eval nlu`."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from api.commands.nlu_parse import LineUnreadable, load_interpreter
from api.settings import Settings
from knowledge.texts import Texts
from nlu.understanding import Context

# Commands are all imported to list them, so what is heavy is imported by the one that runs.
if TYPE_CHECKING:
    from nlu.evaluate import Labelled, Scores
    from nlu.interpreter import Interpreter

TEXTS = Texts.load(Path(__file__).parents[1] / "texts" / "understanding.yml")

_ROWS: "Mapping[str, Callable[[Scores], str]]" = {
    "n": lambda scores: str(scores.messages),
    "intent accuracy": lambda scores: f"{scores.accuracy:.3f}",
    "macro-F1": lambda scores: f"{scores.macro_f1:.3f}",
    "out of scope caught": lambda scores: f"{scores.out_of_scope_caught:.3f}",
    "good messages lost": lambda scores: f"{scores.good_lost:.3f}",
    "distress recall": lambda scores: f"{scores.distress_recall:.3f}",
    "false distress": lambda scores: str(scores.false_distress),
    "entities F1, values": lambda scores: f"{scores.entity_f1['all'][0]:.3f}",
    "entities F1, with role": lambda scores: f"{scores.entity_f1_with_role:.3f}",
}


def eval_nlu(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False)],
    errors: Annotated[int, typer.Option(min=0)] = 0,
    robustness: Annotated[bool, typer.Option("--robustness", help=TEXTS.get("options.robustness"))] = False,
    model: Annotated[int | None, typer.Option(help=TEXTS.get("options.model"))] = None,
) -> None:
    """Score understanding on a labelled JSON-lines file and print one table, then `errors` of its errors; with
    `robustness`, the accuracy on the same messages written worse; with `model`, that one beside the one in service."""
    from nlu.evaluate import evaluate

    settings = Settings()
    gold = _read(file)
    texts = [g["text"] for g in gold]
    context = Context(settings.clock.today())
    interpreter = load_interpreter(settings, model)
    scores = {TEXTS.get("compared.in_service" if model is None else "compared.model", number=model): interpreter}
    if model is not None:
        scores = {TEXTS.get("compared.in_service"): load_interpreter(settings)} | scores
    _print({name: evaluate(gold, one.parse_many(texts, context)) for name, one in scores.items()}, errors)
    if robustness:
        _print_robustness(gold, interpreter, context)


def _print_robustness(gold: "list[Labelled]", interpreter: "Interpreter", context: Context) -> None:
    from nlu.evaluate import evaluate
    from nlu.robustness import HARDER

    table = Table("", "intent accuracy")
    for name in ("plain", *HARDER):
        change = HARDER.get(name, str)
        found = interpreter.parse_many([change(str(g["text"])) for g in gold], context)
        table.add_row(TEXTS.get(f"robustness.{name}"), f"{evaluate(gold, found).accuracy:.3f}")
    Console().print(table)


def _read(file: Path) -> "list[Labelled]":
    rows: list[Labelled] = []
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        if line.strip():
            try:
                row = json.loads(line)
                rows.append({"text": row["text"], "intent": row["intent"], "entities": row.get("entities", [])})
            except (ValueError, KeyError, TypeError):
                raise LineUnreadable(line=number) from None
    return rows


def _print(columns: "Mapping[str, Scores]", errors: int) -> None:
    """One column for each set of scores; the confusions and errors are those of the last."""
    table = Table("", *columns)
    for name, read in _ROWS.items():
        table.add_row(name, *(read(scores) for scores in columns.values()))
    last = list(columns.values())[-1]
    for entity, (_, count) in last.entity_f1.items():
        if entity != "all":
            values = (f"{scores.entity_f1[entity][0]:.2f}" for scores in columns.values())
            table.add_row(f"  {entity} ({count})", *values)
    console = Console()
    console.print(table)
    console.print("  ".join(f"{want}→{got} {n}" for want, got, n in last.confusions), markup=False)
    for want, got, confidence, text in last.errors[:errors]:
        console.print(f"{want} → {got} ({confidence:.2f}) {text}", markup=False)
