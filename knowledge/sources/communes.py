"""French communes: INSEE codes, postcodes and population (JSON), coordinates (La Poste's CSV beside it, when it is
there)."""

import csv
import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from knowledge.records import Commune
from knowledge.sources.reading import OnBytes, open_text
from knowledge.sources.refusals import Refusal

COORDINATES = "laposte_hexasmal.csv"
_INSEE = re.compile(r"\d{5}|2[AB]\d{3}")
_LONGEST_NAME = 100
_Point = tuple[float, float]


def read_communes(file: Path, on_bytes: OnBytes | None = None) -> Iterator[Commune | Refusal]:
    """Each present-day commune, or the refusal of a record; a file that is not a JSON list is refused as a whole."""
    records = _records(file, on_bytes)
    if isinstance(records, Refusal):
        yield records
        return
    points = _points(file.with_name(COORDINATES), on_bytes)
    parts = _parts(records)
    for position, record in enumerate(records, 1):
        try:
            if record["type"] == "commune-actuelle":
                yield _commune(record, points, parts)
        except (KeyError, TypeError, ValueError):
            yield Refusal(file.name, str(position), "commune", str(record)[:100])


def _records(file: Path, on_bytes: OnBytes | None) -> list[Any] | Refusal:
    try:
        with open_text(file, on_bytes) as stream:
            records = json.load(stream)
    except json.JSONDecodeError as error:
        return Refusal(file.name, "-", "broken_json", str(error.lineno))
    return records if isinstance(records, list) else Refusal(file.name, "-", "no_list")


def _parts(records: list[Any]) -> Mapping[str, list[str]]:
    """Codes of the arrondissements of a commune, and of the communes that it was made of."""
    parts: defaultdict[str, list[str]] = defaultdict(list)
    for record in records:
        if isinstance(record, dict) and isinstance(record.get("code"), str):
            whole = record.get("commune") or record.get("chefLieu")
            parts[str(whole)].append(record["code"])
            parts[record["code"]] += [str(code) for code in record.get("anciensCodes") or ()]
    return parts


def _commune(record: dict[str, Any], points: Mapping[str, _Point], parts: Mapping[str, list[str]]) -> Commune:
    insee, name, postcodes = record["code"], record["nom"], record.get("codesPostaux") or []
    population = int(record.get("population") or 0)
    if not _INSEE.fullmatch(insee) or not 0 < len(name) <= _LONGEST_NAME or not isinstance(postcodes, list):
        raise ValueError(insee)
    point = points.get(insee) or _centre([points[part] for part in parts.get(insee, ()) if part in points])
    return Commune(
        insee=insee,
        name=name,
        postcodes=tuple(map(str, postcodes)),
        department=str(record["departement"])[:3],
        region=str(record["region"])[:3],
        population=population,
        latitude=point[0] if point else None,
        longitude=point[1] if point else None,
    )


def _centre(points: list[_Point]) -> _Point | None:
    if not points:
        return None
    latitudes, longitudes = zip(*points, strict=True)
    return round(sum(latitudes) / len(points), 6), round(sum(longitudes) / len(points), 6)


def _points(file: Path, on_bytes: OnBytes | None) -> dict[str, _Point]:
    found: dict[str, _Point] = {}
    if not file.is_file():
        return found
    with open_text(file, on_bytes) as stream:
        for row in csv.DictReader(stream, delimiter=";"):
            latitude, _, longitude = (row.get("coordonnees_gps") or "").partition(",")
            try:
                found[row["Code_commune_INSEE"]] = (float(latitude), float(longitude))
            except (KeyError, ValueError):
                continue
    return found
