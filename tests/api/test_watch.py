"""The watch of the team: what it tells over HTTP and in a browser, and the command that asks the links."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from playwright.async_api import expect
from sqlalchemy import select, update
from sqlalchemy.orm import Session as DatabaseSession
from typer.testing import CliRunner, Result

from api.app import create_public_app
from api.cli import app as cli
from api.learning.models import ReviewRow
from api.migrate import upgrade
from api.services import Services
from api.watch import knowledge
from api.watch.models import LinkCheckRow
from knowledge.catalogue import Catalogue
from knowledge.database import sync_engine
from knowledge.funding import Funding
from knowledge.models import NoticeRow
from knowledge.records import Certification, Offer, Session, Source
from knowledge.starter import load_starter
from tests.api.conftest import CLAIRE, PAUL, TODAY, client_of, sign_in
from tests.api.insight_seed import restrict, seed
from tests.api.live import barriers, browsing
from tests.pages_server import pages

JSON = dict[str, Any]
SOURCE = Source("Fiche", "https://example.org/fiche", TODAY)


def certification(code: str, *, active: bool = True, **more: Any) -> Certification:
    return Certification(code, f"Titre {code}", "rncp", "TP", 5, active, SOURCE, **more)


ENDING = {
    "RNCP1": certification("RNCP1", ends_on=TODAY + timedelta(days=90)),
    "RNCP2": certification("RNCP2", active=False, ends_on=date(2026, 1, 1), replaced_by=("RNCP3",)),
    "RNCP3": certification("RNCP3", ends_on=TODAY + timedelta(days=900)),
    "RNCP4": certification("RNCP4", ends_on=TODAY + timedelta(days=10)),
}


def offer(number: str, *starts: date, checked_on: date = TODAY, example: bool = False) -> Offer:
    sessions = tuple(Session(str(n), day) for n, day in enumerate(starts))
    source = replace(SOURCE, checked_on=checked_on)
    return Offer(number, f"Offre {number}", "Centre", source, sessions=sessions, example=example)


def sections(found: JSON) -> Mapping[str, JSON]:
    return {section["id"]: section for section in found["sections"]}


async def read(services: Services, account: tuple[str, str] = CLAIRE) -> Mapping[str, JSON]:
    async with client_of(create_public_app(services)) as client:
        desk = await sign_in(client, account)
        reply = await desk.get("/api/watch")
    assert reply.status_code == 200, reply.text
    return sections(reply.json())


class TestWhatItTells:
    async def test_certifications_that_end_among_those_proposed_in_their_hubs(self, services: Services) -> None:
        served = replace(services, catalogue=replace(services.catalogue, certifications=ENDING))
        for code in ("RNCP1", "RNCP2", "RNCP3"):
            await seed(services, "certification_shown", 1, code=code)
        await seed(services, "certification_asked", 1, code="RNCP4", hub="troyes")
        await seed(services, "certification_shown", 1, code="RNCP4", month=date(2024, 1, 1))
        await restrict(services, "counsellor", "verdun")
        items = (await read(served, PAUL))["certifications"]["items"]
        assert [item["text"] for item in items] == [
            "Titre RNCP2 (RNCP2) : n'est plus active",
            "Titre RNCP1 (RNCP1) : s'arrête le 21 février 2027",
        ]
        assert items[0]["detail"] == "Remplacée par : Titre RNCP3 (RNCP3)"
        assert items[1]["detail"] == "Aucune certification connue ne la remplace."

    async def test_messages_to_label_of_the_week(self, services: Services) -> None:
        now = services.clock.now()
        async with services.sessions() as session, session.begin():
            for number, (hub, days) in enumerate((("verdun", 1), ("verdun", 20), ("troyes", 1))):
                row = {"text": "…", "reason": "not_understood", "guesses": [], "at": now - timedelta(days=days)}
                session.add(ReviewRow(id=str(number), hub=hub, **row))
        await restrict(services, "counsellor", "verdun")
        (item,) = (await read(services, PAUL))["messages"]["items"]
        assert item["text"] == "Reçus cette semaine : 1. À classer en tout : 2."

    async def test_each_section_says_what_to_do_or_that_nothing_is_to_be_done(self, services: Services) -> None:
        found = await read(services)
        assert list(found) == ["certifications", "funding", "offers", "links", "messages"]
        assert all(section["todo"] and section["empty"] for section in found.values())
        assert found["links"]["empty"].startswith("Les liens n'ont pas encore été vérifiés")
        assert found["funding"]["items"]

    async def test_on_the_page(self, services: Services, app: FastAPI) -> None:
        dead = LinkCheckRow(url="https://example.org/x", used_by="CPF", checked_at=services.clock.now(), said="404")
        dead.dead_since = services.clock.now()
        async with services.sessions() as session, session.begin():
            session.add(dead)
        async with browsing(app, CLAIRE) as page:
            await page.goto("/veille")
            links = page.get_by_role("region", name="Liens qui ne répondent plus (1)")
            await expect(links).to_contain_text("Cité par : CPF. Ne répond plus depuis le 23 novembre 2026.")
            await expect(links).to_contain_text("Que faire :")
            assert await barriers(page) == []


def test_offers_without_a_date_to_come_or_read_long_ago() -> None:
    offers = [
        offer("past", date(2026, 9, 1)),
        offer("open", date(2026, 9, 1), date(2027, 1, 4)),
        offer("undated"),
        offer("old", checked_on=date(2026, 6, 1)),
        offer("example", date(2026, 9, 1), example=True),
    ]
    found = knowledge.offers(Catalogue.of(offers=offers), TODAY)
    assert [item.url for item in found] == ["/formations/past", "/formations/old"]


def test_funding_records_are_to_check_once_they_are_old() -> None:
    records = Funding.load().records
    now = {item.text for item in knowledge.funding(records, TODAY)}
    later = {item.text for item in knowledge.funding(records, TODAY + timedelta(days=400))}
    assert len(later) > len(now)


class TestCommand:
    @pytest.fixture
    def database(self, tmp_path: Path) -> str:
        url = f"sqlite:///{tmp_path / 'hub.sqlite3'}"
        upgrade(url)
        engine = sync_engine(url)
        with DatabaseSession(engine) as session, session.begin():
            load_starter(session, datetime(2026, 11, 23, tzinfo=UTC))
        engine.dispose()
        return url

    def test_what_answers_and_what_does_not_is_kept(self, monkeypatch: pytest.MonkeyPatch, database: str) -> None:
        with pages() as site:
            cite(database, "cpf", f"{site}/there")
            cite(database, "vae", f"{site}/gone")
            first = run(monkeypatch, database, "2026-11-23")
            assert first.exit_code == 1
            assert f"{site}/gone : 404" in first.output
            assert "Liens demandés : 2. Sans réponse : 1." in first.output
            run(monkeypatch, database, "2026-11-24")
            (row,) = dead(database)
            assert row.dead_since
            assert (row.url, row.dead_since.day, row.checked_at.day) == (f"{site}/gone", 23, 24)
            cite(database, "vae", f"{site}/robots")
            assert run(monkeypatch, database, "2026-11-25").exit_code == 0
        assert dead(database) == []


def cite(database: str, notice: str, url: str) -> None:
    engine = sync_engine(database)
    sources = [{"title": "Page", "url": url, "checked_on": "2026-11-01"}]
    with DatabaseSession(engine) as session, session.begin():
        session.execute(update(NoticeRow).where(NoticeRow.id == notice).values(sources=sources))
    engine.dispose()


def dead(database: str) -> list[LinkCheckRow]:
    engine = sync_engine(database)
    with DatabaseSession(engine) as session:
        found = list(session.scalars(select(LinkCheckRow).where(LinkCheckRow.dead_since.is_not(None))))
    engine.dispose()
    return found


def run(monkeypatch: pytest.MonkeyPatch, database: str, today: str) -> Result:
    monkeypatch.setenv("HUB_DATABASE_URL", database)
    monkeypatch.setenv("HUB_TODAY", today)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    return CliRunner().invoke(cli, ["watch", "links", "--only", "127.0.0.1", "--pause", "0"])
