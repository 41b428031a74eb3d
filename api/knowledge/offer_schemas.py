"""Training offers as the contract shows them."""

from datetime import date
from typing import Self

from pydantic import BaseModel

from api.knowledge.schemas import SourceItem, UnderstoodItem
from knowledge.offers import TEXTS, OfferAnswer, OfferHit
from knowledge.records import Session


class SessionItem(BaseModel):
    """A dated run. `full` is null where the catalogue does not say."""

    starts_on: date
    ends_on: date | None
    sign_up_by: date | None
    full: bool | None

    @classmethod
    def of(cls, session: Session) -> Self:
        """A session as JSON."""
        return cls(
            starts_on=session.starts_on,
            ends_on=session.ends_on,
            sign_up_by=session.sign_up_by,
            full=session.full,
        )


class PlaceItem(BaseModel):
    """Where an offer is given."""

    name: str
    town: str
    postcode: str
    insee: str | None


class OfferItem(BaseModel):
    """One offer. `price` in euros, null where it is not known; `note` says that it is an example where it is one."""

    id: str
    title: str
    provider: str
    certification: str | None
    rome: list[str]
    modality: list[str]
    hours: int | None
    price: float | None
    cpf_eligible: bool | None
    place: PlaceItem | None
    distance_km: float | None
    next_session: SessionItem | None
    sessions: list[SessionItem]
    url: str | None
    example: bool
    note: str | None
    why: list[str]
    source: SourceItem

    @classmethod
    def of(cls, hit: OfferHit) -> Self:
        """A hit as JSON."""
        offer = hit.offer
        place = offer.place
        return cls(
            id=offer.id,
            title=offer.title,
            provider=offer.provider,
            certification=offer.certification,
            rome=list(offer.rome),
            modality=sorted(offer.modality),
            hours=offer.hours,
            price=float(offer.price) if offer.price is not None else None,
            cpf_eligible=offer.cpf_eligible,
            place=PlaceItem(name=place.name, town=place.town, postcode=place.postcode, insee=place.insee)
            if place
            else None,
            distance_km=round(hit.distance, 1) if hit.distance is not None else None,
            next_session=SessionItem.of(hit.next_session) if hit.next_session else None,
            sessions=[SessionItem.of(session) for session in offer.sessions],
            url=offer.url,
            example=offer.example,
            note=TEXTS.get("example") if offer.example else None,
            why=list(hit.why),
            source=SourceItem(title=offer.source.title, url=offer.source.url, checked_on=offer.source.checked_on),
        )


class OfferReply(BaseModel):
    """The reply of `GET /api/offers`. `results` are dated and can be joined, soonest first."""

    query: str
    understood: UnderstoodItem
    relaxed: list[str]
    results: list[OfferItem]
    without_date: list[OfferItem]
    full_or_past: list[OfferItem]

    @classmethod
    def of(cls, query: str, answer: OfferAnswer) -> Self:
        """An answer as JSON."""
        said = answer.understood
        return cls(
            query=query,
            understood=UnderstoodItem(job=said.job, certification=said.certification, level=said.level),
            relaxed=list(answer.relaxed),
            results=[OfferItem.of(hit) for hit in answer.dated],
            without_date=[OfferItem.of(hit) for hit in answer.undated],
            full_or_past=[OfferItem.of(hit) for hit in answer.missed],
        )
