"""`hub nlu lint`, `hub nlu annotate`, `hub nlu audit`: the training messages looked at and marked without a model, then
looked at with one."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import Progress

from api.knowledge.opening import NotPrepared
from api.settings import Settings
from knowledge.texts import Texts

if TYPE_CHECKING:
    from nlu.entities import EntityExtractor
    from nlu.linting import Finding

TEXTS = Texts.load(Path(__file__).parents[1] / "texts" / "understanding.yml")

Against = Annotated[list[Path] | None, typer.Option(exists=True, dir_okay=False, help=TEXTS.get("options.against"))]
Corpus = Annotated[Path | None, typer.Option(exists=True, file_okay=False, help=TEXTS.get("options.corpus"))]
Shown = Annotated[int, typer.Option(min=0, help=TEXTS.get("options.shown"))]


def lint(against: Against = None, corpus: Corpus = None) -> None:
    """Print what is wrong with the training messages. Exit status 1 when something must be repaired."""
    from nlu.corpus_reader import FOLDER, read_corpus
    from nlu.linting import lint as look
    from nlu.linting import lint_facts, read_messages
    from nlu.understanding import Context

    examples = read_corpus(corpus or FOLDER)
    forbidden = [text for file in against or () for text in read_messages(file)]
    findings = look(examples, forbidden)
    settings = Settings()
    extractor = _extractor(settings)
    if extractor is None:
        typer.echo(TEXTS.get("lint.not_prepared"), err=True)
    else:
        findings += lint_facts(examples, extractor, Context(settings.clock.today()))
    for finding in sorted(findings, key=lambda one: not one.must):
        typer.echo(_said(finding))
    must = sum(finding.must for finding in findings)
    intents = len({example.intent for example in examples})
    typer.echo(TEXTS.get("lint.total", messages=len(examples), intents=intents, must=must, see=len(findings) - must))
    if must:
        raise typer.Exit(1)


def annotate(corpus: Corpus = None) -> None:
    """Annotate the facts of the training messages that carry no annotation yet. Raises NotPrepared."""
    from nlu.annotating import annotate as mark
    from nlu.corpus_reader import FOLDER
    from nlu.understanding import Context

    settings = Settings()
    extractor = _extractor(settings)
    if extractor is None:
        raise NotPrepared
    files = sorted((corpus or FOLDER).glob("*.yml"))
    context = Context(settings.clock.today())
    with Progress(console=Console(stderr=True), transient=True) as progress:
        done = [
            mark(file, extractor, context)
            for file in progress.track(files, description=TEXTS.get("annotated.progress"))
        ]
    typer.echo(TEXTS.get("annotated.total", messages=sum(done), files=len(files)))


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


def _extractor(settings: Settings) -> "EntityExtractor | None":
    """What finds facts, over the knowledge of this installation; None before `hub prepare`."""
    from api.knowledge.opening import open_knowledge
    from nlu.entities import EntityExtractor

    try:
        catalogue, search = open_knowledge(settings)
    except NotPrepared:
        return None
    return EntityExtractor(catalogue, search.embedder, search.finder)


def _said(finding: "Finding") -> str:
    texts = " | ".join(f"« {text} »" for text in finding.texts)
    return TEXTS.get(
        f"lint.{finding.kind}",
        intents=", ".join(finding.intents),
        texts=texts,
        bare=", ".join(finding.texts),
        number=finding.number,
    )
