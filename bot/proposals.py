"""Certifications and jobs proposed to a person, each with its reasons; the text alone is a complete answer."""

from pydantic import JsonValue

from bot.messages import Choice, ChoiceMeaning, Say
from bot.profile import job_label
from bot.state import State
from bot.turn import Turn
from bot.wording import replies, say
from knowledge.search.engine import SearchAnswer, SearchHit, SearchQuery

SHOWN = 5
JOBS_SHOWN = 6
LOWEST_LEVEL = 3
# The highest level proposed for the level held: two steps up, as a first-level adviser would look at; 6 when it is
# not known.
HIGHEST_LEVEL = {0: 4, 3: 5, 4: 6, 5: 7, 6: 7, 7: 8, 8: 8}
HIGHEST_LEVEL_UNKNOWN = 6


def aim(state: State) -> str | None:
    """What certifications are looked for, as one comparable text; None while nothing is aimed at."""
    parts = [state.text("target_job"), state.text("target_certification"), state.memory.query]
    if not any(parts):
        return None
    return "|".join([*(part or "" for part in parts), str(highest_level(state))])


def highest_level(state: State) -> int:
    """The highest level worth proposing for the diploma held."""
    held = state.number("education_level")
    return HIGHEST_LEVEL_UNKNOWN if held is None else HIGHEST_LEVEL.get(held, HIGHEST_LEVEL_UNKNOWN)


def certifications(turn: Turn, state: State) -> tuple[tuple[Say, ...], State]:
    """A `certifications` message for the aim of `state`, and the state that remembers it."""
    answer = turn.services.search.search(_query(turn, state))
    hits = answer.hits[:SHOWN]
    state = state.note(proposed=tuple(hit.certification.code for hit in hits), proposed_for=aim(state))
    if not hits:
        return (Say(text=say("proposals.none", aim=_aim_label(turn, state))),), state
    text = "\n".join([_heading(turn, state, answer), *(_line(hit) for hit in hits), *_notes(state)])
    payload: dict[str, JsonValue] = {"items": [certification_item(hit) for hit in hits]}
    return (Say(kind="certifications", text=text, payload=payload),), state


def jobs(turn: Turn, state: State) -> tuple[tuple[Say, ...], State]:
    """A `jobs` message for the words of the person, then the question which one attracts them."""
    hits = turn.services.search.jobs(state.memory.query or turn.heard.text, JOBS_SHOWN)
    if not hits:
        return (), state
    text = "\n".join([say("proposals.jobs"), *(f"• {hit.label}" for hit in hits)])
    items: list[JsonValue] = [{"rome": h.rome, "label": h.label, "why": say("proposals.job_why")} for h in hits]
    choices = tuple(
        Choice(
            id=f"job-{hit.rome}",
            label=hit.label,
            meaning=ChoiceMeaning(intent="find_training", facts={"target_job": hit.rome}),
        )
        for hit in hits
    )
    question = Say(kind="question", text=say("proposals.which_job"), payload={"field": "target_job"}, choices=choices)
    return (Say(kind="jobs", text=text, payload={"items": items}), question), state.note(proposed_for=aim(state))


def certification_item(hit: SearchHit) -> dict[str, JsonValue]:
    """One certification as the contract shows it."""
    record = hit.certification
    return {
        "code": record.code,
        "title": record.title,
        "kind": record.kind,
        "type": record.type,
        "level": record.level,
        "active": record.active,
        "replaced_by": list(record.replaced_by),
        "rome": list(record.rome),
        "score": round(hit.score, 4),
        "why": list(hit.why),
    }


def level_label(level: int | None) -> str:
    """A level said in words («niveau bac + 2»), empty when there is none."""
    return say(f"profile.education_level.{level}") if f"profile.education_level.{level}" in replies() else ""


def _query(turn: Turn, state: State) -> SearchQuery:
    job = state.text("target_job")
    certification = state.text("target_certification")
    words = [certification, job_label(job, turn.services.catalogue) if job else state.memory.query]
    return SearchQuery(
        text=" ".join(word for word in words if word),
        rome=(job,) if job else (),
        min_level=LOWEST_LEVEL,
        max_level=highest_level(state),
        limit=SHOWN,
    )


def _aim_label(turn: Turn, state: State) -> str:
    job = state.text("target_job")
    return job_label(job, turn.services.catalogue) if job else (state.text("target_certification") or "")


def _heading(turn: Turn, state: State, answer: SearchAnswer) -> str:
    if not answer.confident:
        return say("proposals.unsure")
    label = _aim_label(turn, state)
    return say("proposals.for_job", job=label) if state.text("target_job") else say("proposals.for_words")


def _line(hit: SearchHit) -> str:
    record = hit.certification
    about = ", ".join(part for part in (record.type, level_label(record.level), record.code) if part)
    why = f" : {hit.why[0]}" if hit.why else ""
    return f"• {record.title} ({about}){why}"


def _notes(state: State) -> list[str]:
    modality = state.profile.get("modality")
    wishes = {str(value) for value in modality} if isinstance(modality, list) else set()
    notes = []
    if wishes & {"evening", "part_time", "weekend", "remote"}:
        notes.append(say("proposals.rhythm"))
    if wishes & {"apprenticeship", "work_based"}:
        notes.append(say("proposals.work_based"))
    return notes
