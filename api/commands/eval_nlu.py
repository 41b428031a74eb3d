"""`hub eval nlu`."""

import json
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


def eval_nlu(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False)],
    errors: Annotated[int, typer.Option(min=0)] = 0,
    robustness: Annotated[bool, typer.Option("--robustness", help=TEXTS.get("options.robustness"))] = False,
) -> None:
    """Score understanding on a labelled JSON-lines file and print one table, then `errors` of its errors; with
    `robustness`, the accuracy on the same messages written worse."""
    from nlu.evaluate import evaluate

    settings = Settings()
    gold = _read(file)
    interpreter = load_interpreter(settings)
    context = Context(settings.clock.today())
    _print(evaluate(gold, interpreter.parse_many([g["text"] for g in gold], context)), errors)
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


def _print(scores: "Scores", errors: int) -> None:
    table = Table("", "")
    for name, value in (
        ("n", str(scores.messages)),
        ("intent accuracy", f"{scores.accuracy:.3f}"),
        ("macro-F1", f"{scores.macro_f1:.3f}"),
        ("out of scope caught", f"{scores.out_of_scope_caught:.3f}"),
        ("good messages lost", f"{scores.good_lost:.3f}"),
        ("distress recall", f"{scores.distress_recall:.3f}"),
        ("false distress", str(scores.false_distress)),
        ("entities F1, values", f"{scores.entity_f1['all'][0]:.3f}"),
        ("entities F1, with role", f"{scores.entity_f1_with_role:.3f}"),
    ):
        table.add_row(name, value)
    for entity, (f1, count) in scores.entity_f1.items():
        if entity != "all":
            table.add_row(f"  {entity} ({count})", f"{f1:.2f}")
    console = Console()
    console.print(table)
    console.print("  ".join(f"{want}→{got} {n}" for want, got, n in scores.confusions), markup=False)
    for want, got, confidence, text in scores.errors[:errors]:
        console.print(f"{want} → {got} ({confidence:.2f}) {text}", markup=False)
