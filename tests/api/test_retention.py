"""What nobody touched for a year goes; what is in hand stays."""

import pytest

from api.conversations.retention import forget_old_conversations
from api.services import Services
from tests.api.conftest import HandClock, Person

pytestmark = [pytest.mark.both_databases, pytest.mark.usefixtures("clock")]


async def status(person: Person) -> int:
    return (await person.http.get(person.path, headers=person.headers)).status_code


async def test_a_conversation_left_for_a_year_is_gone(services: Services, clock: HandClock, person: Person) -> None:
    await person.say("je voudrais être fleuriste")
    clock.move(days=364)
    await forget_old_conversations(services)
    assert await status(person) == 200
    clock.move(days=2)
    await forget_old_conversations(services)
    assert await status(person) == 404


async def test_who_waits_for_a_counsellor_is_not_forgotten(
    services: Services, clock: HandClock, waiting: Person
) -> None:
    clock.move(days=400)
    await forget_old_conversations(services)
    assert await status(waiting) == 200
