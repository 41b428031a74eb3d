"""Funding over HTTP and on the command line: plans, refusals, pages."""

import json
from typing import Any

import httpx
import pytest
from typer.testing import CliRunner

from api.cli import app
from knowledge.funding.loading import own_records

JSON = dict[str, Any]
EMPLOYEE = {"status": "employee", "contract_type": "cdi", "cpf_balance": 2400}


async def plan(http: httpx.AsyncClient, **body: Any) -> JSON:
    reply = await http.post("/api/funding/plan", json=body)
    assert reply.status_code == 200, reply.text
    found: JSON = reply.json()
    return found


async def test_the_reply_has_the_form_of_the_contract(http: httpx.AsyncClient) -> None:
    body = await plan(http, profile=EMPLOYEE, training={"kind": "rncp", "cost": 5200})
    assert body.keys() == {
        *("on", "cost", "lines", "covered", "remaining", "fee", "income", "employer_aids"),
        *("questions", "calendar", "warnings"),
    }
    line = body["lines"][0]
    assert {"scheme", "verdict", "amount", "reasons", "missing", "opens_on", "replaced_by", "sources"} <= line.keys()
    assert line["sources"][0].keys() == {"title", "url", "checked_on"}
    assert (body["covered"], body["remaining"], body["fee"]) == (2400, 2800, 150)
    assert body["on"] == "2026-11-23"


async def test_without_a_price_amounts_are_ceilings(http: httpx.AsyncClient) -> None:
    body = await plan(http, profile=EMPLOYEE, training={"kind": "rs"})
    assert body["lines"][0]["amount"] == 1500
    assert (body["cost"], body["covered"], body["remaining"], body["fee"]) == (None, None, None, None)


async def test_any_day_can_be_asked(http: httpx.AsyncClient) -> None:
    body = await plan(http, profile=EMPLOYEE, training={"kind": "rncp", "cost": 1000}, on="2024-06-01")
    assert (body["on"], body["fee"]) == ("2024-06-01", 100)


async def test_a_refusal_says_from_which_day_it_opens(http: httpx.AsyncClient) -> None:
    profile = EMPLOYEE | {"seniority_months": 40, "company_seniority_months": 8}
    body = await plan(http, profile=profile, training={"kind": "rncp"}, on="2026-11-22")
    ptp = next(line for line in body["lines"] if line["scheme"] == "ptp")
    assert (ptp["verdict"], ptp["opens_on"]) == ("ineligible", "2027-03-22")
    assert "22 mars 2027" in ptp["reasons"][0]
    assert "12 mois" in ptp["reasons"][0]


async def test_an_unknown_status_asks_for_it_alone(http: httpx.AsyncClient) -> None:
    body = await plan(http)
    assert body["lines"] == []


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"profile": {"age": "vieux"}}, "age"),
        ({"profile": {"inconnu": 1}}, "inconnu"),
        ({"profile": []}, "profile"),
        ({"training": {"kind": "magie"}}, "kind"),
        ({"training": {"cost": -1}}, "cost"),
        ({"training": {"cost": "beaucoup"}}, "cost"),
        ({"training": {"start_date": "demain"}}, "start_date"),
        ({"training": {"autre": 1}}, "autre"),
        ({"on": "2026-13-01"}, "on"),
        ({"autre": 1}, "autre"),
    ],
)
async def test_a_bad_request_names_its_field(http: httpx.AsyncClient, body: JSON, field: str) -> None:
    reply = await http.post("/api/funding/plan", json=body)
    assert reply.status_code == 422
    error = reply.json()["error"]
    assert error["field"].split(".")[-1] == field
    assert error["message"]


async def test_each_scheme_has_its_page_with_sources_and_dates(http: httpx.AsyncClient) -> None:
    for name, scheme in own_records().schemes.items():
        reply = await http.get(f"/financements/{name}")
        assert reply.status_code == 200
        assert "vérifié le" in reply.text
        assert "{" not in reply.text.split("<main", 1)[1], name
        assert scheme.name.replace("'", "&#39;") in reply.text


async def test_a_closed_scheme_says_what_replaced_it(http: httpx.AsyncClient) -> None:
    html = (await http.get("/financements/pro_a")).text
    assert "plus depuis le 1er janvier 2026" in html
    assert 'href="/financements/periode_reconversion"' in html


async def test_another_name_leads_to_the_page_and_the_list_names_all_that_is_open(http: httpx.AsyncClient) -> None:
    assert (await http.get("/financements/rfpe")).headers["location"] == "/financements/rfft"
    assert (await http.get("/financements/rien")).status_code == 404
    listed = (await http.get("/financements")).text
    assert 'href="/financements/ptp"' in listed
    assert 'href="/financements/cif"' not in listed


def run(*arguments: str, given: str = "") -> Any:
    return CliRunner().invoke(app, ["funding", *arguments], input=given)


def test_the_command_answers_a_line_for_each_line() -> None:
    request = json.dumps({"profile": EMPLOYEE, "training": {"kind": "rncp", "cost": 1000}, "on": "2026-11-22"})
    result = run("plan", "--json", given=f"{request}\n\n{request}\n")
    replies = [json.loads(line) for line in result.stdout.splitlines()]
    assert [reply["remaining"] for reply in replies] == [150, 150]


def test_the_command_says_a_plan_in_french_and_writes_its_calendar(tmp_path: Any) -> None:
    training = {"kind": "rncp", "cost": 5000, "start_date": "2027-09-01"}
    profile = EMPLOYEE | {"seniority_months": 60, "company_seniority_months": 60}
    file = tmp_path / "plan.ics"
    line = json.dumps({"profile": profile, "training": training, "on": "2026-11-22"})
    result = run("plan", "--ics", str(file), given=line)
    assert "Il reste" in result.stdout
    assert "Source :" in result.stdout
    calendar = file.read_text("utf-8")
    assert "DTSTART;VALUE=DATE:20270703" in calendar
    assert "BEGIN:VALARM" in calendar


def test_a_bad_line_is_named() -> None:
    result = run("plan", "--json", given='{"profile": {}}\n{"training": {"kind": 3}}\n')
    assert result.exit_code == 1
    assert result.exception.params["line"] == 2


def test_a_record_is_explained_and_an_unknown_one_is_told() -> None:
    assert "Transitions Pro" in run("explain", "ptp").stdout
    assert run("explain", "magie").exit_code == 1


def test_what_should_be_read_again() -> None:
    assert "vérifié il y a" in run("check").stdout
