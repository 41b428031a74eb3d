"""Jobs proposed to who has none in mind, or hesitates between some: a list, then which one attracts them."""

from collections.abc import Sequence

from pydantic import JsonValue

from bot.messages import Choice, ChoiceMeaning, Say
from bot.profile import job_label
from bot.proposals import aim, aims
from bot.state import State
from bot.turn import Turn
from bot.wording import say

MOST_ASKED = 3
JOBS_SHOWN = 6

Answer = tuple[tuple[Say, ...], State]


def jobs(turn: Turn, state: State) -> Answer:
    """A `jobs` message for the words of the person, then the question which one attracts them."""
    return _shown(turn, state, say("proposals.jobs"), skipped=())


def other_jobs(turn: Turn, state: State) -> Answer:
    """The next jobs for the same words; nothing when there is none left."""
    return _shown(turn, state, say("proposals.other_jobs"), skipped=state.memory.jobs_seen)


def _shown(turn: Turn, state: State, heading: str, skipped: Sequence[str]) -> Answer:
    liked = turn.services.search.jobs_liked(state.memory.query or turn.heard.text, JOBS_SHOWN + len(skipped))
    hits = [hit for hit in liked if hit.rome not in skipped][:JOBS_SHOWN]
    if not hits:
        return (), state
    text = "\n".join([heading, *(f"• {hit.label}" for hit in hits)])
    items: list[JsonValue] = [{"rome": h.rome, "label": h.label, "why": say("proposals.job_why")} for h in hits]
    # Asked often enough in words: now it is only offered.
    field = "target_job" if state.memory.asked.get("target_job", 0) < MOST_ASKED else None
    question = _which_job([(hit.rome, hit.label) for hit in hits], field)
    seen = (*skipped, *(hit.rome for hit in hits))
    after = state.note(proposed_for=aim(state), jobs_seen=seen)
    return (Say(kind="jobs", text=text, payload={"items": items}), question), after


def which_of(turn: Turn, state: State) -> Say:
    """The question which of the jobs hesitated between attracts the person most."""
    catalogue = turn.services.catalogue
    return _which_job([(job, job_label(job, catalogue)) for job in aims(state)], "target_job")


def _which_job(offered: Sequence[tuple[str, str]], field: str | None) -> Say:
    choices = tuple(
        Choice(id=f"job-{rome}", label=label, meaning=ChoiceMeaning(intent="find_training", facts={"target_job": rome}))
        for rome, label in offered
    )
    return Say(kind="question", text=say("proposals.which_job"), payload={"field": field}, choices=choices)
