"""Training offers over HTTP, over catalogues loaded from real LHEO files written by the test."""

import io
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date
from typing import Any

import httpx
import pytest

from api.app import create_public_app
from api.services import Services
from knowledge.catalogue import Catalogue
from knowledge.offers import OfferFinder
from knowledge.records import Offer
from knowledge.search.engine import SearchEngine
from knowledge.sources.lheo import read_offers
from tests.api.conftest import client_of

CHARLEVILLE, REIMS, PARIS = "08105", "51454", "75056"
JSON = dict[str, Any]


def session(start: str, state: int = 1, enrol: str = "00000000") -> str:
    return (
        f"<session numero='{start}{state}'><periode><debut>{start}</debut><fin>00000000</fin></periode>"
        f"<periode-inscription><periode><fin>{enrol}</fin></periode></periode-inscription>"
        f"<etat-recrutement>{state}</etat-recrutement></session>"
    )


def formation(number: str, title: str, rncp: str, insee: str | None, *sessions: str, teaching: str = "0") -> str:
    place = (
        f"<lieu-de-formation><coordonnees><adresse><codepostal>00000</codepostal><ville>Ville</ville>"
        f"<code-INSEE-commune>{insee}</code-INSEE-commune></adresse></coordonnees></lieu-de-formation>"
        if insee
        else ""
    )
    return (
        f"<formation numero='{number}'><intitule-formation>{title}</intitule-formation>"
        f"<certification><code-RNCP>{rncp}</code-RNCP></certification><action numero='1'>"
        f"<modalites-enseignement>{teaching}</modalites-enseignement>{place}{''.join(sessions)}</action>"
        f"<organisme-formation-responsable><nom-organisme>Centre</nom-organisme></organisme-formation-responsable>"
        f"</formation>"
    )


CATALOGUE = "".join(
    [
        formation("late", "Comptable assistant", "37121", CHARLEVILLE, session("20270901"), session("20261001")),
        formation("soon", "Comptable assistant", "37121", CHARLEVILLE, session("20270105", enrol="20261220")),
        formation("full", "Comptable assistant", "37121", CHARLEVILLE, session("20270105", state=2)),
        formation("past", "Comptable assistant", "37121", CHARLEVILLE, session("20260105")),
        formation("shut", "Comptable assistant", "37121", CHARLEVILLE, session("20270105", enrol="20261101")),
        formation("reims", "Comptable assistant", "37121", REIMS, session("20270301")),
        formation("paris", "Coiffeur", "38230", PARIS, session("20270301")),
        formation("remote", "Comptable à distance", "37121", None, session("20270401"), teaching="2"),
        formation("nodate", "Comptable assistant", "37121", CHARLEVILLE),
    ]
)


@pytest.fixture
async def http(services: Services, knowledge: tuple[Catalogue, SearchEngine]) -> AsyncIterator[httpx.AsyncClient]:
    content = f"<lheo xmlns='https://www.lheo.gouv.fr/2.3'><offres>{CATALOGUE}</offres></lheo>".encode()
    found = [one for one in read_offers(io.BytesIO(content), "x", date(2026, 11, 1)) if isinstance(one, Offer)]
    catalogue = replace(knowledge[0], offers={offer.id: offer for offer in found})
    served = replace(services, catalogue=catalogue, offers=OfferFinder(catalogue, knowledge[1]))
    async with client_of(create_public_app(served)) as client:
        yield client


async def find(http: httpx.AsyncClient, **params: str) -> JSON:
    reply = await http.get("/api/offers", params=params)
    assert reply.status_code == 200, reply.text
    body: JSON = reply.json()
    return body


def ids(items: list[JSON]) -> list[str]:
    return [item["id"].removesuffix("_1") for item in items]


async def test_dated_ones_come_soonest_first_full_and_past_ones_apart(http: httpx.AsyncClient) -> None:
    body = await find(http, q="devenir comptable", near=CHARLEVILLE, km="30")
    assert ids(body["results"]) == ["soon", "remote", "late"]
    assert ids(body["without_date"]) == ["nodate"]
    assert set(ids(body["full_or_past"])) == {"full", "past", "shut"}
    assert body["relaxed"] == []
    assert body["understood"]["job"] == "M1203"


async def test_each_says_why_how_far_and_when(http: httpx.AsyncClient) -> None:
    first, *_ = (await find(http, q="devenir comptable", near=CHARLEVILLE))["results"]
    assert any("RNCP37121" in reason for reason in first["why"])
    assert first["distance_km"] == 0.0
    assert first["next_session"]["starts_on"] == "2027-01-05"
    assert first["source"]["checked_on"] == "2026-11-01"


async def test_by_certification_alone(http: httpx.AsyncClient) -> None:
    body = await find(http, certification="RNCP38230")
    assert ids(body["results"]) == ["paris"]


@pytest.mark.parametrize(
    ("near", "km", "found", "said"),
    [(REIMS, "60", {"reims", "remote"}, 0), (CHARLEVILLE, "45", {"soon", "late", "remote"}, 0)],
)
async def test_what_is_given_at_a_distance_is_near_everywhere(
    http: httpx.AsyncClient, near: str, km: str, found: set[str], said: int
) -> None:
    body = await find(http, q="devenir comptable", near=near, km=km)
    assert set(ids(body["results"])) == found
    assert len(body["relaxed"]) == said


async def test_nothing_near_is_never_the_last_word(http: httpx.AsyncClient) -> None:
    body = await find(http, q="coiffeur", certification="RNCP38230", near=CHARLEVILLE, km="40")
    assert ids(body["results"]) == ["paris"]
    assert "40 km" in body["relaxed"][0]
    assert "80 km" in body["relaxed"][0]
    assert "plus loin" in body["relaxed"][-1]


async def test_a_rhythm_that_nobody_offers_is_relaxed(http: httpx.AsyncClient) -> None:
    body = await find(http, q="devenir comptable", modality="evening")
    assert body["results"]
    assert "rythme" in body["relaxed"][0]


async def test_one_offer(http: httpx.AsyncClient) -> None:
    body = (await http.get("/api/offers/late_1")).json()
    assert [session["starts_on"] for session in body["sessions"]] == ["2027-09-01", "2026-10-01"]
    assert body["next_session"]["starts_on"] == "2027-09-01"
    assert body["price"] is None


@pytest.mark.parametrize(
    ("params", "code"),
    [
        ({}, "nothing_asked"),
        ({"q": "  "}, "nothing_asked"),
        ({"q": "x", "near": "99999"}, "unknown_commune"),
        ({"q": "x", "km": "0"}, None),
        ({"q": "x", "modality": "parfois"}, None),
        ({"certification": "BTS"}, None),
    ],
)
async def test_bad_requests_get_a_french_error(
    http: httpx.AsyncClient, params: dict[str, str], code: str | None
) -> None:
    reply = await http.get("/api/offers", params=params)
    assert reply.status_code == 422
    assert reply.json()["error"]["message"]
    assert code in {None, reply.json()["error"]["code"]}


async def test_an_unknown_offer(http: httpx.AsyncClient) -> None:
    reply = await http.get("/api/offers/none")
    assert (reply.status_code, reply.json()["error"]["code"]) == (404, "unknown_offer")


async def test_examples_are_said_to_be_examples(services: Services) -> None:
    async with client_of(create_public_app(services)) as client:
        body = await find(client, q="comptabilité et gestion au Cnam")
        assert body["results"] == []
        assert body["without_date"]
        assert all(item["example"] and "Exemple" in item["note"] for item in body["without_date"])
