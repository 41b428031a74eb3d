"""The public pages: what they say, hostile content shown as text, addresses that last."""

import json
import re
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from html import unescape

import httpx
import pytest
from lxml import etree

from api.app import create_public_app
from api.services import Services
from connectors.pages.public import render_public
from knowledge.catalogue import Catalogue
from knowledge.records import Block, Certification, Offer, OfferPlace, Session, Source
from tests.api.conftest import TODAY, client_of

HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(1)>"
SOURCE = Source("France compétences, RNCP90001", "https://www.francecompetences.fr/recherche/rncp/90001/", TODAY)


def certification(code: str, **changes: object) -> Certification:
    facts: dict[str, object] = {
        "code": code,
        "title": f"Titre {code}",
        "kind": "rncp",
        "type": "TP",
        "level": 5,
        "active": True,
        "source": SOURCE,
        "rome": ("M1203",),
        "blocks": (Block(f"{code}BC01", "Tenir les comptes", "Saisir\nContrôler"),),
        "access": frozenset({"vae", "continuing"}),
    }
    return Certification(**(facts | changes))  # type: ignore[arg-type]


@pytest.fixture
async def http(services: Services) -> AsyncIterator[httpx.AsyncClient]:
    """The starter catalogue, with a few records that it lacks."""
    more = [
        certification("RNCP90001", title=HOSTILE, objectives=HOSTILE, certifiers=(HOSTILE,)),
        certification("RNCP90002", active=False, replaced_by=("RNCP37121",), ends_on=date(2024, 8, 31)),
        certification("RNCP90003", active=False),
        certification("RNCP90004", ends_on=date(2027, 1, 31)),
        certification("RNCP90005", ends_on=date(2026, 9, 1), type="CAP", level=3),
        certification("RNCP90006", active=False, ends_on=date(2028, 8, 31)),
    ]
    offers = {
        "f1": Offer(
            "f1",
            "Comptable",
            "Centre",
            SOURCE,
            certification="RNCP37121",
            price=Decimal("1250.50"),
            hours=400,
            modality=frozenset({"evening"}),
            place=OfferPlace("Lycée", "Sedan", "08200"),
            sessions=(
                Session("1", date(2027, 3, 1), date(2027, 6, 30)),
                Session("2", date(2027, 9, 1), full=True),
                Session("3", date(2026, 1, 1)),
            ),
        )
    }
    known = services.catalogue
    catalogue = replace(
        known,
        certifications={**known.certifications, **{one.code: one for one in more}},
        offers={**known.offers, **offers},
    )
    async with client_of(create_public_app(replace(services, catalogue=catalogue))) as client:
        yield client


def data_of(html: str) -> dict[str, object]:
    (found,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.S)
    parsed: dict[str, object] = json.loads(found)
    return parsed


async def text_of(http: httpx.AsyncClient, path: str) -> str:
    reply = await http.get(path)
    assert reply.status_code == 200, path
    assert "set-cookie" not in reply.headers
    assert reply.headers["content-security-policy"]
    return reply.text


class TestCertification:
    async def test_what_it_is_how_to_obtain_it_and_where_it_comes_from(self, http: httpx.AsyncClient) -> None:
        html = await text_of(http, "/certifications/RNCP37121")
        assert "<h1>Comptable assistant</h1>" in html
        assert "niveau 4, comme un bac" in html
        assert 'href="/metiers/M1203"' in html
        assert "Comment l'obtenir" in unescape(html)
        assert "francecompetences.fr" in html
        assert "vérifié le" in html
        assert data_of(html)["@type"] == "EducationalOccupationalCredential"
        assert 'href="/formations/f1"' in html

    async def test_hostile_text_is_text(self, http: httpx.AsyncClient) -> None:
        html = await text_of(http, "/certifications/RNCP90001")
        assert "<img" not in html
        assert html.count("<script") == 1
        assert data_of(html)["name"] == HOSTILE

    async def test_an_ended_one_leads_to_what_replaces_it(self, http: httpx.AsyncClient) -> None:
        html = await text_of(http, "/certifications/RNCP90002")
        assert "plus active depuis le 31 août 2024" in html
        assert 'href="/certifications/RNCP37121"' in html
        assert 'name="robots" content="noindex"' in html
        assert "Comment l'obtenir" not in unescape(html)

    async def test_an_ended_one_without_successor_sends_to_a_person(self, http: httpx.AsyncClient) -> None:
        assert "Une personne du hub" in await text_of(http, "/certifications/RNCP90003")

    async def test_one_that_ends_soon_says_so(self, http: httpx.AsyncClient) -> None:
        assert "finit le 31 janvier 2027" in await text_of(http, "/certifications/RNCP90004")

    async def test_dates_are_told_as_they_stand_today(self, http: httpx.AsyncClient) -> None:
        assert "a pris fin le 1er septembre 2026" in await text_of(http, "/certifications/RNCP90005")
        closed_early = await text_of(http, "/certifications/RNCP90006")
        assert "plus active." in closed_early
        assert "2028" not in closed_early

    async def test_the_type_is_said_in_words(self, http: httpx.AsyncClient) -> None:
        assert "Titre professionnel · niveau 4, comme un bac · RNCP37121" in await text_of(
            http, "/certifications/RNCP37121"
        )

    @pytest.mark.parametrize("path", ["rncp37121", "RNCP%2037121", "Rncp 37121"])
    async def test_other_spellings_go_to_the_one_address(self, http: httpx.AsyncClient, path: str) -> None:
        reply = await http.get(f"/certifications/{path}")
        assert (reply.status_code, reply.headers["location"]) == (308, "/certifications/RNCP37121")

    @pytest.mark.parametrize(
        "path", ["/certifications/RNCP999999", "/metiers/Z9999", "/formations/rien", "/certifications/x"]
    )
    async def test_an_unknown_one_is_a_page_with_a_search(self, http: httpx.AsyncClient, path: str) -> None:
        reply = await http.get(path)
        assert reply.status_code == 404
        assert "text/html" in reply.headers["content-type"]
        assert "n&#39;existe pas" in reply.text
        assert 'role="search"' in reply.text


class TestJob:
    async def test_what_leads_there_by_level(self, http: httpx.AsyncClient) -> None:
        html = await text_of(http, "/metiers/M1203")
        assert "<h1>Comptable / Comptable</h1>" in html or "<h1>Comptable" in html
        assert html.index("Niveau 4, comme un bac") < html.index("Niveau 6")
        assert 'href="/certifications/RNCP37121"' in html
        assert data_of(html)["@type"] == "Occupation"

    async def test_an_acronym_keeps_its_capitals(self, services: Services) -> None:
        cap = certification("RNCP90005", type="CAP", level=3, title="Comptable")
        content = render_public(
            "job",
            job=services.catalogue.jobs["M1203"],
            base="",
            data={},
            skills=[],
            people=[],
            near=[],
            further=[],
            titles=[],
            certifications=[(3, [(cap, False)])],
        )
        assert "<h3>Niveau 3, comme un CAP</h3>" in content

    async def test_in_small_letters(self, http: httpx.AsyncClient) -> None:
        assert (await http.get("/metiers/m1203")).headers["location"] == "/metiers/M1203"


class TestOffer:
    async def test_dates_place_price_and_what_is_not_known(self, http: httpx.AsyncClient) -> None:
        html = await text_of(http, "/formations/f1")
        assert "Prochaine date : 1er mars 2027" in html
        assert "Elle finit le 30 juin 2027" in html
        assert "Sedan" in html
        assert "1\u202f250,50\u202f€" in html
        assert "À vérifier sur Mon Compte Formation" in html
        assert html.index("1er mars 2027") < html.index("Dates passées ou complètes") < html.index("complet)")
        course = data_of(html)
        assert course["@type"] == "Course"
        assert isinstance(course["hasCourseInstance"], list)

    async def test_an_example_says_that_it_is_one(self, http: httpx.AsyncClient, services: Services) -> None:
        example = next(offer for offer in services.catalogue.offers.values() if offer.example)
        html = await text_of(http, f"/formations/{example.id}")
        assert "Exemple de formation" in html
        assert "Pas de date connue" in html
        assert "noindex" in html


class TestSearch:
    async def test_with_words(self, http: httpx.AsyncClient) -> None:
        html = await text_of(http, "/certifications?q=devenir+comptable&level=4&kind=rncp")
        assert 'href="/certifications/RNCP37121"' in html
        assert '<option value="4" selected>' in html

    async def test_empty_nothing_and_unsure(self, http: httpx.AsyncClient) -> None:
        assert "results" not in await text_of(http, "/certifications")
        unsure = await text_of(http, "/certifications?q=les+paroles+d%27une+chanson+d%27amour")
        assert "Rien de sûr" in unsure
        assert "Rien de sûr" in await text_of(http, "/metiers?q=zzzzzz")

    async def test_words_come_back_as_text(self, http: httpx.AsyncClient) -> None:
        assert "<script" not in await text_of(http, f"/certifications?q={HOSTILE}")

    async def test_jobs(self, http: httpx.AsyncClient) -> None:
        assert 'href="/metiers/M1203"' in await text_of(http, "/metiers?q=comptable")


async def test_the_glossary_explains_each_word_with_its_source(http: httpx.AsyncClient, services: Services) -> None:
    html = await text_of(http, "/glossaire")
    for notice in services.catalogue.notices:
        assert f'id="{notice}"' in html
    assert html.count("vérifié le") >= len(services.catalogue.notices)


async def test_a_page_that_did_not_change_is_not_sent_again(http: httpx.AsyncClient) -> None:
    first = await http.get("/certifications/RNCP37121")
    again = await http.get("/certifications/RNCP37121", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    weak = await http.get("/certifications/RNCP37121", headers={"If-None-Match": f'"x", W/{first.headers["etag"]}'})
    assert weak.status_code == 304
    other = await http.get("/certifications/RNCP90004", headers={"If-None-Match": first.headers["etag"]})
    assert other.status_code == 200


async def test_what_answers_someone_stays_out_of_shared_caches(http: httpx.AsyncClient) -> None:
    assert (await http.get("/certifications")).headers["cache-control"] == "public, max-age=300"
    assert (await http.get("/certifications?q=comptable")).headers["cache-control"] == "private, max-age=300"


async def test_the_site_map_names_what_may_be_visited(http: httpx.AsyncClient, services: Services) -> None:
    robots = (await http.get("/robots.txt")).text
    assert "Disallow: /conseil" in robots
    assert "Sitemap: http://hub.test/sitemap.xml" in robots
    index = etree.fromstring((await http.get("/sitemap.xml")).content)
    (first,) = index.xpath("//*[local-name()='loc']/text()")
    listed = etree.fromstring((await http.get(first)).content).xpath("//*[local-name()='loc']/text()")
    assert "http://hub.test/certifications/RNCP37121" in listed
    assert "http://hub.test/certifications/RNCP90002" not in listed
    assert "http://hub.test/formations/f1" in listed
    assert not [address for address in listed if "exemple" in address]
    assert len(listed) > len(services.catalogue.jobs)
    assert (await http.get("/sitemap-2.xml")).status_code == 404


async def test_addresses_are_those_of_the_setting(services: Services, knowledge: tuple[Catalogue, object]) -> None:
    settings = services.settings.model_copy(update={"public_url": "https://hub.example/"})
    async with client_of(create_public_app(replace(services, settings=settings))) as client:
        assert 'href="https://hub.example/metiers/M1203"' in (await client.get("/metiers/M1203")).text


async def test_an_address_that_is_not_there_is_a_page_for_a_browser_and_json_for_a_program(
    http: httpx.AsyncClient,
) -> None:
    page = await http.get("/nulle-part", headers={"Accept": "text/html,*/*"})
    assert page.status_code == 404
    assert "<h1>" in page.text
    for path, accept in (("/nulle-part", "application/json"), ("/api/nulle-part", "text/html")):
        assert (await http.get(path, headers={"Accept": accept})).json()["error"]["code"] == "not_found"
