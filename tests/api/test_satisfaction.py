"""One optional question at the end of a conversation, over HTTP and in a real browser."""

from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from playwright.async_api import expect

from api.services import Services
from bot.messages import Remember, Say
from tests.api.conftest import Desk, Person, ScriptedEngine, error_of, open_conversation
from tests.api.insight_seed import restrict
from tests.api.live import barriers, browsing

GOODBYE = [Remember(profile={"first_name": "Ana"}, evidence={}, memory={"ended_seq": 2}), Say(text="Au revoir !")]


async def give(person: Person, **opinion: str) -> httpx.Response:
    return await person.http.post(f"{person.path}/satisfaction", json=opinion, headers=person.headers)


async def figures(desk: Desk) -> dict[str, Any]:
    return dict((await desk.get("/api/insights")).json())


async def test_asked_at_the_end_and_once(person: Person, engine: ScriptedEngine) -> None:
    assert (await person.state())["satisfaction"] is None
    engine.answers = [GOODBYE]
    await person.say("au revoir")
    before = await person.state()
    assert before["satisfaction"] == "asked"
    assert (await give(person, answer="partly")).json() == {"answer": "partly", "comment": ""}
    after = await person.state()
    assert after["satisfaction"] == "answered"
    assert after["messages"] == before["messages"]


async def test_asked_once_the_case_is_over(waiting: Person, case: str, claire: Desk) -> None:
    assert (await waiting.state())["satisfaction"] is None
    await claire.post(f"{case}/claim")
    await claire.post(f"{case}/close", {"outcome": "informed"})
    assert (await waiting.state())["satisfaction"] == "asked"


async def test_a_comment_is_kept_without_who_wrote_it_and_goes_with_the_conversation(
    http: httpx.AsyncClient, claire: Desk, engine: ScriptedEngine
) -> None:
    engine.answers = [GOODBYE] * 5
    people = [await open_conversation(http, hub="verdun") for _ in range(5)]
    for person in people:
        await person.say("au revoir")
    kept = await give(people[0], answer="helped", comment="Merci ! Ana, ana@example.org, 06 12 34 56 78")
    said = kept.json()["comment"]
    assert said.startswith("Merci !")
    assert not any(word in said for word in ("Ana", "example", "12 34"))
    for person in people[1:4]:
        await give(person, answer="partly")
    assert (await figures(claire))["comments"] == []
    await give(people[4], answer="helped")
    assert (await figures(claire))["comments"] == [said]
    await http.delete(people[0].path, headers=people[0].headers)
    assert (await figures(claire))["comments"] == []


async def test_comments_are_for_their_hub(
    http: httpx.AsyncClient, services: Services, paul: Desk, engine: ScriptedEngine
) -> None:
    for _ in range(5):
        await give(await open_conversation(http, hub="troyes"), answer="helped", comment="Très clair.")
    await restrict(services, "manager", "verdun")
    assert (await figures(paul))["comments"] == []
    await restrict(services, "manager", "troyes")
    found = await figures(paul)
    assert found["comments"] == ["Très clair."] * 5
    (opinion,) = (one for one in found["tables"] if one["id"] == "satisfaction")
    assert [(row["label"], row["count"]) for row in opinion["rows"]] == [("Oui", 5)]


@pytest.mark.parametrize("body", [{"answer": "great"}, {"answer": "helped", "comment": "x" * 501}, {}])
async def test_another_answer_is_refused(person: Person, body: dict[str, str]) -> None:
    assert error_of(await give(person, **body)) == (422, "invalid_input")


async def test_on_the_page_the_question_stands_beside_the_conversation(app: FastAPI, engine: ScriptedEngine) -> None:
    engine.answers = [GOODBYE]
    async with browsing(app) as page:
        await page.goto("/")
        await page.get_by_role("button", name="Commencer").click()
        box = page.get_by_role("region", name="Votre avis")
        await expect(box).to_be_hidden()
        await page.get_by_label("Votre message").fill("au revoir")
        await page.keyboard.press("Enter")
        await expect(box.get_by_text("Cet échange vous a-t-il aidé ?")).to_be_visible()
        assert await barriers(page) == []
        messages = await page.locator("hub-transcript article").count()
        await box.get_by_role("button", name="En partie").press("Enter")
        await expect(box.get_by_label("Voulez-vous ajouter quelque chose")).to_be_focused()
        await page.keyboard.type("Clair.")
        await box.get_by_role("button", name="Envoyer mon avis").press("Enter")
        await expect(box).to_contain_text("Merci de votre réponse.")
        assert await page.locator("hub-transcript article").count() == messages
        await page.reload()
        await expect(page.get_by_text("Au revoir !")).to_be_visible()
        await expect(box).to_be_hidden()
