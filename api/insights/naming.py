"""What codes of facts are called."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import cache

from api.insights.calendar import month_label, week_label
from api.insights.texts import TEXTS
from api.services import Services
from bot.profile import job_label, label, place_label
from connectors.pages.desk import shared_texts
from knowledge.texts import Texts

Name = Callable[[Services, str], str]


def name(services: Services, table: str, code: str) -> str:
    """The French name of a code in a table; the code itself when it is no longer known."""
    return _NAMES[table](services, code)


def hub_label(services: Services, hub: str | None) -> str:
    """The town of a hub, or that they are all meant."""
    return TEXTS.get("all_hubs") if hub is None else _hub(services, hub)


def _listed(group: str) -> Name:
    return lambda _services, code: TEXTS.get(f"{group}.{code}") if f"{group}.{code}" in TEXTS else code


@cache
def _desk() -> Texts:
    return Texts(shared_texts()["live"])


def _of_desk(group: str) -> Name:
    """Names that the desk gives; those of the figures alone come first."""
    own = _listed(group)

    def named(services: Services, code: str) -> str:
        found = own(services, code)
        return _desk().get(f"{group}.{code}") if found == code and f"{group}.{code}" in _desk() else found

    return named


def _hub(services: Services, code: str) -> str:
    hub = services.catalogue.hubs.get(code)
    return hub.town if hub else code or TEXTS.get("no_hub")


def _department(_services: Services, code: str) -> str:
    if not code:
        return TEXTS.get("unsaid")
    key = f"departments.{code}"
    return TEXTS.get(key) if key in TEXTS else TEXTS.get("department", code=code)


def _status(services: Services, code: str) -> str:
    return label("status", code, services.catalogue) if code else TEXTS.get("unsaid")


def _town(services: Services, code: str) -> str:
    return place_label(code, services.catalogue) if code else TEXTS.get("unsaid")


def _certification(services: Services, code: str) -> str:
    record = services.catalogue.certifications.get(code)
    return f"{record.title} ({', '.join(filter(None, (record.type, code)))})" if record else code


def _offer(services: Services, code: str) -> str:
    offer = services.catalogue.offers.get(code)
    return f"{offer.title}, {offer.provider}" if offer else code


def _scheme(services: Services, code: str) -> str:
    record = services.funding.records.schemes.get(code)
    return record.name if record else _listed("funding")(services, code)


def _need(services: Services, code: str) -> str:
    asked, _, reason = code.partition("|")
    wanted = job_label(asked, services.catalogue)
    wanted = _certification(services, asked) if wanted == asked else wanted
    return TEXTS.get("need", wanted=wanted, reason=TEXTS.get(f"needs.{reason}"))


_NAMES: Mapping[str, Name] = {
    "hub": _hub,
    "week": lambda _services, code: week_label(date.fromisoformat(code)),
    "month": lambda _services, code: month_label(date.fromisoformat(code)),
    "channel": _listed("channels"),
    "hour": lambda _services, code: TEXTS.get("hour", hour=code),
    "public": _status,
    "town": _town,
    "department": _department,
    "need_department": _department,
    "job": lambda services, code: job_label(code, services.catalogue),
    "field": _listed("fields"),
    "need": _need,
    "certification_asked": _certification,
    "certification_shown": _certification,
    "certification_followed": _certification,
    "offer_shown": _offer,
    "offer_followed": _offer,
    "funding": _scheme,
    "handover_reason": _of_desk("reasons"),
    "outcome": _of_desk("outcomes"),
    "satisfaction": _listed("satisfaction"),
}
