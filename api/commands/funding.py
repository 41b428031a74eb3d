"""`hub funding plan`, `check`, `explain`."""

import json
import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from pydantic import ValidationError

from api.funding.schemas import PlanRequest
from api.settings import Settings
from knowledge.errors import InvalidInput, NotFound
from knowledge.funding import Funding
from knowledge.funding.calendar import to_ics
from knowledge.funding.coverage import coverage as measure
from knowledge.funding.evaluation import read_cases
from knowledge.funding.explaining import explained
from knowledge.funding.freshness import to_check
from knowledge.funding.reply import as_json
from knowledge.funding.texts import TEXTS as FUNDING_TEXTS
from knowledge.links import AGENT
from knowledge.links import check as check_addresses
from knowledge.texts import Texts

TEXTS = Texts.load(Path(__file__).parents[1] / "texts" / "funding.yml")

Day = Annotated[datetime | None, typer.Option("--on", formats=["%Y-%m-%d"], help=TEXTS.get("options.on"))]


class LineInvalid(InvalidInput):
    """A line is not a request: `line`, `where`, `expected`."""

    code = "funding_line_invalid"


class UnknownScheme(NotFound):
    """No scheme has this name: `scheme`, `known`."""

    code = "unknown_scheme"


def read_request(line: str, number: int) -> PlanRequest:
    """A line of input. Raises LineInvalid."""
    try:
        return PlanRequest.model_validate_json(line)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise LineInvalid(line=number, where=where, expected=first["msg"]) from None


def plan(
    as_json_: Annotated[bool, typer.Option("--json", help=TEXTS.get("options.json"))] = False,
    ics: Annotated[Path | None, typer.Option("--ics", help=TEXTS.get("options.ics"))] = None,
) -> None:
    """Each line of standard input is a request of `/api/funding/plan`; each line of output its reply, or its text."""
    settings, funding = Settings(), Funding.load()
    for number, line in enumerate(sys.stdin, 1):
        if not line.strip():
            continue
        request = read_request(line, number)
        on, training = request.on or settings.clock.today(), request.training.record()
        profile = {field: value for field, value in request.profile.items() if value is not None}
        found = funding.plan(profile, training, on)
        if ics:
            ics.write_bytes(to_ics(found.calendar, settings.clock.now(), TEXTS.get("calendar")))
        said = json.dumps(as_json(found), ensure_ascii=False) if as_json_ else funding.text(profile, training, on)
        typer.echo(said)


def explain(scheme: Annotated[str, typer.Argument(help=TEXTS.get("options.scheme"))], on: Day = None) -> None:
    """Print a record. Raises UnknownScheme."""
    funding = Funding.load()
    name = scheme if scheme in funding.records.schemes else funding.find(scheme)
    if name is None:
        raise UnknownScheme(scheme=scheme, known=", ".join(funding.records.schemes))
    day = on.date() if on else Settings().clock.today()
    for line in explained(funding.records, funding.scheme(name), day):
        typer.echo(line)


def check(links: Annotated[bool, typer.Option("--links", help=TEXTS.get("options.links"))] = False) -> None:
    """What should be read again. Exit status 1 when a link is dead."""
    import httpx

    records = Funding.load().records
    found = list(to_check(records, Settings().clock.today()))
    for one in found:
        typer.echo(one.said)
    if not found:
        typer.echo(FUNDING_TEXTS.get("check.ok"))
    if links:
        urls = (source.url for source in records.sources.values())
        with httpx.Client(headers=AGENT) as client:
            answers = list(check_addresses(urls, client))
        for answer in answers:
            key = "check.link_ok" if answer.is_there else "check.link_bad"
            typer.echo(FUNDING_TEXTS.get(key, url=answer.url, what=answer.said))
        if not all(answer.is_there for answer in answers):
            raise typer.Exit(1)


def coverage(file: Annotated[Path, typer.Argument(exists=True, dir_okay=False)]) -> None:
    """Each criterion and each dated value, with the situations of the file that exercise it. Exit status 1 when one is
    exercised by none."""
    funding = Funding.load()
    found = measure(read_cases(file), funding)
    for (scheme, place), ids in found.met.items():
        reason = funding.scheme(scheme).criteria[place].reason
        typer.echo(f"{scheme} {place + 1} : {len(ids)} / {len(found.unmet[scheme, place])}  {reason[:70]}")
    for (name, place), ids in found.values.items():
        typer.echo(f"{name} {place + 1} : {len(ids)}")
    for missing in found.missing:
        typer.echo(TEXTS.get("not_exercised", what=missing), err=True)
    if found.missing:
        raise typer.Exit(1)
