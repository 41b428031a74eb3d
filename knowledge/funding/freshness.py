"""Which records should be read again at their source."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from knowledge.funding.loading import Records
from knowledge.funding.texts import TEXTS, french_day

OLD_DAYS = 90
_ENDS_WITHIN = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class ToCheck:
    """Something to check again, said in French."""

    what: Literal["old", "confirm", "ends"]
    name: str
    said: str


def to_check(records: Records, on: date) -> Iterator[ToCheck]:
    """Sources older than `OLD_DAYS`, records to confirm, values that end soon or have ended without a successor."""
    for scheme in records.schemes.values():
        for name in scheme.sources:
            source = records.sources[name]
            days = (on - source.checked_on).days
            if days > OLD_DAYS:
                said = TEXTS.get("check.old", name=scheme.name, days=days, source=source.title)
                yield ToCheck("old", scheme.id, said)
        if scheme.to_confirm:
            yield ToCheck("confirm", scheme.id, TEXTS.get("check.confirm", name=scheme.name, what=scheme.to_confirm))
    for name, record in records.values.items():
        last = record.values[-1]
        if last.until and last.until - on <= _ENDS_WITHIN:
            yield ToCheck("ends", name, TEXTS.get("check.ends", name=record.label, day=french_day(last.until)))
