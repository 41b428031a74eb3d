"""Scoring the plans on labelled situations: the format and the figures of the labelled set."""

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from knowledge.errors import InvalidInput
from knowledge.funding.funding import Funding
from knowledge.funding.reply import as_json
from knowledge.funding.situation import Training

_CENT = 0.005


class CaseInvalid(InvalidInput):
    """A line of the file is not a case: `file`, `line`, `expected`."""

    code = "funding_case_invalid"


@dataclass(frozen=True, slots=True)
class Case:
    """A situation and what is expected of it."""

    id: str
    story: str
    on: date
    profile: dict[str, Any]
    training: dict[str, Any]
    expect: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Difference:
    """What differs, and the reasons that the program gave."""

    what: str
    expected: str
    got: str
    reasons: tuple[str, ...] = ()


@dataclass(slots=True)
class Score:
    """Counts over a set; `differences` by case, `schemes`: verdicts right and asked."""

    cases: int = 0
    good: int = 0
    checks: int = 0
    right: int = 0
    differences: list[tuple[Case, list[Difference]]] = field(default_factory=list)
    schemes: defaultdict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))


def read_cases(file: Path) -> list[Case]:
    """Of a file of JSON lines. Raises CaseInvalid, OSError."""
    return list(_cases(file))


def score(cases: list[Case], funding: Funding) -> Score:
    """Run all."""
    result = Score()
    for case in cases:
        got = as_json(funding.plan(case.profile, training_of(case.training), case.on))
        outcomes = list(_checked(case, got, result))
        bad = [one for one in outcomes if one]
        result.cases += 1
        result.good += not bad
        result.checks += len(outcomes)
        result.right += len(outcomes) - len(bad)
        if bad:
            result.differences.append((case, bad))
    return result


def training_of(fields: dict[str, Any]) -> Training:
    """A training as the labelled set writes it."""
    values = dict(fields)
    if values.get("cost") is not None:
        values["cost"] = Decimal(str(values["cost"]))
    if values.get("start_date") is not None:
        values["start_date"] = date.fromisoformat(values["start_date"])
    return Training(**values)


def _cases(file: Path) -> Iterator[Case]:
    for number, line in enumerate(file.read_text("utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            day = date.fromisoformat(row["on"])
            yield Case(row["id"], row.get("story", ""), day, row["profile"], row["training"], row["expect"])
        except (ValueError, KeyError, TypeError) as error:
            raise CaseInvalid(file=file.name, line=number, expected="id, on, profile, training, expect") from error


def _checked(case: Case, got: dict[str, Any], result: Score) -> Iterator[Difference | None]:
    """Each check: None when it is right."""
    lines = {line["scheme"]: line for line in (*got["lines"], *got["income"], *got["employer_aids"])}
    expect = case.expect
    for scheme, verdict in expect.get("verdicts", {}).items():
        line = lines.get(scheme, {})
        wanted = verdict if isinstance(verdict, list) else [verdict]
        ok = line.get("verdict") in wanted
        result.schemes[scheme][0] += ok
        result.schemes[scheme][1] += 1
        reasons = tuple(line.get("reasons", ()))
        yield None if ok else Difference(scheme, "/".join(wanted), str(line.get("verdict")), reasons)
    for scheme, amount in expect.get("amounts", {}).items():
        found = lines.get(scheme, {}).get("amount")
        yield None if _near(found, amount) else Difference(f"{scheme}.amount", str(amount), str(found))
    for name in ("remaining", "fee"):
        if name in expect:
            yield None if _near(got[name], expect[name]) else Difference(name, str(expect[name]), str(got[name]))
    for name in expect.get("questions_include", ()):
        yield None if name in got["questions"] else Difference("questions", name, ", ".join(got["questions"]))
    for act in expect.get("calendar_includes", ()):
        dates = [entry["date"] for entry in got["calendar"] if entry["scheme"] == act["scheme"]]
        yield None if act["date"] in dates else Difference(f"{act['scheme']}.date", act["date"], ", ".join(dates))
    for scheme, words in expect.get("reasons_mention", {}).items():
        said = " ".join(lines.get(scheme, {}).get("reasons", ())).lower().replace("\u202f", " ").replace("\xa0", " ")
        for word in words:
            yield None if word in said else Difference(f"{scheme}.reasons", word, said)


def _near(found: float | None, expected: float) -> bool:
    return found is not None and abs(found - expected) < _CENT
