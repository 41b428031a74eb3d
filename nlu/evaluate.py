"""Scores of understanding on a labelled set: intents, refusals, distress, entities."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from nlu.interpreter import FALLBACK
from nlu.understanding import Understanding

Labelled = Mapping[str, Any]
_DURATION = re.compile(r"p(?:(\d+)y)?(?:(\d+)m)?(?:(\d+)w)?(?:(\d+)d)?(?:t(?:(\d+)h)?)?")


@dataclass(frozen=True, slots=True)
class Scores:
    """Shares are between 0 and 1. `entity_f1` is on normalised values, by entity and in all (`all`), with its count."""

    messages: int
    accuracy: float
    macro_f1: float
    out_of_scope_caught: float
    good_lost: float
    distress_recall: float
    false_distress: int
    entity_f1: Mapping[str, tuple[float, int]]
    entity_f1_with_role: float
    confusions: Sequence[tuple[str, str, int]]
    errors: Sequence[tuple[str, str, float, str]]


def evaluate(gold: Sequence[Labelled], found: Sequence[Understanding]) -> Scores:
    """Score what was understood against the labels, message by message. A fallback counts as out of scope."""
    pairs = [(g["intent"], _as_label(g["intent"], u.intent.name)) for g, u in zip(gold, found, strict=True)]
    inside = [(g, u) for g, u in zip(gold, found, strict=True) if g["intent"] != "out_of_scope"]
    outside = [(g, u) for g, u in zip(gold, found, strict=True) if g["intent"] == "out_of_scope"]
    distress = [got for want, got in pairs if want == "distress"]
    return Scores(
        messages=len(pairs),
        accuracy=_share(want == got for want, got in pairs),
        macro_f1=_macro_f1(pairs),
        out_of_scope_caught=_share(_is_refused(u) for _, u in outside),
        good_lost=_share(_is_refused(u) for _, u in inside),
        distress_recall=_share(got == "distress" for got in distress),
        false_distress=sum(got == "distress" != want for want, got in pairs),
        entity_f1=_entity_f1(gold, found, role=False),
        entity_f1_with_role=_entity_f1(gold, found, role=True)["all"][0],
        confusions=[(w, g, n) for (w, g), n in Counter(p for p in pairs if p[0] != p[1]).most_common(15)],
        errors=[
            (g["intent"], u.intent.name, u.intent.confidence, g["text"])
            for (want, got), g, u in zip(pairs, gold, found, strict=True)
            if want != got
        ],
    )


def _as_label(want: str, got: str) -> str:
    return want if want == "out_of_scope" and got == FALLBACK else got


def _is_refused(understanding: Understanding) -> bool:
    return understanding.intent.name in {"out_of_scope", FALLBACK}


def _share(values: Iterable[bool]) -> float:
    listed = list(values)
    return sum(listed) / len(listed) if listed else 0.0


def _macro_f1(pairs: Sequence[tuple[str, str]]) -> float:
    intents = sorted({want for want, _ in pairs})
    return sum(_f1(pairs, intent) for intent in intents) / max(1, len(intents))


def _f1(pairs: Sequence[tuple[str, str]], intent: str) -> float:
    right = sum(want == got == intent for want, got in pairs)
    wrong = sum((want == intent) != (got == intent) for want, got in pairs)
    return 2 * right / (2 * right + wrong) if right else 0.0


def _entity_f1(gold: Sequence[Labelled], found: Sequence[Understanding], *, role: bool) -> dict[str, tuple[float, int]]:
    right: Counter[str] = Counter()
    proposed: Counter[str] = Counter()
    expected: Counter[str] = Counter()
    for labelled, understanding in zip(gold, found, strict=True):
        wanted = [dict(entity) for entity in labelled.get("entities", [])]
        got = [{"entity": e.entity, "value": e.value, "role": e.role} for e in understanding.entities]
        _accept_defensible(wanted, got)
        want, have = _counted(wanted, role=role), _counted(got, role=role)
        for key in want | have:
            right[key[0]] += min(want[key], have[key])
            expected[key[0]] += want[key]
            proposed[key[0]] += have[key]
    scores = {
        e: (2 * right[e] / max(1, proposed[e] + expected[e]), expected[e]) for e in sorted(expected) if expected[e]
    }
    total = 2 * sum(right.values()) / max(1, sum(proposed.values()) + sum(expected.values()))
    return {"all": (total, sum(expected.values()))} | scores


def _accept_defensible(wanted: list[dict[str, Any]], got: list[dict[str, Any]]) -> None:
    for entity in wanted:
        also = {_value(value) for value in entity.get("also", [])}
        for other in got:
            if other["entity"] == entity["entity"] and _value(other["value"]) in also:
                other["value"] = entity["value"]


def _counted(entities: Sequence[Mapping[str, Any]], *, role: bool) -> Counter[tuple[str, str, str]]:
    return Counter(
        (
            e["entity"],
            _length(e["value"]) if e["entity"] == "duration" else _value(e["value"]),
            (e.get("role") or "") if role else "",
        )
        for e in entities
    )


def _value(value: object) -> str:
    text = unicodedata.normalize("NFKC", str(value)).strip().lower()
    return f"{float(text):g}" if re.fullmatch(r"[0-9]+\.[0-9]+", text) else text


def _length(value: object) -> str:
    match = _DURATION.fullmatch(_value(value))
    if match is None:
        return _value(value)
    years, months, weeks, days, hours = (int(part or 0) for part in match.groups())
    return f"{12 * years + months}m{7 * weeks + days}d{hours}h"
