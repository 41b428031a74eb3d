"""The RNCP and RS export of France compétences, XML layout V4.1: read record by record, never held whole."""

from collections.abc import Iterator
from datetime import date
from typing import Any, BinaryIO

from knowledge.records import Block, Certification
from knowledge.sources.fiches import (
    ACCESS,
    LONGEST_TEXT,
    Unreadable,
    checked_title,
    day,
    kind_of,
    level_of,
    short_type,
    source_of,
)
from knowledge.sources.plain import plain_text
from knowledge.sources.refusals import Refusal
from knowledge.sources.xml import elements


def read_certifications(stream: BinaryIO, name: str, checked_on: date) -> Iterator[Certification | Refusal]:
    """Each record of the file, or its refusal. A file broken in the middle gives the records before, then one refusal.

    A file without any record gives one refusal. `checked_on` is the day the file was published.
    """
    for position, element in elements(stream, name, "FICHE"):
        if isinstance(element, Refusal):
            yield element
            continue
        try:
            yield _certification(element, checked_on)
        except Unreadable as error:
            record = _text(element, "NUMERO_FICHE") or str(position)
            yield Refusal(name, record, error.reason, error.value[:100])


def _certification(element: Any, checked_on: date) -> Certification:
    code = _text(element, "NUMERO_FICHE")
    kind = kind_of(code)
    title = checked_title(element.findtext("INTITULE") or "")
    active = _active(element)
    return Certification(
        code=code,
        title=title,
        kind=kind,
        type=_type(element),
        level=_level(element),
        active=active,
        source=source_of(code, kind, checked_on),
        rome=_all(element, "CODES_ROME/ROME/CODE"),
        replaced_by=_all(element, "NOUVELLES_CERTIFICATIONS/NOUVELLE_CERTIFICATION/ID_FICHE_NOUVELLE_CERTIFICATION"),
        certifiers=_all(element, "CERTIFICATEURS/CERTIFICATEUR/NOM_CERTIFICATEUR"),
        nsf=_labels(element, "CODES_NSF/NSF"),
        formacodes=_labels(element, "FORMACODES/FORMACODE"),
        access=frozenset(route for key, route in ACCESS.items() if _text(element, f"SI_JURY_{key}/ACTIF") == "Oui"),
        blocks=_blocks(element, long_texts=active),
        objectives=plain_text(element.findtext("OBJECTIFS_CONTEXTE")),
        starts_on=_date(element, "DATE_EFFET"),
        ends_on=_date(element, "DATE_FIN_ENREGISTREMENT"),
        activities=plain_text(element.findtext("ACTIVITES_VISEES")) if active else "",
        abilities=plain_text(element.findtext("CAPACITES_ATTESTEES")) if active else "",
        sectors=plain_text(element.findtext("SECTEURS_ACTIVITE")) if active else "",
        occupations=plain_text(element.findtext("TYPE_EMPLOI_ACCESSIBLES")) if active else "",
        partners=_all(element, "PARTENAIRES/PARTENAIRE/NOM_PARTENAIRE") if active else (),
        agreements=_all(element, "CODES_IDCC/IDCC/CODE") or _all(element, "CCN_1/NUMERO"),
    )


def _type(element: Any) -> str:
    return short_type(_text(element, "ABREGE/LIBELLE"))


def _level(element: Any) -> int | None:
    return level_of(_text(element, "NOMENCLATURE_EUROPE/NIVEAU"))


def _active(element: Any) -> bool:
    text = _text(element, "ACTIF")
    if text not in {"Oui", "Non"}:
        raise Unreadable("active", text)
    return text == "Oui"


def _date(element: Any, path: str) -> date | None:
    return day(_text(element, path))


def _blocks(element: Any, *, long_texts: bool) -> tuple[Block, ...]:
    found = (
        Block(
            _text(block, "CODE")[:40],
            _text(block, "LIBELLE"),
            plain_text(block.findtext("LISTE_COMPETENCES")) if long_texts else "",
            plain_text(block.findtext("MODALITES_EVALUATION")) if long_texts else "",
        )
        for block in element.iterfind("BLOCS_COMPETENCES/*")
    )
    return tuple(block for block in found if block.label)


def _labels(element: Any, path: str) -> tuple[str, ...]:
    found = (_text(item, "LIBELLE") or _text(item, "CODE") for item in element.iterfind(path))
    return tuple(dict.fromkeys(text for text in found if text))


def _all(element: Any, path: str) -> tuple[str, ...]:
    found = (_text(item, ".") for item in element.iterfind(path))
    return tuple(dict.fromkeys(text for text in found if text))


def _text(element: Any, path: str) -> str:
    return " ".join((element.findtext(path) or "")[:LONGEST_TEXT].split())
