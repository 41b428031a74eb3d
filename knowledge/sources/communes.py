"""French communes: INSEE codes, postcodes and population (JSON), coordinates (La Poste's CSV beside it, when it is
there)."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path

from knowledge.records import Commune
from knowledge.sources.refusals import Refusal

_COORDINATES = "laposte_hexasmal.csv"


def read_communes(file: Path) -> Iterator[Commune | Refusal]:
    """Each present-day commune, or the refusal of a record. Raises ValueError when the file is not a JSON list."""
    records = json.loads(file.read_text(encoding="utf-8"))
    if not isinstance(records, list):
        raise TypeError(file.name)
    coordinates = _coordinates(file.with_name(_COORDINATES))
    for position, record in enumerate(records, 1):
        try:
            if record["type"] == "commune-actuelle":
                yield _commune(record, coordinates)
        except (KeyError, TypeError, ValueError):
            yield Refusal(file.name, str(position), "commune", str(record)[:100])


def _commune(record: dict[str, object], coordinates: dict[str, tuple[float, float]]) -> Commune:
    insee, postcodes = str(record["code"]), record.get("codesPostaux") or []
    latitude, longitude = coordinates.get(insee, (None, None))
    if not isinstance(postcodes, list):
        raise TypeError(insee)
    return Commune(
        insee=insee,
        name=str(record["nom"]),
        postcodes=tuple(map(str, postcodes)),
        department=str(record["departement"]),
        region=str(record["region"]),
        population=int(str(record.get("population") or 0)),
        latitude=latitude,
        longitude=longitude,
    )


def _coordinates(file: Path) -> dict[str, tuple[float, float]]:
    if not file.is_file():
        return {}
    found: dict[str, tuple[float, float]] = {}
    with file.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream, delimiter=";"):
            latitude, _, longitude = (row.get("coordonnees_gps") or "").partition(",")
            if longitude:
                found[row["Code_commune_INSEE"]] = (float(latitude), float(longitude))
    return found
