"""«C'est quoi comme métier ?»: what a job is made of, as the official repertory of jobs (ROME) defines it."""

from collections.abc import Iterator

from bot.folding import fold
from bot.messages import Say
from bot.turn import Heard, Turn
from bot.wondering import asks
from bot.wording import say
from knowledge.records import Job

TASKS_SHOWN = 4


def described(turn: Turn) -> Say | None:
    """What the job asked about is; None when no job is, or when nothing is recorded of it."""
    if not asks("job", turn.heard.text):
        return None
    rome = turn.heard.first("job") or turn.state.text("target_job")
    job = turn.services.catalogue.jobs.get(rome or "")
    if job is None or not job.definition:
        return None
    return Say(text="\n".join(_lines(turn.heard, job)), payload={"about": [job.rome]})


def _lines(heard: Heard, job: Job) -> Iterator[str]:
    definition, *tasks = [line.strip() for line in job.definition.splitlines() if line.strip()]
    named = _as_written(heard, job.rome)
    if named and fold(named) not in fold(job.label):
        yield say("describing.other_name", named=named, job=job.label)
    yield definition
    yield from (f"• {task}" for task in tasks[:TASKS_SHOWN])
    yield say("describing.source", job=job.label, rome=job.rome)


def _as_written(heard: Heard, rome: str) -> str:
    """The words by which the message names the job."""
    return next((heard.text[e.start : e.end] for e in heard.entities if e.entity == "job" and e.value == rome), "")
