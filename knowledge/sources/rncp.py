"""The RNCP and RS export of France compétences, XML layout V4.1: read record by record, never held whole."""

import re
from collections.abc import Iterator
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO

import yaml

from knowledge.records import AccessRoute, Block, Certification, CertificationKind, Source
from knowledge.sources.fiche import Fiche, LongTexts
from knowledge.sources.reading import plain
from knowledge.sources.refusals import Refusal
from knowledge.sources.xml import BrokenXml, elements
from knowledge.texts import Texts

# Longer texts are cut: one record must not fill the memory. A title is never cut.
_LONGEST_TEXT = 20_000
_LONGEST_LABEL = 1_000
_LONGEST_TITLE = 1_000
_CODE = re.compile(r"(RNCP|RS)\d{1,6}")
_BLOCK = "BLOCS_COMPETENCES/BLOC_COMPETENCES"
_ACCESS: dict[str, AccessRoute] = {
    "FI": "initial",
    "CA": "apprenticeship",
    "FC": "continuing",
    "CQ": "professionnalisation",
    "CL": "individual",
    "VAE": "vae",
}


class _Unreadable(Exception):
    """A field of the record does not hold what it should."""

    def __init__(self, reason: str, value: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.value = value


def read_certifications(stream: BinaryIO, name: str, checked_on: date) -> Iterator[Fiche | Refusal]:
    """Each record of the file, or its refusal. A file broken in the middle gives the records before, then one refusal.

    `checked_on` is the day the file was published. An element that the layout does not know is noted once, and passed over.
    """
    position, strange = 0, set[str]()
    try:
        for position, element in enumerate(elements(stream, "FICHES", "FICHE"), 1):
            record = _text(element, "NUMERO_FICHE")[:40] or str(position)
            for tag in sorted({str(child.tag) for child in element.iterchildren("*")} - _known_elements() - strange):
                strange.add(tag)
                yield Refusal(name, record, "unknown_element", tag[:100], noted=True)
            try:
                yield Fiche(_certification(element, checked_on), _long_texts(element))
            except _Unreadable as error:
                yield Refusal(name, record, error.reason, error.value[:100])
    except BrokenXml as error:
        yield Refusal(name, str(position + 1), error.reason, error.value)


def _certification(element: Any, checked_on: date) -> Certification:
    code = _text(element, "NUMERO_FICHE")
    if not _CODE.fullmatch(code):
        raise _Unreadable("code", code)
    kind: CertificationKind = "rncp" if code.startswith("RNCP") else "rs"
    return Certification(
        code=code,
        title=_title(element),
        kind=kind,
        type=_type(element),
        level=_level(element),
        active=_active(element),
        source=_source(code, kind, checked_on),
        rome=_all(element, "CODES_ROME/ROME/CODE"),
        replaced_by=_codes(element, "NOUVELLES_CERTIFICATIONS/NOUVELLE_CERTIFICATION/ID_FICHE_NOUVELLE_CERTIFICATION"),
        replaces=_codes(element, "ANCIENNES_CERTIFICATIONS/ANCIENNE_CERTIFICATION/ID_FICHE_ANCIENNE_CERTIFICATION"),
        certifiers=_all(element, "CERTIFICATEURS/CERTIFICATEUR/NOM_CERTIFICATEUR"),
        nsf=_labels(element, "CODES_NSF/NSF"),
        formacodes=_labels(element, "FORMACODES/FORMACODE"),
        access=frozenset(route for key, route in _ACCESS.items() if _text(element, f"SI_JURY_{key}/ACTIF") == "Oui"),
        blocks=_blocks(element),
        objectives=_text(element, "OBJECTIFS_CONTEXTE"),
        ends_on=_date(element, "DATE_FIN_ENREGISTREMENT"),
    )


def _title(element: Any) -> str:
    title = plain(element.findtext("INTITULE"), _LONGEST_TITLE + 1)
    if not title:
        raise _Unreadable("title", "")
    if len(title) > _LONGEST_TITLE:
        raise _Unreadable("title_too_long", title)
    return title


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
    found = element.iterfind(_BLOCK)
    blocks = (Block(_text(block, "CODE", 40), _text(block, "LIBELLE", _LONGEST_LABEL)) for block in found)
    return tuple(block for block in blocks if block.label)


def _long_texts(element: Any) -> LongTexts:
    blocks = {_text(block, "CODE", 40): block for block in element.iterfind(_BLOCK)}
    return LongTexts(
        activities=_text(element, "ACTIVITES_VISEES"),
        abilities=_text(element, "CAPACITES_ATTESTEES"),
        sectors=_text(element, "SECTEURS_ACTIVITE"),
        job_types=_text(element, "TYPE_EMPLOI_ACCESSIBLES"),
        skills={code: _text(block, "LISTE_COMPETENCES") for code, block in blocks.items()},
        assessments={code: _text(block, "MODALITES_EVALUATION") for code, block in blocks.items()},
    )


def _source(code: str, kind: CertificationKind, checked_on: date) -> Source:
    number = code.removeprefix(kind.upper())
    url = f"https://www.francecompetences.fr/recherche/{kind}/{number}/"
    return Source(_texts().get("fiche", code=code), url, checked_on)


def _labels(element: Any, path: str) -> tuple[str, ...]:
    found = (_text(item, "LIBELLE", _LONGEST_LABEL) or _text(item, "CODE") for item in element.iterfind(path))
    return tuple(dict.fromkeys(text for text in found if text))


def _codes(element: Any, path: str) -> tuple[str, ...]:
    """Codes of other fiches; what is not one (an empty link, a number alone) leads nowhere and is left out."""
    return tuple(code for code in _all(element, path) if _CODE.fullmatch(code))


def _all(element: Any, path: str) -> tuple[str, ...]:
    found = (plain(item.text, _LONGEST_LABEL) for item in element.iterfind(path))
    return tuple(dict.fromkeys(text for text in found if text))


def _text(element: Any, path: str, longest: int = _LONGEST_TEXT) -> str:
    return plain(element.findtext(path), longest)


@cache
def _short_types() -> dict[str, str]:
    content = yaml.safe_load((Path(__file__).parent / "diploma_types.yml").read_text(encoding="utf-8"))
    return {str(label): str(short) for label, short in content.items()}


@cache
def _known_elements() -> frozenset[str]:
    return frozenset((Path(__file__).parent / "rncp_elements.txt").read_text(encoding="utf-8").split())


@cache
def _texts() -> Texts:
    return Texts.load(Path(__file__).parents[1] / "texts" / "sources.yml")
