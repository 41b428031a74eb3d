"""Facts of use: what is kept of a conversation for the figures, and what is not."""

from collections import Counter
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select, text

from api.insights.models import InsightEventRow
from api.insights.needs import need
from api.services import Services
from bot.messages import OpenHandover, Remember, Review, Say
from knowledge.catalogue import Catalogue
from knowledge.records import Commune, Offer, OfferPlace, Session, Source
from tests.api.conftest import TODAY, Desk, Person, ScriptedEngine, open_conversation

SOURCE = Source("Catalogue", "https://example.org/offres", TODAY)
SHOWN = [{"code": "RNCP37121"}, {"code": "RNCP38461"}]


async def facts(services: Services) -> list[InsightEventRow]:
    async with services.sessions() as session:
        return list(await session.scalars(select(InsightEventRow)))


async def noted(services: Services) -> set[tuple[str, str]]:
    """Kind and code of each fact; each is there once."""
    found = Counter((row.kind, row.code) for row in await facts(services))
    assert set(found.values()) <= {1}
    return set(found)


def knows(**profile: Any) -> Remember:
    memory = profile.pop("memory", {})
    return Remember(profile=profile, evidence={}, memory=memory)


class TestConversation:
    async def test_each_fact_is_kept_once_with_the_hub_the_channel_and_the_month(
        self, http: Any, services: Services, engine: ScriptedEngine
    ) -> None:
        person = await open_conversation(http, hub="verdun", channel="kiosk")
        shown = Say(kind="certifications", text="…", payload={"items": SHOWN})
        known = knows(status="employee", location="55545", target_job="M1203", first_name="Ana", phone="+33612345678")
        engine.answers = [[known, shown], [known, shown]]
        await person.say("Ana, 06 12 34 56 78, je veux devenir comptable à Verdun")
        await person.say("et encore ?")
        assert await noted(services) == {
            ("opened", ""),
            ("public", "employee"),
            ("town", "55545"),
            ("job", "M1203"),
            ("field", "M"),
            ("certification_shown", "RNCP37121"),
            ("certification_shown", "RNCP38461"),
        }
        for row in await facts(services):
            assert (row.hub, row.channel, row.month) == ("verdun", "kiosk", date(2026, 11, 1))
            assert "Ana" not in str(vars(row))

    async def test_what_follows_a_proposal_is_told_from_what_was_asked_for(
        self, person: Person, services: Services, engine: ScriptedEngine
    ) -> None:
        engine.answers = [
            [Say(kind="certifications", text="…", payload={"items": SHOWN})],
            [Say(text="…", payload={"sources": [], "about": ["RNCP38461"]})],
            [knows(target_certification="RNCP35500"), Say(text="…")],
            [Say(text="…", payload={"sources": [], "offers": ["a", "b"]})],
            [Say(text="…", payload={"sources": [], "offers": ["b"]})],
        ]
        for words in ("un métier", "parlez-moi du deuxième", "je veux le RNCP35500", "quelles dates ?", "plus près"):
            await person.say(words)
        assert await noted(services) == {
            ("opened", ""),
            ("certification_shown", "RNCP37121"),
            ("certification_shown", "RNCP38461"),
            ("certification_followed", "RNCP38461"),
            ("certification_asked", "RNCP35500"),
            ("offer_shown", "a"),
            ("offer_shown", "b"),
            ("offer_followed", "b"),
        }

    async def test_funding_questions_and_doubts(
        self, person: Person, services: Services, engine: ScriptedEngine
    ) -> None:
        plan = Say(kind="funding", text="…", payload={"remaining": None})
        engine.answers = [
            [knows(memory={"funding": ""}), plan],
            [knows(memory={"funding": "ptp"}), plan],
            [knows(memory={"topic": "cpf"}), Say(text="…")],
            [knows(memory={"topic": "rncp"}), Say(text="…")],
            [Say(text="?"), Review(seq=10, reason="not_understood")],
            [Say(text="?"), Review(seq=12, reason="not_understood")],
        ]
        for _ in range(6):
            await person.say("…")
        assert await noted(services) == {
            *(("opened", ""), ("funding", "general"), ("funding", "ptp"), ("funding", "cpf"), ("not_understood", "")),
        }
        assert [row.number for row in await facts(services) if row.kind == "not_understood"] == [2]

    async def test_what_the_person_corrects_is_corrected_here_too(
        self, person: Person, services: Services, engine: ScriptedEngine
    ) -> None:
        engine.answers = [[knows(status="employee", location="55545"), Say(text="…")]]
        await person.say("salariée à Verdun")
        body = {"status": "jobseeker", "location": None}
        reply = await person.http.patch(f"{person.path}/profile", json=body, headers=person.headers)
        assert reply.status_code == 200
        assert await noted(services) == {("opened", ""), ("public", "jobseeker")}

    async def test_a_handover_leaves_its_reasons_its_wait_and_its_outcome(
        self, waiting: Person, case: str, claire: Desk, services: Services, engine: ScriptedEngine
    ) -> None:
        engine.answers = [[OpenHandover(reasons=("dismissal",), text="…")]]
        await waiting.say("j'ai été licencié")
        await claire.post(f"{case}/claim")
        await claire.post(f"{case}/close", {"outcome": "referred"})
        handover = {row.kind: row for row in await facts(services) if row.kind in {"handover", "waited", "outcome"}}
        assert (handover["waited"].number, handover["outcome"].code) == (0, "referred")
        assert {code for kind, code in await noted(services) if kind == "handover_reason"} == {"asked", "dismissal"}

    async def test_erasing_leaves_nothing_that_leads_back(self, waiting: Person, services: Services) -> None:
        before = await facts(services)
        assert {row.conversation_id for row in before} == {waiting.id}
        reply = await waiting.http.delete(waiting.path, headers=waiting.headers)
        assert reply.status_code == 204
        after = await facts(services)
        assert len(after) == len(before)
        assert {row.conversation_id for row in after} == {None}
        async with services.sessions() as session:
            made = await session.scalar(text("SELECT sql FROM sqlite_master WHERE name = 'insight_events'"))
        assert "WITHOUT ROWID" in str(made)
        assert waiting.id.encode() not in (services.settings.data_dir / "hub.sqlite3").read_bytes()


def offer(number: str, insee: str | None, *starts: date, modality: str = "full_time", example: bool = False) -> Offer:
    return Offer(
        id=number,
        title="Comptable assistant",
        provider="Centre",
        source=SOURCE,
        certification="RNCP37121",
        modality=frozenset({modality}),
        place=OfferPlace("Centre", "Ville", "00000", insee) if insee else None,
        sessions=tuple(Session(str(n), day) for n, day in enumerate(starts)),
        example=example,
    )


COMMUNES = [
    Commune("08105", "Charleville-Mézières", ("08000",), "08", "44", 46000, 49.77, 4.72),
    Commune("51454", "Reims", ("51100",), "51", "44", 180000, 49.25, 4.03),
]
SPRING = date(2027, 3, 1)
WANTED = {"target_job": "M1203", "location": "08105"}


@pytest.mark.parametrize(
    ("offers", "profile", "reason"),
    [
        ([offer("a", "08105", SPRING)], {}, None),
        ([], {}, None),
        ([offer("a", None, example=True)], {}, None),
        ([replace(offer("a", "08105", SPRING), certification="RNCP1")], {}, "not_found"),
        ([offer("a", "51454", SPRING)], {}, "not_near"),
        ([offer("a", "51454", SPRING)], {"mobility_km": 100}, None),
        ([offer("a", None, SPRING, modality="remote")], {}, None),
        ([offer("a", "08105", SPRING)], {"modality": ["evening"]}, "other_rhythm"),
        ([offer("a", "08105", date(2026, 9, 1))], {}, "not_in_time"),
        ([offer("a", "08105", date(2027, 9, 1))], {"start_date": "2027-01-10"}, "not_in_time"),
        ([offer("a", "08105")], {"start_date": "2027-01-10"}, None),
    ],
)
def test_the_first_condition_that_no_offer_meets(
    offers: list[Offer], profile: dict[str, Any], reason: str | None
) -> None:
    found = need(Catalogue.of(offers=offers, communes=COMMUNES), WANTED | profile, ["RNCP37121"], [], TODAY)
    assert (found and found.detail) == reason
    if found:
        assert (found.code, found.department) == ("M1203", "08")


def test_what_remains_to_pay_over_the_budget_is_a_need_too() -> None:
    catalogue = Catalogue.of(offers=[offer("a", "08105", SPRING)], communes=COMMUNES)
    dear = need(catalogue, WANTED | {"budget": 300}, ["RNCP37121"], [{"remaining": 450.5}], TODAY)
    assert dear
    assert dear.detail == "not_affordable"
    assert need(catalogue, WANTED | {"budget": 500}, ["RNCP37121"], [{"remaining": 450.5}], TODAY) is None
    assert need(catalogue, WANTED, ["RNCP37121"], [{"remaining": 450.5}], TODAY) is None
