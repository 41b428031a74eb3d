"""French communes: INSEE codes, postcodes and population (JSON), coordinates (La Poste's CSV beside it, when it is
there)."""

import csv
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from statistics import fmean

from knowledge.records import Commune
from knowledge.sources.refusals import Refusal

_Point = tuple[float, float]

_COORDINATES = "laposte_hexasmal.csv"
_INSEE = re.compile(r"([0-9]{2}|2[AB])[0-9]{3}")
_DEPARTMENT = re.compile(r"[0-9]{2,3}|2[AB]")
_REGION = re.compile(r"[0-9]{2,3}")
_LONGEST_NAME = 100
_LARGEST = 100_000_000
_PRESENT = "commune-actuelle"


def read_communes(file: Path) -> Iterator[Commune | Refusal]:
    """Each present-day commune, or the refusal of a record. A file that is not a JSON list gives one refusal."""
    try:
        records = json.loads(file.read_text(encoding="utf-8-sig"))
    except (ValueError, RecursionError):
        records = None
    if not isinstance(records, list):
        yield Refusal(file.name, "1", "broken_json")
        return
    coordinates = _coordinates(file.with_name(_COORDINATES))
    coordinates = _centres(records, coordinates) | coordinates
    seen: set[str] = set()
    for position, record in enumerate(records, 1):
        try:
            # Two layouts are published: with a type and older names of fields, or present-day communes only.
            if record.get("type", _PRESENT) != _PRESENT:
                continue
            commune = _commune(record, coordinates)
        except (AttributeError, KeyError, TypeError, ValueError):
            yield Refusal(file.name, str(position), "commune", str(record)[:100])
            continue
        if commune.insee in seen:
            yield Refusal(file.name, commune.insee, "duplicate")
            continue
        seen.add(commune.insee)
        yield commune


def _commune(record: dict[str, object], coordinates: Mapping[str, _Point]) -> Commune:
    insee, postcodes = _matching(_INSEE, record["code"]), record.get("codesPostaux") or []
    name, population = str(record["nom"] or "").strip(), int(str(record.get("population") or 0))
    latitude, longitude = coordinates.get(insee) or _centre(record.get("centre")) or (None, None)
    if not isinstance(postcodes, list) or not 0 < len(name) <= _LONGEST_NAME or not 0 <= population < _LARGEST:
        raise ValueError(insee)
    return Commune(
        insee=insee,
        name=name,
        postcodes=tuple(map(str, postcodes)),
        department=_matching(_DEPARTMENT, record.get("departement") or record["codeDepartement"]),
        region=_matching(_REGION, record.get("region") or record["codeRegion"]),
        population=population,
        latitude=latitude,
        longitude=longitude,
    )


def _centre(point: object) -> _Point | None:
    """Of a GeoJSON point, longitude first."""
    try:
        longitude, latitude = point["coordinates"]  # type: ignore[index]
        return float(latitude), float(longitude)
    except (KeyError, TypeError, ValueError):
        return None


def _matching(pattern: re.Pattern[str], value: object) -> str:
    text = str(value)
    if not pattern.fullmatch(text):
        raise ValueError(text)
    return text


def _centres(records: list[object], coordinates: Mapping[str, _Point]) -> dict[str, _Point]:
    """The middle of the arrondissements of a commune (Paris, Lyon, Marseille), or of those that it was made of."""
    parts: defaultdict[str, list[_Point]] = defaultdict(list)
    for record in records:
        if isinstance(record, dict) and isinstance(code := record.get("code"), str):
            whole = record.get("commune") or record.get("chefLieu") or code
            older = record.get("anciensCodes")
            for part in (code, *(older if isinstance(older, list) else ())):
                if str(part) in coordinates:
                    parts[str(whole)].append(coordinates[str(part)])
    return {code: (_middle(p[0] for p in points), _middle(p[1] for p in points)) for code, points in parts.items()}


def _middle(degrees: Iterable[float]) -> float:
    return round(fmean(degrees), 5)


def _coordinates(file: Path) -> dict[str, _Point]:
    """Latitude and longitude by INSEE code. Lines without a place on Earth are passed over."""
    if not file.is_file():
        return {}
    found: dict[str, _Point] = {}
    with file.open(encoding="utf-8-sig", newline="", errors="replace") as stream:
        for row in csv.DictReader(stream, delimiter=";"):
            before, _, after = (row.get("coordonnees_gps") or "").partition(",")
            try:
                latitude, longitude = float(before), float(after)
            except ValueError:
                continue
            if -90 <= latitude <= 90 and -180 <= longitude <= 180:
                found[row.get("Code_commune_INSEE") or ""] = latitude, longitude
    return found
