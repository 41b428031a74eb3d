"""Two certifications side by side: what each is, where it leads, how it is obtained, from their records alone."""

from collections.abc import Sequence

from bot import proposals
from bot.messages import Effect, Say
from bot.notices import sources_payload
from bot.profile import job_label
from bot.spotting import types_named
from bot.state import State
from bot.turn import Turn
from bot.wondering import asks
from bot.wording import say
from knowledge.records import Certification

COMPARED = 2
JOBS_NAMED = 3
_ROUTES = ("continuing", "apprenticeship", "professionnalisation", "individual", "vae", "initial")

Answer = tuple[tuple[Effect, ...], State]


def compare(turn: Turn, state: State) -> Answer | None:
    """The comparison that is asked for: of those named, completed by those shown last; None when it is about something
    else, or when there are not two."""
    if not asks("comparison", turn.heard.text) or _is_about_notions(turn):
        return None
    records = _meant(turn, state)
    if len(records) < COMPARED:
        return None
    lines = [say("comparing.intro"), *(line for record in records for line in _lines(turn, record))]
    difference = _difference(records)
    text = "\n".join([*lines, *([difference] if difference else []), say("comparing.ending")])
    sources = sources_payload(tuple(record.source for record in records))
    return (Say(text=text, payload={**sources, "about": [record.code for record in records]}),), state


def _is_about_notions(turn: Turn) -> bool:
    """Whether schemes or notions are held side by side: they are answered with their notices, or with a plan."""
    named = turn.heard.values("certification") or len(types_named(turn.heard.text)) > 1
    return asks("who_pays", turn.heard.text) or (bool(turn.heard.values("topic")) and not named)


def _meant(turn: Turn, state: State) -> list[Certification]:
    known = turn.services.catalogue.certifications
    named = [str(value) for value in turn.heard.values("certification") if str(value) in known]
    records = [known[code] for code in dict.fromkeys([*named, *state.memory.proposed]) if code in known]
    types = types_named(turn.heard.text)
    if len(types) > 1 and not named:
        # «le CAP et le BP» are those of what was shown; where one of them was not, the notices answer.
        first = (next((record for record in records if record.type == kind), None) for kind in types[:COMPARED])
        return [record for record in first if record is not None]
    return records[:COMPARED]


def _lines(turn: Turn, record: Certification) -> list[str]:
    lines = [say("comparing.one", title=record.title, about=proposals.about(record))]
    jobs = [job_label(code, turn.services.catalogue) for code in record.rome[:JOBS_NAMED]]
    if jobs:
        lines.append(say("comparing.jobs", jobs=" ; ".join(jobs)))
    routes = [say(f"comparing.routes.{route}") for route in _ROUTES if route in record.access]
    if routes:
        lines.append(say("comparing.access", routes=", ".join(routes)))
    if record.blocks:
        lines.append(say("comparing.blocks", n=len(record.blocks)))
    if not record.active:
        lines.append(say("comparing.expired"))
    return lines


def _difference(records: Sequence[Certification]) -> str | None:
    """What the levels say; None where one of them has none."""
    lower, higher = sorted(records, key=lambda record: record.level or 0)
    if lower.level is None or higher.level is None:
        return None
    if lower.level == higher.level:
        return say("comparing.same_level")
    return say(
        "comparing.levels",
        lower=_short(lower),
        lower_level=proposals.level_label(lower.level),
        higher=_short(higher),
        higher_level=proposals.level_label(higher.level),
    )


def _short(record: Certification) -> str:
    return say("comparing.short", title=record.title, type=record.type) if record.type else record.title
