"""`hub nlu models`, `hub nlu use`: the models of understanding kept side by side."""

from pathlib import Path

import typer
from rich.console import Console
from rich.table import Table

from api.layout import understanding_dir
from api.settings import Settings
from knowledge.clock import PARIS
from knowledge.texts import Texts
from nlu.versions import Versions

TEXTS = Texts.load(Path(__file__).parents[1] / "texts" / "understanding.yml")
_COLUMNS = ("number", "trained", "messages", "accuracy", "state")


def models() -> None:
    """Print a line a model."""
    settings = Settings()
    versions = Versions(understanding_dir(settings))
    serving = versions.in_service()
    table = Table(*(TEXTS.get(f"models.{name}") for name in _COLUMNS))
    for version in versions.all():
        state = "in_service" if serving and version.number == serving.number else "waiting"
        table.add_row(
            str(version.number),
            version.trained_at.astimezone(PARIS).strftime("%d/%m/%Y %H:%M"),
            str(version.metadata.get("examples", "")),
            f"{version.metadata.get('accuracy', 0.0):.3f}",
            TEXTS.get(f"models.{state}"),
        )
    if table.row_count:
        Console().print(table)
    else:
        typer.echo(TEXTS.get("models.none"))


def use(number: int) -> None:
    """Put a model in service. Raises NoSuchModel."""
    from nlu.corpus_reader import corpus_hash

    Versions(understanding_dir(Settings())).use(number, corpus_hash())
    typer.echo(TEXTS.get("models.used", number=number))
