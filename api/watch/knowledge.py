"""What of the knowledge is to be looked at again. Pure."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from api.watch.schemas import WatchItem
from api.watch.texts import TEXTS
from knowledge.catalogue import Catalogue
from knowledge.funding.freshness import OLD_DAYS, to_check
from knowledge.funding.loading import Records
from knowledge.funding.texts import french_day
from knowledge.offers import next_session
from knowledge.records import Certification, Offer

ENDS_WITHIN = timedelta(days=183)


def certifications(catalogue: Catalogue, proposed: Iterable[str], on: date) -> Iterator[WatchItem]:
    """Those proposed that ended, were replaced or end within `ENDS_WITHIN`, the soonest first."""
    known = (catalogue.certifications[code] for code in set(proposed) if code in catalogue.certifications)
    ending = (one for one in known if not one.active or (one.ends_on and one.ends_on <= on + ENDS_WITHIN))
    for record in sorted(ending, key=lambda one: (one.ends_on or date.min, one.code)):
        day = french_day(record.ends_on) if record.ends_on else ""
        key = "ends" if record.active else "ended"
        text = TEXTS.get(f"certifications.{key}", title=record.title, code=record.code, day=day)
        yield WatchItem(text=text, detail=_successors(catalogue, record), url=f"/certifications/{record.code}")


def _successors(catalogue: Catalogue, record: Certification) -> str:
    codes = catalogue.successors(record.code) or [c for c in record.replaced_by if c in catalogue.certifications]
    titles = [f"{catalogue.certifications[code].title} ({code})" for code in codes]
    if not titles:
        return TEXTS.get("certifications.not_replaced")
    return TEXTS.get("certifications.replaced", titles=", ".join(titles))


def funding(records: Records, on: date) -> Iterator[WatchItem]:
    """Schemes whose source was read long ago or is to confirm, and values that end."""
    for one in to_check(records, on):
        url = f"/financements/{one.name}" if one.name in records.schemes else None
        yield WatchItem(text=one.said, url=url)


def offers(catalogue: Catalogue, on: date) -> Iterator[WatchItem]:
    """Real offers with dates of which none can be joined any more, or read long ago at their source."""
    for offer in catalogue.offers.values():
        if offer.example:
            continue
        if offer.sessions and next_session(offer, on) is None:
            yield _offer("past", offer)
        elif (on - offer.source.checked_on).days > OLD_DAYS:
            yield _offer("old", offer)


def _offer(key: str, offer: Offer) -> WatchItem:
    day = french_day(offer.source.checked_on)
    text = TEXTS.get(f"offers.{key}", title=offer.title, provider=offer.provider, day=day)
    return WatchItem(text=text, url=f"/formations/{offer.id}")
