"""A situation kept as a test case: what the rules read of it, nothing that says who it is."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any, get_args

from knowledge.catalogue import Catalogue
from knowledge.errors import InvalidInput
from knowledge.funding.evaluation import Case
from knowledge.funding.judge import Verdict
from knowledge.funding.loading import Records
from knowledge.funding.situation import OF_PERSON

VERDICTS: tuple[str, ...] = get_args(Verdict)


class ExpectationInvalid(InvalidInput):
    """What is expected names no scheme or no verdict: `what`, `known`."""

    code = "funding_expectation_invalid"


def kept_profile(profile: Mapping[str, Any], catalogue: Catalogue) -> dict[str, Any]:
    """The facts that the rules read, the sensitive ones left out. The commune becomes the largest of its department:
    the rules look no closer."""
    kept = {name: profile[name] for name in OF_PERSON if profile.get(name) is not None}
    if (commune := catalogue.communes.get(str(kept.get("location")))) is not None:
        alike = (other for other in catalogue.communes.values() if other.department == commune.department)
        kept["location"] = max(alike, key=lambda other: (other.population, other.insee)).insee
    return kept


def check_expected(verdicts: Mapping[str, str], amounts: Mapping[str, float], records: Records) -> dict[str, Any]:
    """`expect` of a case, in the form of the labelled set. Raises ExpectationInvalid."""
    for name in (*verdicts, *amounts):
        if name not in records.schemes:
            raise ExpectationInvalid(what=name, known=", ".join(records.schemes))
    for verdict in verdicts.values():
        if verdict not in VERDICTS:
            raise ExpectationInvalid(what=verdict, known=", ".join(VERDICTS))
    if not verdicts and not amounts:
        raise ExpectationInvalid(what="∅", known="ptp=eligible, cpf=900…")
    expected: dict[str, Any] = {"verdicts": dict(verdicts)}
    return expected | ({"amounts": dict(amounts)} if amounts else {})


def as_line(case: Case) -> str:
    """One JSON line, as `read_cases` reads it."""
    training = {name: _plain(value) for name, value in case.training.items() if value is not None}
    row = {"id": case.id, "story": case.story, "on": case.on.isoformat(), "profile": case.profile}
    return json.dumps(row | {"training": training, "expect": case.expect}, ensure_ascii=False)


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, bool | int | str) else float(value)
