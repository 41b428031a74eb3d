"""The ways to what a person aims at, as a message whose text is complete on its own."""

from dataclasses import asdict

from pydantic import JsonValue

from bot.easy_plan import easy_ways
from bot.messages import Say, Sentence
from bot.notices import sources_payload
from bot.proposals import aims
from bot.state import State
from bot.turn import Turn
from bot.wording import speech
from knowledge.pathways import Pathway, RouteProfile, Target, plan_routes

SAID_AS = "pathways.ways"
_WITHOUT_AIM = frozenset({"learn_basics", "start_business"})


def pathways(turn: Turn, state: State) -> Say | None:
    """Two to four ways, the one that fits best first; None while nothing is aimed at, or when no way is known."""
    catalogue = turn.services.catalogue
    jobs = aims(state)
    code = state.text("target_certification")
    certification = code if code in catalogue.certifications else None
    if not jobs and certification is None and state.text("project") not in _WITHOUT_AIM:
        return None
    target = Target(jobs[0] if jobs else None, certification)
    found = plan_routes(RouteProfile.of(dict(state.profile)), target, catalogue, turn.services.search)
    if not found.items:
        return None
    items: list[JsonValue] = [_item(item) for item in found.items]
    speech().said.append(Sentence(key=SAID_AS))
    text = easy_ways(found) if speech().simple else found.text()
    return Say(kind="pathways", text=text, payload={"items": items, **sources_payload(found.sources)})


def _item(pathway: Pathway) -> dict[str, JsonValue]:
    return {
        "id": pathway.id,
        "title": pathway.title,
        "steps": [asdict(step) for step in pathway.steps],
        "why": list(pathway.why),
        "prerequisites": list(pathway.prerequisites),
        "changes": list(pathway.changes),
    }
