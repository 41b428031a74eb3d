"""`hub eval intents`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from api.settings import Settings
from knowledge.texts import Texts

if TYPE_CHECKING:
    from nlu.method import IntentScores

TEXTS = Texts.load(Path(__file__).parents[1] / "texts" / "understanding.yml")
_WORST = 10

Csv = Annotated[Path, typer.Option(exists=True, dir_okay=False, help=TEXTS.get("options.csv"))]


def eval_intents(train: Csv, test: Csv) -> None:
    """Train the method on one CSV file `utterance,intent`, score it on another, print one table."""
    from knowledge.search.embedding import load_embedder
    from nlu.encoding import MessageEncoder
    from nlu.method import read_labelled, try_method

    learnt, asked = read_labelled(train), read_labelled(test)
    embedder = load_embedder(Settings().embedding_model)
    with Console(stderr=True).status(TEXTS.get("intents.encode")) as status:
        scores = try_method(
            learnt, asked, MessageEncoder(embedder), lambda step: status.update(TEXTS.get(f"intents.{step}"))
        )
    _print(scores)


def _print(scores: "IntentScores") -> None:
    table = Table("", "")
    for name, value in (
        ("train", str(scores.train)),
        ("n", str(scores.test)),
        ("intents", str(len(scores.f1))),
        ("intent accuracy", f"{scores.accuracy:.3f}"),
        ("macro-F1", f"{scores.macro_f1:.3f}"),
    ):
        table.add_row(name, value)
    for intent, (f1, count) in sorted(scores.f1.items(), key=lambda item: item[1][0])[:_WORST]:
        table.add_row(f"  {intent} ({count})", f"{f1:.2f}")
    console = Console()
    console.print(table)
    console.print("  ".join(f"{want}→{got} {times}" for want, got, times in scores.confusions), markup=False)
