"""The page of a hub, drawn from the record that its team published: what is not filled in is said to be so."""

from collections.abc import Iterator
from datetime import date, datetime

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.database import ServicesDep, SessionDep, aware
from api.hubs import versions
from api.hubs.now import HubNow, hub_now
from api.public.caching import page
from api.public.routes import base_of, not_found
from bot.opening_hours import moment, week
from connectors.pages.public import french_day, render_public, texts, upper_first
from knowledge.clock import PARIS
from knowledge.hubs.availability import is_open, next_opening
from knowledge.hubs.record import HubRecord, national

router = APIRouter()


@router.get("/hub/{hub}")
async def read_hub(hub: str, request: Request, services: ServicesDep, session: SessionDep) -> Response:
    """A hub: where it is, when it is open, what it offers."""
    known = services.catalogue.hubs.get(hub)
    if known is None:
        return not_found(request)
    found, today = await hub_now(services, session, hub), services.clock.today()
    last = next(iter(await versions.history(session, hub)), None)
    content = render_public(
        "hub",
        hub=known,
        record=found.record,
        base=base_of(request, services),
        phone=national(found.record.phone),
        hours=[upper_first(line) for line in week(found.record)],
        closures=list(_closures(found.record, today)),
        events=list(_events(found.record, today)),
        state=_state(found, services.clock.now()),
        source=_source(aware(last.at).astimezone(PARIS).date() if last else None),
    )
    return page(request, content)


def _state(found: HubNow, now: datetime) -> str | None:
    said, opened = texts()["hub"], is_open(found.record, found.holidays, now)
    if opened is None:
        return None
    if opened:
        return str(said["open"])
    opens = next_opening(found.record, found.holidays, now)
    today = now.astimezone(PARIS).date()
    return str(said["closed"]).format(when=moment(opens, today)) if opens else str(said["closed_for_long"])


def _closures(record: HubRecord, today: date) -> Iterator[str]:
    said = texts()["hub"]
    for one in sorted(record.closures, key=lambda closure: closure.first):
        if one.last >= today:
            form = said["one_day"] if one.first == one.last else said["days"]
            days = upper_first(form.format(first=french_day(one.first), last=french_day(one.last)))
            yield f"{days} : {one.why}" if one.why else days


def _events(record: HubRecord, today: date) -> Iterator[str]:
    for one in sorted(record.events, key=lambda event: event.on):
        if one.on >= today:
            yield " – ".join(filter(None, (upper_first(french_day(one.on)), one.title, one.details)))


def _source(day: date | None) -> str:
    said = texts()["hub"]
    return str(said["published"]).format(day=french_day(day)) if day else str(said["nothing"])
