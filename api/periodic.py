"""What is done from time to time while the application serves: each job in its own task, none stops another."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

import structlog

from api.accounts.forgetting import forget_accounts_past
from api.cases.forgetting import EVERY_SECONDS, forget_erased
from api.cases.timers import run_timers
from api.conversations.retention import forget_old_conversations
from api.insights.forgetting import forget_weeks
from api.learning.inbox import forget_old
from api.notifications.delivery import deliver_due, forget_delivered
from api.services import Services

_log = structlog.get_logger("periodic")
DAY_SECONDS = 86_400.0


@dataclass(frozen=True, slots=True)
class Job:
    """Something to do again and again. It must be safe to do twice and to be cut at any point; `every` in seconds,
    None for the setting `tick_seconds`."""

    name: str
    do: Callable[[Services], Awaitable[None]]
    every: float | None = None


async def _forget_old_messages(services: Services) -> None:
    async with services.sessions() as session, session.begin():
        await forget_old(session, services.clock.now(), services.settings.inbox_days)


JOBS: Sequence[Job] = (
    Job("forget_old_messages", _forget_old_messages, every=DAY_SECONDS),
    Job("forget_old_conversations", forget_old_conversations, every=DAY_SECONDS),
    Job("forget_weeks", forget_weeks, every=DAY_SECONDS),
    Job("forget_erased", forget_erased, every=EVERY_SECONDS),
    Job("case_timers", run_timers),
    Job("forget_accounts_past", forget_accounts_past, every=DAY_SECONDS),
    Job("deliver_due", deliver_due),
    Job("forget_delivered", forget_delivered, every=DAY_SECONDS),
)


async def run_periodically(services: Services) -> None:
    """Do every job until cancelled."""
    async with asyncio.TaskGroup() as tasks:
        for job in JOBS:
            tasks.create_task(_repeat(services, job))


async def _repeat(services: Services, job: Job) -> None:
    while True:
        try:
            await job.do(services)
        except Exception as error:  # one failure must not end the job for as long as the program runs
            _log.error("job_failed", job=job.name, error=type(error).__name__)
        await asyncio.sleep(services.settings.tick_seconds if job.every is None else job.every)
