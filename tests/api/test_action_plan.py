"""The action plan: a real PDF that says what was said and shown, and portable data without a name."""

import io
import json

import pypdf
import pytest
from httpx import AsyncClient

from bot.messages import Remember, Say
from tests.api.conftest import JSON, Person, ScriptedEngine, error_of, open_conversation

PROFILE = {
    **{"status": "employee", "contract_type": "cdi", "company_seniority_months": 48, "seniority_months": 60},
    **{"current_job": "J1501", "target_job": "M1203", "education_level": 4, "location": "08105", "cpf_balance": 2400},
    **{"first_name": "Nadia", "email": "nadia@exemple.fr", "disability": True},
}
MEMORY = {"request_seq": 3, "proposed": ["RNCP37121", "RNCP41644"]}


async def tell(person: Person, engine: ScriptedEngine, profile: JSON, memory: JSON, text: str = "bonjour") -> None:
    engine.answers.append([Remember(profile=profile, evidence={}, memory=memory), Say(text="D'accord.")])
    await person.say(text)


async def pdf(person: Person) -> pypdf.PdfReader:
    reply = await person.http.get(f"{person.path}/plan.pdf", headers=person.headers)
    assert reply.status_code == 200, reply.text
    assert reply.headers["content-type"] == "application/pdf"
    assert reply.headers["cache-control"] == "no-store"
    assert 'filename="plan-d-action-2026-11-23.pdf"' in reply.headers["content-disposition"]
    return pypdf.PdfReader(io.BytesIO(reply.content))


def words(reader: pypdf.PdfReader) -> str:
    return " ".join(" ".join(page.extract_text().split()) for page in reader.pages)


class TestPdf:
    async def test_says_the_goal_the_ways_who_pays_and_the_sources(
        self, person: Person, engine: ScriptedEngine
    ) -> None:
        await tell(person, engine, PROFILE, MEMORY, "je veux devenir comptable")
        reader = await pdf(person)
        text = words(reader)
        for expected in ("Comptable", "RNCP37121", "Compte personnel de formation", "vérifié le", "CEP"):
            assert expected in text, expected
        assert "« je veux devenir comptable »" in text
        assert len(reader.pages) <= 2

    async def test_can_be_read_by_a_screen_reader(self, person: Person, engine: ScriptedEngine) -> None:
        await tell(person, engine, PROFILE, MEMORY)
        root = (await pdf(person)).trailer["/Root"]
        assert root["/MarkInfo"]["/Marked"]
        assert root["/Lang"] == "fr"
        assert root["/StructTreeRoot"]

    async def test_says_nothing_sensitive_and_no_contact(self, person: Person, engine: ScriptedEngine) -> None:
        await tell(person, engine, PROFILE, MEMORY)
        text = words(await pdf(person))
        for secret in ("Nadia", "nadia@exemple.fr", "andicap", person.token, person.id):
            assert secret not in text

    async def test_shows_what_a_person_wrote_as_it_is(self, person: Person, engine: ScriptedEngine) -> None:
        hostile = '#import "/etc/passwd" $x$ *gras* <b>b</b> #sys.inputs \\ ] [ @ref'
        await tell(person, engine, {"project": "find_training"}, {"request_seq": 3}, hostile)
        assert hostile in words(await pdf(person))

    async def test_of_an_empty_conversation_says_what_is_missing(self, person: Person) -> None:
        assert "pas encore parlé de votre projet" in words(await pdf(person))

    async def test_fits_two_pages_whatever_was_said(self, person: Person, engine: ScriptedEngine) -> None:
        much = PROFILE | {"modality": ["evening", "remote", "weekend"], "company_size": 49, "age": 44, "budget": 900}
        await tell(person, engine, much, MEMORY, "je voudrais " + "vraiment " * 300)
        assert len((await pdf(person)).pages) <= 2


@pytest.mark.parametrize("name", ["plan.pdf", "plan.jsonld"])
async def test_opens_to_its_owner_only(person: Person, http: AsyncClient, name: str) -> None:
    other = await open_conversation(http)
    assert error_of(await http.get(f"{person.path}/{name}", headers=other.headers)) == (404, "not_found")
    assert error_of(await http.get(f"{person.path}/{name}")) == (401, "missing_token")


async def test_portable_data_has_the_codes_and_no_name(person: Person, engine: ScriptedEngine) -> None:
    await tell(person, engine, PROFILE, MEMORY)
    reply = await person.http.get(f"{person.path}/plan.jsonld", headers=person.headers)
    assert reply.headers["content-type"] == "application/ld+json"
    content = reply.json()
    assert content["@context"]["elm"].startswith("http://data.europa.eu/")
    assert content["hub:aimsAt"][0]["schema:occupationalCategory"]["schema:codeValue"] == "M1203"
    considered = [one["elm:identifier"]["skos:notation"] for one in content["hub:considers"]]
    assert considered == ["RNCP37121", "RNCP41644"]
    assert content["elm:EQFLevel"]["@id"].endswith("/4")
    for secret in ("Nadia", "exemple.fr", "disability", "andicap"):
        assert secret not in json.dumps(content, ensure_ascii=False)


async def test_portable_data_of_an_empty_conversation_says_only_when(person: Person) -> None:
    content = (await person.http.get(f"{person.path}/plan.jsonld", headers=person.headers)).json()
    assert set(content) == {"@context", "@type", "dcterms:created", "dcterms:language"}
