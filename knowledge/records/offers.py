"""Training offers and their dates."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from knowledge.records.sources import Source


@dataclass(frozen=True, slots=True)
class Session:
    """A dated run of an offer. `full` is None where the source does not say; `sign_up_by` the last day to enrol."""

    number: str
    starts_on: date
    ends_on: date | None = None
    full: bool | None = None
    sign_up_by: date | None = None


@dataclass(frozen=True, slots=True)
class OfferPlace:
    """Where an offer is given. Coordinates in degrees (WGS 84), None where unknown."""

    name: str
    town: str
    postcode: str
    insee: str | None = None
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """One action of a training (LHEO): a way, a place and dates at which it can be followed.

    `modality` holds values of the profile's field of that name. `hours` is the whole length; `price` in euros, all
    taxes in. `cpf_eligible` is None where the source does not say. `example` marks a record that shows the form only:
    its price and dates are absent and it is never proposed as a real one.
    """

    id: str
    title: str
    provider: str
    source: Source
    certification: str | None = None
    rome: tuple[str, ...] = ()
    objectives: str = ""
    content: str = ""
    prerequisites: str = ""
    level_in: int | None = None
    level_out: int | None = None
    modality: frozenset[str] = frozenset()
    hours: int | None = None
    price: Decimal | None = None
    cpf_eligible: bool | None = None
    url: str | None = None
    place: OfferPlace | None = None
    sessions: tuple[Session, ...] = ()
    example: bool = False
