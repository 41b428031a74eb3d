"""Certifications and jobs proposed to a person, each with its reasons; the text alone is a complete answer."""

from collections.abc import Sequence
from dataclasses import replace

from pydantic import JsonValue

from bot.messages import Say
from bot.profile import job_label
from bot.state import State
from bot.turn import Turn
from bot.wording import replies, say
from knowledge.records import Certification
from knowledge.search.engine import SearchAnswer, SearchHit, SearchQuery

SHOWN = 5
SHOWN_OF_EACH = 4
RECALLED = 2
# When nothing is sure, what is much further than the nearest is noise.
NEAR_ENOUGH = 0.6
LOWEST_LEVEL = 3
# The highest level proposed for the level held: two steps up, as a first-level adviser would look at; 6 when it is
# not known.
HIGHEST_LEVEL = {0: 4, 3: 5, 4: 6, 5: 7, 6: 7, 7: 8, 8: 8}
HIGHEST_LEVEL_UNKNOWN = 6


def aim(state: State) -> str | None:
    """What certifications are looked for, as one comparable text; None while nothing is aimed at."""
    parts = [*aims(state), state.text("target_certification"), state.memory.query]
    if not any(parts):
        return None
    return "|".join([*(part or "" for part in parts), str(highest_level(state))])


def aims(state: State) -> tuple[str, ...]:
    """The jobs aimed at: the one of the profile, and those hesitated between."""
    job = state.text("target_job")
    if job is None:
        return ()
    return state.memory.aims if state.memory.aims[:1] == (job,) else (job,)


def highest_level(state: State) -> int:
    """The highest level worth proposing for the diploma held."""
    held = state.number("education_level")
    return HIGHEST_LEVEL_UNKNOWN if held is None else HIGHEST_LEVEL.get(held, HIGHEST_LEVEL_UNKNOWN)


def certifications(turn: Turn, state: State, *, again: bool = False) -> tuple[tuple[Say, ...], State]:
    """A `certifications` message for each aim of `state`, and the state that remembers what was shown. What was just
    shown is only recalled, unless it is asked for `again`."""
    jobs_aimed = aims(state) or (None,)
    said, codes = [], []
    for job in jobs_aimed:
        message, shown = _for_job(turn, state, job, SHOWN if len(jobs_aimed) == 1 else SHOWN_OF_EACH)
        said.append(message)
        codes += shown
    if codes and not again and tuple(dict.fromkeys(codes)) == state.memory.proposed:
        return tuple(map(_recalled, said)), state.note(proposed_for=aim(state))
    if notes := wishes(state):
        said[-1] = said[-1].model_copy(update={"text": "\n".join([said[-1].text, *notes])})
    seen = state.memory.seen if aim(state) == state.memory.proposed_for else ()
    seen = tuple(dict.fromkeys([*seen, *codes]))
    return tuple(said), state.note(proposed=tuple(dict.fromkeys(codes)), seen=seen, proposed_for=aim(state))


def others(turn: Turn, state: State) -> tuple[tuple[Say, ...], State]:
    """The next certifications for the same aim; nothing when there is none left."""
    return _unseen(turn, state, say("proposals.others"), highest=None)


def below(turn: Turn, state: State) -> tuple[tuple[Say, ...], State]:
    """Certifications for the same aim, all of a lower level than those shown last; nothing when there is none."""
    records = turn.services.catalogue.certifications
    levels = [level for code in state.memory.proposed if code in records and (level := records[code].level)]
    if not levels or min(levels) <= LOWEST_LEVEL:
        return (), state
    return _unseen(turn, state, say("proposals.below"), highest=min(levels) - 1)


def _unseen(turn: Turn, state: State, heading: str, highest: int | None) -> tuple[tuple[Say, ...], State]:
    seen, said, codes = set(state.memory.seen), [], []
    for job in aims(state) or (None,):
        query = _query(turn, state, job, len(seen) + SHOWN)
        if highest is not None:
            query = replace(query, min_level=LOWEST_LEVEL, max_level=highest)
        found = turn.services.search.search(query)
        hits = [hit for hit in found.hits if hit.certification.code not in seen][:SHOWN]
        if hits:
            said.append(_message(heading, hits))
            codes += [hit.certification.code for hit in hits]
    if not codes:
        return (), state
    return tuple(said), state.note(proposed=tuple(codes), seen=(*state.memory.seen, *codes))


def reasons(turn: Turn, state: State) -> list[tuple[str, tuple[str, ...]]]:
    """Title and reasons of each certification shown last."""
    shown = list(state.memory.proposed)
    found: dict[str, tuple[str, tuple[str, ...]]] = {}
    for job in aims(state) or (None,):
        answer = turn.services.search.search(_query(turn, state, job, len(state.memory.seen) + SHOWN))
        found |= {hit.certification.code: (hit.certification.title, hit.why) for hit in answer.hits}
    return [found[code] for code in shown if code in found]


def about_job(turn: Turn, state: State, job: str) -> tuple[Say, ...]:
    """The certifications that lead to a job asked about; those just shown are only recalled, with what changes them."""
    message, codes = _for_job(turn, state, job, SHOWN)
    if codes and tuple(codes) == state.memory.proposed[: len(codes)]:
        return (_recalled(message),)
    return (message,)


def _recalled(message: Say) -> Say:
    """A list that was shown already, in a line: its first ones, and what would change it."""
    items = (message.payload or {}).get("items")
    first = [item for item in items if isinstance(item, dict)][:RECALLED] if isinstance(items, list) else []
    titles = " ; ".join(f"{item['title']} ({item['code']})" for item in first)
    return Say(
        kind="certifications",
        text=say("proposals.same", titles=titles),
        payload={"items": list(first), "recalled": True},
    )


def is_sure(turn: Turn, state: State) -> bool:
    """Whether the words of the person, without a job, lead to certifications that surely fit."""
    return turn.services.search.search(_query(turn, state, None, SHOWN)).confident


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


def about(record: Certification) -> str:
    """Type, level and code of a certification, those that it has."""
    return ", ".join(part for part in (record.type, level_label(record.level), record.code) if part)


def wishes(state: State) -> list[str]:
    """What must be known of the rhythm wished for, in words."""
    wished = set(state.texts("modality"))
    notes = []
    if wished & {"evening", "part_time", "weekend", "remote"}:
        notes.append(say("proposals.rhythm"))
    if wished & {"apprenticeship", "work_based"}:
        notes.append(say("proposals.work_based"))
    return notes


def _for_job(turn: Turn, state: State, job: str | None, limit: int) -> tuple[Say, list[str]]:
    answer = turn.services.search.search(_query(turn, state, job, limit))
    hits = answer.hits[:limit] if answer.confident else _nearest(answer.hits[:limit])
    if not hits:
        return Say(text=say("proposals.none", aim=_aim_label(turn, state, job))), []
    return _message(_heading(turn, state, answer, job), hits), [hit.certification.code for hit in hits]


def _nearest(hits: Sequence[SearchHit]) -> Sequence[SearchHit]:
    """Of hits that are not sure, those that a word or a job speaks for and that are not far behind the first; all of
    them where none is."""
    grounded = [hit for hit in hits if not hit.guessed] or hits
    return [hit for hit in grounded if hit.score >= NEAR_ENOUGH * grounded[0].score]


def _message(heading: str, hits: Sequence[SearchHit]) -> Say:
    payload: dict[str, JsonValue] = {"items": [certification_item(hit) for hit in hits]}
    return Say(kind="certifications", text="\n".join([heading, *map(_line, hits)]), payload=payload)


def _query(turn: Turn, state: State, job: str | None, limit: int) -> SearchQuery:
    certification = state.text("target_certification")
    words = [certification, job_label(job, turn.services.catalogue) if job else state.memory.query]
    return SearchQuery(
        text=" ".join(word for word in words if word),
        rome=(job,) if job else (),
        # A certification that is named is shown whatever its level; some, as a CACES, have none.
        min_level=None if certification else LOWEST_LEVEL,
        max_level=None if certification else highest_level(state),
        limit=limit,
    )


def _aim_label(turn: Turn, state: State, job: str | None) -> str:
    return job_label(job, turn.services.catalogue) if job else (state.text("target_certification") or "")


def _heading(turn: Turn, state: State, answer: SearchAnswer, job: str | None) -> str:
    if not answer.confident:
        return say("proposals.unsure")
    if job is None:
        return say("proposals.for_words")
    seen = {hit.certification.code for hit in answer.hits[:SHOWN_OF_EACH]} <= set(state.memory.proposed)
    return say("proposals.for_job_again" if seen else "proposals.for_job", job=_aim_label(turn, state, job))


def _line(hit: SearchHit) -> str:
    return f"• {hit.certification.title} ({about(hit.certification)})"
