"""Writing catalogues of training offers."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from knowledge.importing.report import Progress, Report, digest
from knowledge.models import OfferRow, SessionRow
from knowledge.records import Offer
from knowledge.sources.refusals import Refusal

_BATCH = 500


def write_offers(
    session: Session, report: Report, records: Iterable[Offer | Refusal], progress: Progress | None
) -> str:
    """Write what changed, and the hash of the whole. An offer that the catalogue no longer holds goes; nothing goes
    when nothing could be read."""
    offers: dict[str, Offer] = {}
    for offer in report.taken(records, progress):
        if offer.id in offers:
            report.refuse_duplicate(offer.id)
        else:
            offers[offer.id] = offer
    report.kept = len(offers)
    hashes = {code: digest((_facts(offer), offer.sessions)) for code, offer in offers.items()}
    ours = OfferRow.catalogue == report.source
    known = dict(session.execute(select(OfferRow.id, OfferRow.facts_hash).where(ours)).all())
    gone = [code for code in known if code not in offers] if offers else []
    changed = [code for code in offers if known.get(code) != hashes[code]]
    _remove(session, [*gone, *changed])
    rows = [{**_facts(offers[code]), "catalogue": report.source, "facts_hash": hashes[code]} for code in changed]
    if rows:
        session.execute(insert(OfferRow), rows)
    sessions = [{"offer_id": code, **asdict(run)} for code in changed for run in offers[code].sessions]
    if sessions:
        session.execute(insert(SessionRow), sessions)
    report.changed = len(changed) + len(gone)
    return digest(list(hashes.items()))


def _remove(session: Session, codes: list[str]) -> None:
    for start in range(0, len(codes), _BATCH):
        some = codes[start : start + _BATCH]
        session.execute(delete(SessionRow).where(SessionRow.offer_id.in_(some)))
        session.execute(delete(OfferRow).where(OfferRow.id.in_(some)))


def _facts(offer: Offer) -> dict[str, Any]:
    return {
        "id": offer.id,
        "title": offer.title,
        "provider": offer.provider,
        "certification": offer.certification,
        "rome": list(offer.rome),
        "objectives": offer.objectives,
        "content": offer.content,
        "prerequisites": offer.prerequisites,
        "level_in": offer.level_in,
        "level_out": offer.level_out,
        "modality": sorted(offer.modality),
        "hours": offer.hours,
        "price": offer.price,
        "cpf_eligible": offer.cpf_eligible,
        "url": offer.url,
        "place": asdict(offer.place) if offer.place else None,
        "example": offer.example,
        "source_title": offer.source.title,
        "source_url": offer.source.url,
        "checked_on": offer.source.checked_on,
    }
