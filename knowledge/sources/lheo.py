"""Catalogues of training offers in LHEO 2.2 and 2.3: one offer for each action of a formation.

Codes and their meaning: the LHEO 2.3 definition (lheo.gouv.fr).
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, BinaryIO

from knowledge.records import Offer, OfferPlace, Session, Source
from knowledge.sources.plain import plain_text
from knowledge.sources.refusals import Refusal
from knowledge.sources.xml import elements

# dict-niveaux: the older scale, then that of the French framework (11..18 for levels 1..8).
_LEVELS: Mapping[str, int] = {
    **{"4": 3, "5": 4, "6": 5, "7": 6, "8": 7},
    **{str(10 + level): level for level in range(3, 9)},
}
_TEACHING = {"0": "onsite", "1": "blended", "2": "remote"}
_OPEN, _CLOSED = "1", "2"
# What the free text of the rhythm says; words without accents.
_RHYTHMS: Mapping[str, str] = {
    r"temps plein": "full_time",
    r"temps partiel": "part_time",
    r"\bsoir": "evening",
    r"week-?end|samedi": "weekend",
}
_CERTIFICATION = re.compile(r"(?:RNCP|RS)?0*([1-9]\d{0,5})")
_WEB = re.compile(r"(https?://)?([\w.-]+\.[a-z]{2,}(?::\d+)?(?:[/?#]\S*)?)", re.IGNORECASE)
_LONGEST_TITLE, _LONGEST_TEXT, _MOST_HOURS = 500, 5_000, 20_000
_LARGEST_PRICE = Decimal(1_000_000)


class _Unreadable(Exception):
    def __init__(self, reason: str, value: str = "") -> None:
        self.reason, self.value = reason, value


def read_offers(stream: BinaryIO, name: str, checked_on: date) -> Iterator[Offer | Refusal]:
    """Each offer of the catalogue, or the refusal of a record. A file broken in the middle gives the offers before.

    `checked_on` is the day the catalogue was published. What LHEO marks as not communicated («-», 00000000) is absent.
    """
    for position, formation in elements(stream, name, "formation"):
        if isinstance(formation, Refusal):
            yield formation
            continue
        number = formation.get("numero") or str(position)
        actions = formation.findall("{*}action")
        if not actions:
            yield Refusal(name, number, "no_action")
        for place, action in enumerate(actions, 1):
            record = f"{number}/{action.get('numero') or place}"
            try:
                yield _offer(formation, action, record, checked_on)
            except _Unreadable as error:
                yield Refusal(name, record, error.reason, error.value[:100])


def _offer(formation: Any, action: Any, record: str, checked_on: date) -> Offer:
    title = _text(formation, "intitule-formation")[:_LONGEST_TITLE]
    if not title:
        raise _Unreadable("offer_title")
    provider = _first(formation, "organisme-formation-responsable/nom-organisme", ".//raison-sociale")
    url = _url(action, "url-action") or _url(formation, "url-formation")
    return Offer(
        id=re.sub(r"[^\w.-]+", "_", record)[:120],
        title=title,
        provider=provider,
        source=Source(provider or title, url or "", checked_on),
        certification=_certification(formation),
        rome=tuple(dict.fromkeys(_texts(formation, "domaine-formation/code-ROME"))),
        objectives=_long(formation, "objectif-formation"),
        content=_long(formation, "contenu-formation"),
        prerequisites=_long(action, "conditions-specifiques"),
        level_in=_LEVELS.get(_text(formation, "code-niveau-entree")),
        level_out=_LEVELS.get(_text(formation, "code-niveau-sortie")),
        modality=frozenset(_modality(action)),
        hours=_hours(action),
        price=_price(action),
        cpf_eligible=_cpf(formation, action),
        url=url,
        place=_place(action),
        sessions=tuple(_sessions(action)),
        example=any(extra.get("info") == "exemple" for extra in formation.iterfind("{*}extras")),
    )


def _certification(formation: Any) -> str | None:
    for kind in ("RNCP", "RS"):
        if match := _CERTIFICATION.fullmatch(_text(formation, f"certification/code-{kind}").replace(" ", "")):
            return f"{kind}{match.group(1)}"
    return None


def _modality(action: Any) -> Iterator[str]:
    if teaching := _TEACHING.get(_text(action, "modalites-enseignement")):
        yield teaching
    rhythm = _text(action, "rythme-formation").casefold()
    for pattern, value in _RHYTHMS.items():
        if re.search(pattern, rhythm):
            yield value
    if re.search(r"apprenti", f"{_text(action, 'modalites-alternance')} {rhythm}".casefold()):
        yield "apprenticeship"


def _hours(action: Any) -> int | None:
    """The total, else the sum of its two parts where both are given."""
    total = _number(_text(action, "nombre-heures-total"))
    if total:
        return total
    centre, company = (_number(_text(action, f"nombre-heures-{where}")) for where in ("centre", "entreprise"))
    return centre + company if centre is not None and company is not None and centre + company else centre or None


def _number(text: str) -> int | None:
    return int(text) if re.fullmatch(r"\d{1,5}", text) and int(text) <= _MOST_HOURS else None


def _price(action: Any) -> Decimal | None:
    """The whole price as it is given; an hourly price alone says nothing of the whole."""
    text = _text(action, "prix-total-TTC").replace(",", ".").replace("\u202f", "").replace(" ", "").removesuffix("€")
    if not text or text == "-":
        return None
    try:
        price = Decimal(text)
    except InvalidOperation:
        raise _Unreadable("price", text) from None
    if not price.is_finite() or not 0 <= price <= _LARGEST_PRICE:
        raise _Unreadable("price", text)
    return price.quantize(Decimal("0.01"))


def _cpf(formation: Any, action: Any) -> bool | None:
    """True where the catalogue says so; silence is no answer."""
    said = _text(formation, "certification/code-CPF") or any(
        extra.get("info") == "eligibilite-cpf"
        for element in (formation, action)
        for extra in element.iterfind(".//{*}extras")
    )
    return True if said else None


def _place(action: Any) -> OfferPlace | None:
    address = _find(action, "lieu-de-formation//adresse")
    if address is None or not _text(address, "ville"):
        return None
    latitude, longitude = (_degrees(_text(address, f"geolocalisation/{name}")) for name in ("latitude", "longitude"))
    known = latitude is not None and longitude is not None
    return OfferPlace(
        name=_first(action, "lieu-de-formation//coordonnees/nom", "lieu-de-formation//denomination"),
        town=_text(address, "ville")[:100],
        postcode=_text(address, "codepostal")[:5],
        insee=_text(address, "code-INSEE-commune")[:5] or None,
        latitude=latitude if known else None,
        longitude=longitude if known else None,
    )


def _degrees(text: str) -> float | None:
    """Of a number with decimals: whole degrees are placeholders in the field, and a hundred kilometres off."""
    return float(text) if re.fullmatch(r"-?\d{1,3}\.\d{2,}", text) else None


def _sessions(action: Any) -> Iterator[Session]:
    numbers: set[str] = set()
    for position, element in enumerate(action.iterfind("{*}session"), 1):
        starts_on = _day(_text(element, "periode/debut"))
        if starts_on is None:
            continue
        number = (element.get("numero") or str(position))[:50]
        number = number if number not in numbers else f"{number}-{position}"
        numbers.add(number)
        ends_on = _day(_text(element, "periode/fin"))
        state = _text(element, "etat-recrutement")
        yield Session(
            number=number,
            starts_on=starts_on,
            ends_on=ends_on if ends_on and ends_on >= starts_on else None,
            full={_OPEN: False, _CLOSED: True}.get(state),
            sign_up_by=_day(_text(element, "periode-inscription/periode/fin")),
        )


def _day(text: str) -> date | None:
    """Of 20260901; None for what LHEO does not communicate (00000000, 99999999). Raises _Unreadable."""
    if text in {"", "-"} or set(text) <= {"0"} or set(text) <= {"9"}:
        return None
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:8]))
    except ValueError:
        raise _Unreadable("offer_date", text) from None


def _url(element: Any, path: str) -> str | None:
    """A web address; catalogues often leave the scheme out."""
    match = _WEB.fullmatch(_text(element, f"{path}/urlweb"))
    return f"{match.group(1) or 'https://'}{match.group(2)}" if match else None


def _first(element: Any, *paths: str) -> str:
    return next(filter(None, (_text(element, path) for path in paths)), "")


def _long(element: Any, path: str) -> str:
    found = _find(element, path)
    text = plain_text(found.text if found is not None else "", _LONGEST_TEXT)
    return "" if text == "-" else text


def _texts(element: Any, path: str) -> list[str]:
    return [" ".join((found.text or "").split()) for found in element.iterfind(_anywhere(path))]


def _text(element: Any, path: str) -> str:
    text = next(iter(_texts(element, path)), "")
    return "" if text == "-" else text


def _find(element: Any, path: str) -> Any:
    return element.find(_anywhere(path))


def _anywhere(path: str) -> str:
    """The path, whatever the namespace of the version."""
    return re.sub(r"(^|/)([A-Za-z])", r"\1{*}\2", path)
