"""A counsellor corrects the rules: a situation kept as a test case, from the desk and by hand."""

import json
from pathlib import Path

import httpx
import pytest
from typer.testing import CliRunner

from api.cli import app
from api.services import Services
from bot.messages import OpenHandover, Remember
from knowledge.funding import Funding
from knowledge.funding.evaluation import read_cases, score
from knowledge.funding.recording import kept_profile
from tests.api.conftest import Desk, Person, ScriptedEngine, error_of

SALARIED = {
    **{"status": "employee", "contract_type": "cdi", "cpf_balance": 900, "seniority_months": 30},
    **{"company_seniority_months": 14, "location": "08362", "first_name": "Nadia", "email": "n@exemple.test"},
    **{"disability": True, "training_kind": "rncp"},
}
EXPECTED = {"story": "Deux ans et demi de travail, dont plus d'un an ici.", "expect": {"verdicts": {"cpf": "closed"}}}


@pytest.fixture
async def case(person: Person, engine: ScriptedEngine) -> str:
    """The address of the case of someone whose situation is known."""
    evidence = {name: [3] for name in SALARIED}
    asked = OpenHandover(reasons=("asked",), text="Je transmets.")
    engine.answers = [[Remember(profile=SALARIED, evidence=evidence, memory={}), asked]]
    await person.say("je veux parler à quelqu'un")
    return f"/api/cases/{(await person.state())['handover']['case_id']}"


def hub(*arguments: str, given: str = "") -> str:
    result = CliRunner().invoke(app, ["funding", *arguments], input=given, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


class TestAtTheDesk:
    async def test_the_plan_of_the_person_is_there(self, case: str, claire: Desk) -> None:
        plan = (await claire.get(f"{case}/funding")).json()
        verdicts = {line["scheme"]: line["verdict"] for line in plan["lines"]}
        assert (verdicts["cpf"], verdicts["ptp"]) == ("eligible", "discretionary")

    async def test_a_situation_is_kept_and_scored(self, case: str, claire: Desk, tmp_path: Path) -> None:
        reply = await claire.post(f"{case}/funding-cases", EXPECTED)
        assert reply.status_code == 201, reply.text
        file = tmp_path / "kept.jsonl"
        file.write_text((await claire.get("/api/funding/cases")).text, "utf-8")
        (kept,) = read_cases(file)
        assert kept.id == reply.json()["id"]
        assert kept.training == {"kind": "rncp"}
        result = score([kept], Funding.load())
        assert (result.good, result.cases) == (0, 1)

    async def test_nothing_kept_says_who_it_is(self, case: str, claire: Desk) -> None:
        await claire.post(f"{case}/funding-cases", EXPECTED)
        text = (await claire.get("/api/funding/cases")).text
        assert json.loads(text)["profile"]["location"] != SALARIED["location"]
        for secret in ("Nadia", "exemple.test", "disability", case.rsplit("/", 1)[-1]):
            assert secret not in text

    async def test_it_outlives_the_conversation(self, case: str, claire: Desk, person: Person) -> None:
        await claire.post(f"{case}/funding-cases", EXPECTED)
        await person.http.delete(person.path, headers=person.headers)
        assert len((await claire.get("/api/funding/cases")).text.splitlines()) == 1

    @pytest.mark.parametrize(
        "body",
        [
            {"story": "x", "expect": {}},
            {"story": "x", "expect": {"verdicts": {"loterie": "eligible"}}},
            {"story": "x", "expect": {"verdicts": {"ptp": "peut-être"}}},
            {"story": " ", "expect": {"verdicts": {"ptp": "eligible"}}},
            {"story": "x" * 301, "expect": {"verdicts": {"ptp": "eligible"}}},
            {"story": "x", "expect": {"verdicts": {"ptp": "eligible"}, "amounts": {"cpf": -1}}},
        ],
    )
    async def test_what_makes_no_sense_is_refused(self, case: str, claire: Desk, body: object) -> None:
        assert error_of(await claire.post(f"{case}/funding-cases", body))[0] == 422
        assert (await claire.get("/api/funding/cases")).text == ""

    async def test_only_counsellors_read_and_keep(self, case: str, http: httpx.AsyncClient) -> None:
        assert (await http.get("/api/funding/cases")).status_code == 401
        assert (await http.get(f"{case}/funding")).status_code == 401
        assert (await http.post(f"{case}/funding-cases", json=EXPECTED)).status_code == 401

    async def test_without_the_token_of_the_page_nothing_is_kept(self, case: str, claire: Desk) -> None:
        reply = await claire.http.post(f"{case}/funding-cases", json=EXPECTED)
        assert reply.status_code == 403


def test_the_commune_kept_is_the_largest_of_its_department(services: Services) -> None:
    kept = kept_profile({"location": "08362", "status": "employee"}, services.catalogue)
    assert kept == {"location": "08105", "status": "employee"}


class TestByHand:
    REQUEST = json.dumps({"profile": {"status": "employee", "contract_type": "cdi"}, "training": {"kind": "rncp"}})

    def test_a_line_is_written_that_can_be_scored(self, tmp_path: Path) -> None:
        line = hub("case", "--expect", "cpf=eligible", "--amount", "cpf=900", "--story", "Essai.", given=self.REQUEST)
        file = tmp_path / "hand.jsonl"
        file.write_text(line, "utf-8")
        (case,) = read_cases(file)
        assert (case.story, case.expect) == ("Essai.", {"verdicts": {"cpf": "eligible"}, "amounts": {"cpf": 900.0}})

    @pytest.mark.parametrize("arguments", [("--expect", "ptp"), ("--expect", "ptp=oui"), ("--amount", "cpf=mille"), ()])
    def test_what_makes_no_sense_is_said(self, arguments: tuple[str, ...]) -> None:
        result = CliRunner().invoke(app, ["funding", "case", *arguments], input=self.REQUEST)
        assert result.exit_code != 0
        assert getattr(result.exception, "code", "") == "funding_expectation_invalid"

    def test_what_differs_shows_the_conditions_of_both_sides(self, tmp_path: Path) -> None:
        given = json.dumps(
            {
                "profile": {"status": "employee", "contract_type": "cdi", "seniority_months": 10},
                "training": {"kind": "rncp"},
                "on": "2026-11-22",
            }
        )
        file = tmp_path / "hand.jsonl"
        file.write_text(hub("case", "--expect", "ptp=discretionary", given=given), "utf-8")
        output = CliRunner().invoke(app, ["eval", "funding", str(file)]).output
        assert "obtenu : ineligible" in output
        assert "attendu : discretionary" in output
        assert "✗ Il faut 24 mois" in output
        assert "✓ " in output
        assert "devrait être rempli : Ancienneté" in output
