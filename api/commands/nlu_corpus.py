"""`hub nlu lint`, `hub nlu audit`: the training messages looked at without, then with, a model."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import Progress

from api.settings import Settings
from knowledge.texts import Texts

if TYPE_CHECKING:
    from nlu.linting import Finding

TEXTS = Texts.load(Path(__file__).parents[1] / "texts" / "understanding.yml")

Against = Annotated[list[Path] | None, typer.Option(exists=True, dir_okay=False, help=TEXTS.get("options.against"))]
Corpus = Annotated[Path | None, typer.Option(exists=True, file_okay=False, help=TEXTS.get("options.corpus"))]
Shown = Annotated[int, typer.Option(min=0, help=TEXTS.get("options.shown"))]


def lint(against: Against = None, corpus: Corpus = None) -> None:
    """Print what is wrong with the training messages. Exit status 1 when something must be repaired."""
    from nlu.corpus_reader import FOLDER, read_corpus
    from nlu.linting import lint as look
    from nlu.linting import read_messages

    examples = read_corpus(corpus or FOLDER)
    forbidden = [text for file in against or () for text in read_messages(file)]
    findings = look(examples, forbidden)
    for finding in sorted(findings, key=lambda one: not one.must):
        typer.echo(_said(finding))
    must = sum(finding.must for finding in findings)
    intents = len({example.intent for example in examples})
    typer.echo(TEXTS.get("lint.total", messages=len(examples), intents=intents, must=must, see=len(findings) - must))
    if must:
        raise typer.Exit(1)


def audit(corpus: Corpus = None, shown: Shown = 40) -> None:
    """Train on nine tenths, ten times; print the messages that the model contradicts, and what it confuses."""
    from knowledge.search.embedding import load_embedder
    from nlu.auditing import FOLDS
    from nlu.auditing import audit as look
    from nlu.corpus_reader import FOLDER, read_corpus
    from nlu.encoding import MessageEncoder

    console = Console()
    embedder = load_embedder(Settings().embedding_model)
    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(TEXTS.get("audit.progress"), total=FOLDS)
        found = look(
            read_corpus(corpus or FOLDER),
            MessageEncoder(embedder),
            lambda done: progress.update(task, completed=done),
        )
    for one in found.contradictions[:shown]:
        line = TEXTS.get("audit.line", sure=f"{one.sure:.2f}", intent=one.intent, guess=one.guess, text=one.text)
        console.print(line, markup=False, soft_wrap=True)
    console.print(TEXTS.get("audit.confusions"))
    for want, got, times in found.confusions:
        console.print(f"  {want} → {got} : {times}", markup=False)
    total = TEXTS.get("audit.total", accuracy=f"{found.accuracy:.3f}", contradictions=len(found.contradictions))
    console.print(total)


def _said(finding: "Finding") -> str:
    texts = " | ".join(f"« {text} »" for text in finding.texts)
    return TEXTS.get(
        f"lint.{finding.kind}",
        intents=", ".join(finding.intents),
        texts=texts,
        bare=", ".join(finding.texts),
        number=finding.number,
    )
