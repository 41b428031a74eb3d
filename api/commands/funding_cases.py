"""`hub funding case`, `hub funding cases`: situations as lines that `hub eval funding` reads."""

import sys
from pathlib import Path
from typing import Annotated
from uuid import uuid4

import typer
from sqlalchemy import select
from sqlalchemy.orm import Session

from api.commands.funding import read_request
from api.funding.cases import case_of
from api.funding.models import FundingCaseRow
from api.migrate import upgrade
from api.settings import Settings
from knowledge.database import sync_engine
from knowledge.funding import Funding
from knowledge.funding.evaluation import Case
from knowledge.funding.recording import ExpectationInvalid, as_line, check_expected
from knowledge.texts import Texts

TEXTS = Texts.load(Path(__file__).parents[1] / "texts" / "funding.yml")


def case(
    expect: Annotated[list[str] | None, typer.Option("--expect", help=TEXTS.get("options.expect"))] = None,
    amount: Annotated[list[str] | None, typer.Option("--amount", help=TEXTS.get("options.amount"))] = None,
    story: Annotated[str, typer.Option("--story", help=TEXTS.get("options.story"))] = "",
) -> None:
    """Each line of standard input is a request of `/api/funding/plan`; each line of output a test case."""
    settings, funding = Settings(), Funding.load()
    verdicts = dict(_pair(text) for text in expect or ())
    amounts = {name: _euros(name, value) for name, value in (_pair(text) for text in amount or ())}
    expected = check_expected(verdicts, amounts, funding.records)
    for number, line in enumerate(sys.stdin, 1):
        if not line.strip():
            continue
        request = read_request(line, number)
        profile = {name: value for name, value in request.profile.items() if value is not None}
        training = request.training.model_dump(mode="json", exclude_none=True)
        on = request.on or settings.clock.today()
        typer.echo(as_line(Case(f"hand-{uuid4().hex[:16]}", story, on, profile, training, expected)))


def cases() -> None:
    """The situations kept at the desk, one test case a line."""
    settings = Settings()
    upgrade(settings.database)
    with Session(sync_engine(settings.database)) as session:
        for row in session.scalars(select(FundingCaseRow).order_by(FundingCaseRow.at, FundingCaseRow.id)):
            typer.echo(as_line(case_of(row)))


def _pair(text: str) -> tuple[str, str]:
    name, found, value = text.partition("=")
    if not found:
        raise ExpectationInvalid(what=text, known="ptp=eligible, cpf=900…")
    return name.strip(), value.strip()


def _euros(name: str, value: str) -> float:
    try:
        return float(value.replace(",", "."))
    except ValueError:
        raise ExpectationInvalid(what=f"{name}={value}", known="cpf=900") from None
