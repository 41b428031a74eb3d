"""The RNCP and RS export of France compétences, XML layout V4.1: read record by record, never held whole."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO

import yaml
from lxml import etree

from knowledge.records import AccessRoute, Block, Certification, CertificationKind, Source
from knowledge.sources.refusals import Refusal

# Longer texts are cut: no official field comes near, and one record must not fill the memory.
_LONGEST_TEXT = 20_000
_LONGEST_TITLE = 1_000
_CODE = re.compile(r"(RNCP|RS)[0-9]{1,6}")
_ACCESS: dict[str, AccessRoute] = {
    "FI": "initial",
    "CA": "apprenticeship",
    "FC": "continuing",
    "CQ": "professionnalisation",
    "CL": "individual",
    "VAE": "vae",
}


@dataclass(frozen=True, slots=True)
class _Unreadable(Exception):
    """A field of the record does not hold what it should."""

    reason: str
    value: str


def read_certifications(stream: BinaryIO, name: str, checked_on: date) -> Iterator[Certification | Refusal]:
    """Each record of the file, or its refusal. A file broken in the middle gives the records before, then one refusal.

    A file without any record gives one refusal. `checked_on` is the day the file was published. Entities are not
    resolved and nothing is fetched; a text of more than 10 MB breaks the file off.
    """
    position = 0
    try:
        for _, element in etree.iterparse(
            stream, events=("end",), tag="FICHE", resolve_entities=False, no_network=True
        ):
            position += 1
            yield _record(element, name, position, checked_on)
            _release(element)
    except etree.XMLSyntaxError as error:
        yield Refusal(name, str(position + 1), "broken_xml", str(error.lineno))
        return
    if position == 0:
        yield Refusal(name, "1", "no_record")


def _record(element: Any, name: str, position: int, checked_on: date) -> Certification | Refusal:
    try:
        return _certification(element, checked_on)
    except _Unreadable as error:
        return Refusal(name, _text(element, "NUMERO_FICHE") or str(position), error.reason, error.value[:100])


def _certification(element: Any, checked_on: date) -> Certification:
    code = _text(element, "NUMERO_FICHE")
    title = " ".join((element.findtext("INTITULE") or "").split())
    if not _CODE.fullmatch(code):
        raise _Unreadable("code", code)
    if not title:
        raise _Unreadable("title", "")
    if len(title) > _LONGEST_TITLE:
        raise _Unreadable("title_too_long", str(len(title)))
    kind: CertificationKind = "rncp" if code.startswith("RNCP") else "rs"
    return Certification(
        code=code,
        title=title,
        kind=kind,
        type=_type(element),
        level=_level(element),
        active=_active(element),
        source=_source(code, kind, checked_on),
        rome=_all(element, "CODES_ROME/ROME/CODE"),
        replaced_by=_all(element, "NOUVELLES_CERTIFICATIONS/NOUVELLE_CERTIFICATION/ID_FICHE_NOUVELLE_CERTIFICATION"),
        certifiers=_all(element, "CERTIFICATEURS/CERTIFICATEUR/NOM_CERTIFICATEUR"),
        nsf=_labels(element, "CODES_NSF/NSF"),
        formacodes=_labels(element, "FORMACODES/FORMACODE"),
        access=frozenset(route for key, route in _ACCESS.items() if _text(element, f"SI_JURY_{key}/ACTIF") == "Oui"),
        blocks=_blocks(element),
        objectives=_text(element, "OBJECTIFS_CONTEXTE"),
        ends_on=_date(element, "DATE_FIN_ENREGISTREMENT"),
    )


def _type(element: Any) -> str:
    label = _text(element, "ABREGE/LIBELLE").replace("’", "'")
    return _short_types().get(label, label)[:80]


def _level(element: Any) -> int | None:
    text = _text(element, "NOMENCLATURE_EUROPE/NIVEAU")
    if not text:
        return None
    match = re.fullmatch(r"NIV([1-8])", text)
    if match is None:
        raise _Unreadable("level", text)
    return int(match.group(1))


def _active(element: Any) -> bool:
    text = _text(element, "ACTIF")
    if text not in {"Oui", "Non"}:
        raise _Unreadable("active", text)
    return text == "Oui"


def _date(element: Any, path: str) -> date | None:
    text = _text(element, path)
    if not text:
        return None
    try:
        return datetime.strptime(text, "%d/%m/%Y").date()  # noqa: DTZ007 - a day has no time zone
    except ValueError:
        raise _Unreadable("date", text) from None


def _blocks(element: Any) -> tuple[Block, ...]:
    found = element.iterfind("BLOCS_COMPETENCES/BLOC_COMPETENCES")
    blocks = (Block(_text(block, "CODE")[:40], _text(block, "LIBELLE")) for block in found)
    return tuple(block for block in blocks if block.label)


def _source(code: str, kind: CertificationKind, checked_on: date) -> Source:
    number = code.removeprefix(kind.upper())
    return Source(
        f"France compétences, {code}", f"https://www.francecompetences.fr/recherche/{kind}/{number}/", checked_on
    )


def _labels(element: Any, path: str) -> tuple[str, ...]:
    found = (_text(item, "LIBELLE") or _text(item, "CODE") for item in element.iterfind(path))
    return tuple(dict.fromkeys(text for text in found if text))


def _all(element: Any, path: str) -> tuple[str, ...]:
    found = (_text(item, ".") for item in element.iterfind(path))
    return tuple(dict.fromkeys(text for text in found if text))


def _text(element: Any, path: str) -> str:
    return " ".join((element.findtext(path) or "")[:_LONGEST_TEXT].split())


def _release(element: Any) -> None:
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


@cache
def _short_types() -> dict[str, str]:
    with (Path(__file__).parent / "diploma_types.yml").open(encoding="utf-8") as stream:
        return {str(label): str(short) for label, short in yaml.safe_load(stream).items()}
