"""What can answer an employer's need: to train people, to hire some, or both. Each line comes from a dated record."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

from bot.asking import offer_handover
from bot.funding import training_of
from bot.messages import Say
from bot.needs import NOW
from bot.notices import cited as in_words
from bot.notices import sources_payload
from bot.opco import opco_line
from bot.profile import label
from bot.state import State
from bot.turn import Turn
from bot.wording import say
from knowledge.catalogue import Catalogue
from knowledge.funding import Funding
from knowledge.records import Source

TOLD = "company"
REASON: Final = "company_project"
SOON_DAYS = 92
_SOURCES_SHOWN = 4
_OPCO = "opco_plan"
_GROUP = "poec"


@dataclass(frozen=True, slots=True)
class Solution:
    """One way: its name, what it is in a sentence, where that was read."""

    id: str
    name: str
    text: str
    source: Source

    @property
    def said(self) -> str:
        """In one line: the sentence alone where it begins with the name."""
        if self.text.startswith(self.name):
            return self.text
        return say("company.line", name=self.name, text=self.text[:1].lower() + self.text[1:])


def is_due(state: State) -> bool:
    """Whether what can answer the need is still to be told."""
    return state.text("project") == "company_need" and TOLD not in state.memory.told


def answer_need(turn: Turn, state: State) -> tuple[tuple[Say, ...], State]:
    """The ways, for training and for hiring, and the employer's OPCO where it is sure; told once."""
    services, lines, cited = turn.services, [_heading(turn, state)], []
    for kind in state.memory.needs or ("train", "hire"):
        found = solutions(state, kind, services.catalogue, services.funding, turn.metadata.today)
        lines += [say(f"company.{kind}"), *(f"• {one.said}" for one in found)]
        cited += [one.source for one in found]
    if opco := opco_line(turn, state):
        lines.append(opco)
    shown = tuple({source.url: source for source in cited}.values())[:_SOURCES_SHOWN]
    lines += map(in_words, shown)
    told = tuple(dict.fromkeys([*state.memory.told, TOLD]))
    return (Say(text="\n".join(lines), payload=sources_payload(shown)),), state.note(told=told)


def offer_engineer(turn: Turn, state: State) -> tuple[tuple[Say, ...], State]:
    """The offer of the hub's engineer, once, while nobody is waited for."""
    free = turn.metadata.owner == "bot" and state.memory.pending is None
    if not free or REASON in state.memory.escalation_offered:
        return (), state
    ask, state = offer_handover(REASON, say(f"escalation.{REASON}"), state)
    return (ask,), state


def solutions(state: State, kind: str, catalogue: Catalogue, funding: Funding, today: date) -> tuple[Solution, ...]:
    """The ways of one kind (`train`, `hire`), those that come first for the delay before the others."""
    order = _ways()[kind]["soon" if needed_soon(state, today) else "later"]
    alone = state.number("people_count") == 1
    return tuple(_solutions([one for one in order if not (alone and one == _GROUP)], state, catalogue, funding, today))


def needed_soon(state: State, today: date) -> bool:
    """Whether the people are needed at once or within three months; of a season or nothing, nothing is concluded."""
    when = state.text("needed_by") or ""
    if when == NOW:
        return True
    day = f"{when}-01" if len(when) == len("2027-03") else when
    try:
        return (date.fromisoformat(day) - today).days <= SOON_DAYS
    except ValueError:
        return False


def _solutions(
    order: list[str], state: State, catalogue: Catalogue, funding: Funding, today: date
) -> Iterator[Solution]:
    for one in order:
        if one in funding.records.schemes:
            scheme = funding.records.schemes[one]
            read = funding.records.sources[scheme.sources[0]]
            text = _opco_refusal(state, funding, today) if one == _OPCO else None
            yield Solution(one, scheme.name, text or scheme.summary, Source(read.title, read.url, read.checked_on))
        elif notice := catalogue.notices.get(one):
            yield Solution(one, notice.title, f"{notice.text.split('. ')[0].rstrip('.')}.", notice.sources[0])


def _opco_refusal(state: State, funding: Funding, today: date) -> str | None:
    """Why the OPCO's funds are not for this employer, when its size says so."""
    plan = funding.plan_about(dict(state.profile), training_of(state), today, _OPCO)
    line = plan.lines[0]
    return line.reasons[0] if line.verdict == "ineligible" and line.reasons else None


def _heading(turn: Turn, state: State) -> str:
    catalogue = turn.services.catalogue
    told = [label(name, state.profile[name], catalogue) for name in ("people_count", "needed_by") if state.knows(name)]
    return say("company.heading_for", need=", ".join(told)) if told else say("company.heading")


@cache
def _ways() -> Mapping[str, Any]:
    content: Mapping[str, Any] = yaml.safe_load(Path(__file__).with_name("company.yml").read_text("utf-8"))
    return content
