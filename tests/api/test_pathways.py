"""Routes and positioning over HTTP."""

from typing import Any

import httpx
import pytest


async def test_routes_to_a_job_with_reasons_and_sources(http: httpx.AsyncClient) -> None:
    profile = {"status": "employee", "current_job": "J1501", "modality": ["evening"], "education_level": 4}
    reply = await http.post("/api/pathways", json={"profile": profile, "target_job": "M1203"})
    assert reply.status_code == 200
    body = reply.json()
    assert 2 <= len(body["items"]) <= 4
    first = body["items"][0]
    assert first.keys() == {"id", "title", "steps", "why", "prerequisites", "changes"}
    assert first["id"] == "blocks"
    assert first["steps"][0].keys() == {"kind", "title", "duration", "cost", "why", "code"}
    assert all(source["url"].startswith("https://") and source["checked_on"] for source in body["sources"])
    assert first["title"] in body["text"]


async def test_the_aim_may_stand_in_the_profile(http: httpx.AsyncClient) -> None:
    reply = await http.post("/api/pathways", json={"profile": {"target_job": "M1203"}})
    assert reply.json()["items"]


async def test_the_basics_need_no_aim(http: httpx.AsyncClient) -> None:
    reply = await http.post("/api/pathways", json={"profile": {"project": "learn_basics"}})
    assert [item["id"] for item in reply.json()["items"]] == ["basics"]


@pytest.mark.parametrize(
    ("body", "field", "code"),
    [
        ({}, "target_job", "no_target"),
        ({"target_job": "A0000"}, "target_job", "unknown_job"),
        ({"target_job": "maçon"}, "target_job", None),
        ({"certification": "RNCP999999"}, "certification", "unknown_certification"),
        ({"target_job": "M1203", "profile": {"age": "vieux"}}, "age", None),
        ({"target_job": "M1203", "profile": {"inconnu": 1}}, "inconnu", None),
        ({"target_job": "M1203", "autre": 1}, "autre", None),
    ],
)
async def test_a_bad_request_names_its_field(
    http: httpx.AsyncClient, body: dict[str, Any], field: str, code: str | None
) -> None:
    reply = await http.post("/api/pathways", json=body)
    assert reply.status_code == 422
    error = reply.json()["error"]
    assert error["field"] == field
    assert error["message"]
    assert code in {None, error["code"]}


async def test_positioning_against_a_job(http: httpx.AsyncClient) -> None:
    reply = await http.post("/api/positioning", json={"target_job": "M1203", "current_job": "M1203"})
    assert reply.status_code == 200
    body = reply.json()
    assert body["job"].startswith("Comptable")
    assert body["reasons"]
    assert body["advice"] in {"vae", "unknown"}
    assert all(skill["held"] == "implied" for skill in body["skills"])


async def test_positioning_against_an_unknown_job(http: httpx.AsyncClient) -> None:
    reply = await http.post("/api/positioning", json={"target_job": "A0000"})
    assert (reply.status_code, reply.json()["error"]["code"]) == (422, "unknown_job")
