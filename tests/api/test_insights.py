"""The figures of the steering page over HTTP: whose they are, what they say, and the files of them."""

import csv
import io
from collections.abc import Iterator
from datetime import date
from typing import Any

import pypdf
import pytest

from api.insights.forgetting import forget_weeks
from api.services import Services
from tests.api.conftest import Desk, error_of
from tests.api.insight_seed import SUMMER, restrict, seed

pytestmark = pytest.mark.both_databases

JSON = dict[str, Any]


async def read(desk: Desk, **params: str) -> JSON:
    reply = await desk.get("/api/insights", **params)
    assert reply.status_code == 200, reply.text
    return dict(reply.json())


def table(found: JSON, name: str) -> JSON | None:
    return next((one for one in found["tables"] if one["id"] == name), None)


def lines(found: JSON, name: str) -> dict[str, int]:
    shown = table(found, name)
    return {row["label"]: row["count"] for row in shown["rows"]} if shown else {}


def measures(found: JSON) -> dict[str, int | None]:
    return {one["id"]: one["value"] for one in found["measures"]}


def figures_in(node: Any) -> Iterator[Any]:
    """The figures of a tagged document."""
    node = node.get_object()
    if isinstance(node, list):
        for one in node:
            yield from figures_in(one)
    elif isinstance(node, dict):
        if node.get("/S") == "/Figure":
            yield node
        yield from figures_in(node["/K"]) if "/K" in node else ()


class TestWhoseTheyAre:
    async def test_a_steerer_reads_the_figures_of_their_hubs_only(self, services: Services, paul: Desk) -> None:
        await seed(services, "opened", 7, hour=14)
        await seed(services, "opened", 90, hub="troyes", hour=9)
        await seed(services, "opened", 30, hub=None, hour=9)
        await restrict(services, "manager", "verdun")
        assert measures(await read(paul))["conversations"] == 7
        for hub in ("troyes", "nowhere"):
            assert error_of(await paul.get("/api/insights", hub=hub)) == (404, "not_found")
        await restrict(services, "regional", "verdun", "troyes")
        assert measures(await read(paul))["conversations"] == 97
        assert lines(await read(paul), "hub") == {"Troyes": 90, "Verdun": 7}

    async def test_counsellors_do_not_read_them(self, services: Services, paul: Desk) -> None:
        await restrict(services, "counsellor", "verdun")
        for path in ("/api/insights", "/api/insights/figures.csv", "/api/insights/charts/month.svg"):
            assert error_of(await paul.get(path)) == (403, "not_allowed")

    async def test_all_hubs_hold_the_conversations_without_a_hub(self, services: Services, claire: Desk) -> None:
        await seed(services, "opened", 6, hub=None, hour=9)
        await seed(services, "opened", 8, hour=9)
        assert lines(await read(claire), "hub") == {"Verdun": 8, "Sans hub": 6}


class TestPeriod:
    async def test_whole_months_against_as_many_before(self, services: Services, claire: Desk) -> None:
        await seed(services, "opened", 9, hour=9)
        await seed(services, "opened", 12, month=SUMMER, hour=9)
        found = await read(claire)
        months = {"by": "month", "label": "septembre 2026 à novembre 2026"}
        assert found["period"] == {"start": "2026-09-01", "end": "2026-11-30", **months}
        assert (found["previous"]["start"], found["previous"]["end"]) == ("2026-06-01", "2026-08-31")
        (first, *_) = found["measures"]
        assert (first["value"], first["previous"]) == (9, 12)
        assert await read(claire, **{"hub": "", "from": "", "to": ""}) == found
        found = await read(claire, **{"from": "2026-07-14", "to": "2026-08-02"})
        assert found["period"]["label"] == "juillet 2026 à août 2026"
        assert measures(found)["conversations"] == 12

    async def test_by_week(self, services: Services, claire: Desk) -> None:
        await seed(services, "opened", 9, week=date(2026, 11, 23), hour=9)
        await seed(services, "opened", 7, week=date(2026, 11, 16), hour=9)
        await seed(services, "opened", 3, week=date(2026, 11, 9), hour=9)
        await seed(services, "opened", 8, hour=9)  # before weeks were kept
        found = await read(claire, by="week", **{"from": "2026-11-23"})
        assert found["period"]["label"] == "semaine du 23 novembre 2026"
        (first, *_) = found["measures"]
        assert (first["value"], first["previous"]) == (9, 7)
        found = await read(claire, by="week", **{"from": "2026-11-12", "to": "2026-11-29"})
        assert found["period"]["label"] == "semaine du 9 novembre 2026 à semaine du 23 novembre 2026"
        assert lines(found, "week") == {"semaine du 23 novembre 2026": 9}
        assert (table(found, "week") or {})["rest"] == 10
        assert table(found, "month") is None
        name = (await claire.get("/api/insights/figures.csv", by="week")).headers["content-disposition"]
        assert name.endswith('"pilotage-hubs-2026-11-02-2026-11-29.csv"')

    async def test_by_quarter_and_by_year(self, services: Services, claire: Desk) -> None:
        await seed(services, "opened", 9, hour=9)
        await seed(services, "opened", 12, month=SUMMER, hour=9)
        for by, label, now, before in (("quarter", "4e trimestre 2026", 9, 12), ("year", "2026", 21, 0)):
            found = await read(claire, by=by)
            assert found["period"]["label"] == label
            (first, *_) = found["measures"]
            assert (first["value"], first["previous"]) == (now, before)

    async def test_the_week_of_a_fact_is_forgotten_after_half_a_year(self, services: Services, claire: Desk) -> None:
        await seed(services, "opened", 6, week=date(2026, 5, 25), hour=9)
        await seed(services, "opened", 9, week=date(2026, 5, 18), hour=9)
        await forget_weeks(services)
        found = await read(claire, by="week", **{"from": "2026-05-18", "to": "2026-05-25"})
        assert lines(found, "week") == {"semaine du 25 mai 2026": 6}
        assert measures(await read(claire))["conversations"] == 15

    @pytest.mark.parametrize(("start", "end"), [("2026-11-01", "2026-10-31"), ("2020-01-01", "2026-11-01")])
    async def test_a_period_that_is_none_is_refused(self, claire: Desk, start: str, end: str) -> None:
        reply = await claire.get("/api/insights", **{"from": start, "to": end})
        assert error_of(reply) == (422, "bad_period")

    async def test_nothing_yet(self, claire: Desk) -> None:
        found = await read(claire)
        assert (found["is_empty"], found["tables"]) == (True, [])


class TestWhatTheySay:
    async def test_what_is_asked_for_is_told_from_what_is_proposed(self, services: Services, claire: Desk) -> None:
        await seed(services, "opened", 30, hour=9)
        await seed(services, "certification_shown", 20, code="RNCP37674")
        await seed(services, "certification_followed", 8, code="RNCP37674")
        await seed(services, "certification_asked", 6, code="RNCP37873")
        await seed(services, "need", 9, code="M1203", detail="not_near", department="55")
        found = await read(claire)
        sections = {one["id"]: one["section"] for one in found["tables"]}
        assert [sections[name] for name in ("certification_asked", "need")] == ["pull", "pull"]
        assert [sections[name] for name in ("certification_shown", "certification_followed")] == ["push", "push"]
        assert lines(found, "certification_followed") == {"Développeur web et web mobile (TP, RNCP37674)": 8}
        ((need, count),) = lines(found, "need").items()
        assert "Comptable" in need
        assert need.endswith("rien d'assez près")
        assert count == 9
        assert lines(found, "need_department") == {"Meuse (55)": 9}

    async def test_handovers_with_reasons_outcomes_and_waiting(self, services: Services, claire: Desk) -> None:
        await seed(services, "opened", 30, hour=9)
        await seed(services, "handover", 10)
        await seed(services, "handover_reason", 10, code="asked")
        await seed(services, "outcome", 6, code="referred")
        for minutes in (1, 2, 3, 4, 5, 6, 7, 8, 60, 600):
            await seed(services, "waited", 1, number=minutes)
        found = await read(claire)
        assert lines(found, "handover_reason") == {"A demandé une personne": 10}
        assert lines(found, "outcome") == {"Orientée vers un partenaire": 6}
        waits = {"wait_median": 5, "wait_p90": 60}
        assert measures(found) == {"conversations": 30, "handovers": 10, "not_understood": 0, **waits}

    async def test_waiting_times_of_a_few_are_not_told(self, services: Services, claire: Desk) -> None:
        await seed(services, "waited", 4, number=10)
        assert measures(await read(claire))["wait_median"] is None

    async def test_small_numbers_are_not_there_whatever_the_form(self, services: Services, claire: Desk) -> None:
        await seed(services, "opened", 30, hour=9)
        await seed(services, "public", 17, code="employee")
        await seed(services, "public", 10, code="jobseeker")
        await seed(services, "public", 3, code="public_agent")
        found = table(await read(claire), "public")
        assert found
        assert {row["code"]: row["count"] for row in found["rows"]} == {"employee": 17}
        assert (found["rest"], found["total"]) == (13, 30)
        text = (await claire.get("/api/insights/figures.csv")).content.decode("utf-8-sig")
        assert [line for line in text.splitlines() if "Publics" in line and ";3;" in line] == []
        drawn = (await claire.get("/api/insights/charts/public.svg")).text
        assert "public_agent" not in drawn
        assert ">3<" not in drawn


class TestFiles:
    async def test_the_spreadsheet_has_the_same_figures_and_no_formula(self, services: Services, claire: Desk) -> None:
        await seed(services, "opened", 30, hour=9)
        await seed(services, "offer_shown", 8, code="=HYPERLINK(1)")
        reply = await claire.get("/api/insights/figures.csv", hub="verdun")
        assert reply.headers["content-disposition"] == 'attachment; filename="pilotage-verdun-2026-09-2026-11.csv"'
        assert reply.content.startswith(b"\xef\xbb\xbf")
        rows = list(csv.reader(io.StringIO(reply.content.decode("utf-8-sig")), delimiter=";"))
        assert {len(row) for row in rows} == {5}
        assert ["L'usage", "Conversations par mois", "novembre 2026", "30", "–"] in rows
        assert ["Ce que l'assistant propose", "Offres montrées", "'=HYPERLINK(1)", "8", "–"] in rows

    async def test_the_document_is_tagged_and_has_them_too(self, services: Services, claire: Desk) -> None:
        await seed(services, "opened", 30, hour=9)
        await seed(services, "town", 30, code="55545")
        reply = await claire.get("/api/insights/figures.pdf", hub="verdun")
        assert reply.headers["content-type"] == "application/pdf"
        document = pypdf.PdfReader(io.BytesIO(reply.content))
        assert document.trailer["/Root"]["/MarkInfo"]["/Marked"]
        assert document.trailer["/Root"]["/Lang"] == "fr"
        text = "".join(page.extract_text() for page in document.pages)
        for said in ("Verdun, septembre 2026 à novembre 2026", "Communes", "Verdun (55100)", "30"):
            assert said in text

    async def test_the_document_has_each_chart_with_its_table(self, services: Services, claire: Desk) -> None:
        await seed(services, "opened", 30, hour=9)
        await seed(services, "opened", 12, hour=14)
        reply = await claire.get("/api/insights/figures.pdf")
        document = pypdf.PdfReader(io.BytesIO(reply.content))
        told = [str(node["/Alt"]) for node in figures_in(document.trailer["/Root"]["/StructTreeRoot"])]
        assert told == ["Heures d'usage. Le plus : 9 h. Le tableau qui suit donne tous les nombres."]

    async def test_a_chart_has_a_name(self, services: Services, claire: Desk) -> None:
        await seed(services, "opened", 30, hour=9)
        reply = await claire.get("/api/insights/charts/month.svg")
        assert reply.headers["content-type"] == "image/svg+xml"
        assert 'role="img" aria-label="Conversations par mois. Le plus : novembre 2026.' in reply.text
        assert error_of(await claire.get("/api/insights/charts/none.svg")) == (404, "not_found")
