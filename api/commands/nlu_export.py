"""`hub nlu export`: the messages that counsellors labelled, as a corpus file to review."""

from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import select
from sqlalchemy.orm import Session

from api.learning.models import ReviewRow
from api.migrate import upgrade
from api.settings import Settings
from knowledge.database import sync_engine
from knowledge.texts import Texts

TEXTS = Texts.load(Path(__file__).parents[1] / "texts" / "understanding.yml")

Output = Annotated[Path | None, typer.Option("--output", dir_okay=False, help=TEXTS.get("options.output"))]


def export(output: Output = None) -> None:
    """Add them to the file; what the corpus already says is left out, what it contradicts is told and left out."""
    from nlu.corpus_reader import FOLDER, Example
    from nlu.learned import LEARNED, add_learned

    settings = Settings()
    upgrade(settings.database)
    engine = sync_engine(settings.database)
    with Session(engine) as session:
        rows = session.execute(
            select(ReviewRow.text, ReviewRow.label).where(ReviewRow.label.is_not(None)).order_by(ReviewRow.labelled_at)
        )
        labelled = [Example(" ".join(text.split()), label) for text, label in rows if label]
    engine.dispose()
    file = output or FOLDER / LEARNED
    result = add_learned(file, labelled)
    for example, other in result.contradicted:
        typer.echo(TEXTS.get("export.contradicted", text=example.text, label=example.intent, other=other))
    typer.echo(TEXTS.get("export.total", added=len(result.added), known=result.known, file=file))
