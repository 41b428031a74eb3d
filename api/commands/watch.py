"""`hub watch links`: ask each address that the assistant cites whether it still answers."""

from typing import Annotated

import typer
from rich.progress import track
from sqlalchemy.orm import Session

from api.migrate import upgrade
from api.settings import Settings
from api.watch.links import cited, keep
from api.watch.texts import TEXTS
from knowledge.catalogue import Catalogue
from knowledge.database import sync_engine
from knowledge.funding import Funding
from knowledge.links import AGENT, PAUSE_SECONDS, check


def links(
    only: Annotated[str, typer.Option("--only", help=TEXTS.get("command.only"))] = "",
    pause: Annotated[float, typer.Option("--pause", min=0, help=TEXTS.get("command.pause"))] = PAUSE_SECONDS,
) -> None:
    """Keep what each answered for the page of the team. Exit status 1 when one is dead."""
    import httpx

    settings = Settings()
    upgrade(settings.database)
    engine = sync_engine(settings.database)
    used_by = cited(Catalogue.load(engine), Funding.load().records)
    asked = [url for url in used_by if only in url]
    with httpx.Client(headers=AGENT) as client:
        answers = list(track(check(asked, client, pause), TEXTS.get("command.asking"), len(asked), transient=True))
    with Session(engine) as session, session.begin():
        keep(session, answers, used_by, settings.clock.now())
    engine.dispose()
    dead = [answer for answer in answers if not answer.is_there]
    for answer in dead:
        typer.echo(TEXTS.get("command.dead", url=answer.url, said=answer.said, used_by=used_by[answer.url]))
    typer.echo(TEXTS.get("command.done", asked=len(answers), dead=len(dead)))
    if dead:
        raise typer.Exit(1)
