"""What a fact of use is, and which facts a turn of the conversation holds. Pure: no database."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

Kind = Literal[
    "opened",
    "public",
    "town",
    "job",
    "field",
    "certification_shown",
    "certification_followed",
    "certification_asked",
    "offer_shown",
    "offer_followed",
    "funding",
    "need",
    "handover",
    "handover_reason",
    "waited",
    "outcome",
    "not_understood",
    "satisfaction",
]
GENERAL_FUNDING = "general"
# What is known of a conversation one at a time: the last one said or done counts.
SINGLE: frozenset[Kind] = frozenset({"public", "town", "outcome", "satisfaction"})


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact. `code` is a code of the records or a choice of the contract, never words of the person; `detail` the
    reason why a need has no answer, `department` where it was felt."""

    kind: Kind
    code: str = ""
    detail: str | None = None
    department: str | None = None
    hour: int | None = None
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Answered:
    """A turn once answered: what is known and remembered, the codes noted before by kind, and what was said now as
    (kind, payload)."""

    profile: Mapping[str, Any]
    memory: Mapping[str, Any]
    before: Mapping[str, frozenset[str]]
    said: Sequence[tuple[str, Mapping[str, Any]]]
    doubts: int = 0

    def had(self, kind: Kind, code: str) -> bool:
        """Whether this was noted in an earlier turn."""
        return code in self.before.get(kind, frozenset())


def of_turn(turn: Answered, schemes: frozenset[str]) -> Iterator[Fact]:
    """The facts of a turn; some may have been noted before."""
    yield from of_profile(turn.profile)
    yield from _certifications(turn)
    yield from _offers(turn)
    yield from _funding(turn, schemes)
    for _, payload in _said(turn, "handover"):
        yield from (Fact("handover_reason", str(reason)) for reason in payload["reasons"])
    if turn.doubts:
        yield Fact("not_understood", number=turn.doubts)


def of_profile(profile: Mapping[str, Any]) -> Iterator[Fact]:
    """The facts of what is known of the person."""
    if status := profile.get("status"):
        yield Fact("public", str(status))
    if town := profile.get("location"):
        yield Fact("town", str(town))
    if job := profile.get("target_job"):
        yield Fact("job", str(job))
        yield Fact("field", str(job)[0])


def _certifications(turn: Answered) -> Iterator[Fact]:
    """Shown by the assistant; then followed, when the person asks more or aims at one; asked, when they came first."""
    for _, payload in _said(turn, "certifications"):
        yield from (Fact("certification_shown", str(item["code"])) for item in payload["items"])
    named = [str(code) for _, payload in turn.said for code in payload.get("about", ())]
    if aimed := turn.profile.get("target_certification"):
        named.append(str(aimed))
    for code in dict.fromkeys(named):
        if turn.had("certification_shown", code) and not turn.had("certification_asked", code):
            yield Fact("certification_followed", code)
        else:
            yield Fact("certification_asked", code)


def _offers(turn: Answered) -> Iterator[Fact]:
    for _, payload in turn.said:
        for offer in map(str, payload.get("offers", ())):
            yield Fact("offer_followed" if turn.had("offer_shown", offer) else "offer_shown", offer)


def _funding(turn: Answered, schemes: frozenset[str]) -> Iterator[Fact]:
    """A question on who pays, or a scheme that was explained."""
    if any(_said(turn, "funding")):
        yield Fact("funding", str(turn.memory.get("funding") or GENERAL_FUNDING))
    if (topic := turn.memory.get("topic")) in schemes:
        yield Fact("funding", str(topic))


def _said(turn: Answered, kind: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    return ((said, payload) for said, payload in turn.said if said == kind)
