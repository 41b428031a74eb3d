"""A training that is asked for and that no published offer covers: which condition fails."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from knowledge.catalogue import Catalogue
from knowledge.offers import distance_to, next_session
from knowledge.records import Offer

Unmet = Literal["not_found", "not_near", "other_rhythm", "not_in_time"]
# A start wished for is kept when a session begins at most so long after it.
_PATIENCE = timedelta(days=92)


@dataclass(frozen=True, slots=True)
class Wish:
    """What the person can do: from `near` (INSEE code) within `km`, in one of these rhythms, from `start` on. Empty
    and None are no condition."""

    near: str | None = None
    km: int = 50
    rhythms: frozenset[str] = frozenset()
    start: date | None = None


def unmet(catalogue: Catalogue, codes: Sequence[str], wish: Wish, on: date) -> Unmet | None:
    """The first condition that no real offer for these certifications meets; None when one meets all, and when no
    real offer was ever loaded: what is not known is not missing."""
    if all(offer.example for offer in catalogue.offers.values()):
        return None
    offers = list(_offers_for(catalogue, codes))
    if not offers:
        return "not_found"
    offers = [offer for offer in offers if _is_near(catalogue, offer, wish)]
    if not offers:
        return "not_near"
    offers = [offer for offer in offers if not wish.rhythms or wish.rhythms & offer.modality]
    if not offers:
        return "other_rhythm"
    return None if any(_is_in_time(offer, wish, on) for offer in offers) else "not_in_time"


def _offers_for(catalogue: Catalogue, codes: Sequence[str]) -> Iterator[Offer]:
    wanted = {each for code in codes for each in (code, *catalogue.successors(code))}
    return (offer for offer in catalogue.offers.values() if offer.certification in wanted and not offer.example)


def _is_near(catalogue: Catalogue, offer: Offer, wish: Wish) -> bool:
    if wish.near is None or "remote" in offer.modality:
        return True
    distance = distance_to(offer, wish.near, catalogue)
    return distance is not None and distance <= wish.km


def _is_in_time(offer: Offer, wish: Wish, on: date) -> bool:
    """An offer without dates may begin at any time."""
    if not offer.sessions:
        return True
    session = next_session(offer, on)
    return session is not None and (wish.start is None or session.starts_on <= wish.start + _PATIENCE)
