"""The starter records as the files hold them."""

import csv
from functools import cache
from pathlib import Path
from typing import Any

import yaml

import knowledge
from knowledge.records import Notice, Source

STARTER = Path(knowledge.__file__).parent / "starter"


@cache
def read(name: str) -> Any:
    with (STARTER / name).open(encoding="utf-8") as stream:
        return yaml.safe_load(stream)


@cache
def read_communes() -> list[dict[str, Any]]:
    with (STARTER / "communes.csv").open(encoding="utf-8", newline="") as stream:
        return [
            {
                **row,
                "postcodes": row["postcodes"].split(),
                "latitude": float(row["latitude"]) if row["latitude"] else None,
                "longitude": float(row["longitude"]) if row["longitude"] else None,
            }
            for row in csv.DictReader(stream, delimiter=";")
        ]


@cache
def notices() -> dict[str, Notice]:
    files = sorted((STARTER / "notices").glob("*.yml"))
    records = [_notice(read(f"notices/{file.name}")) for file in files]
    return {record.id: record for record in records}


def _notice(record: dict[str, Any]) -> Notice:
    sources = tuple(Source(**source) for source in record["sources"])
    texts = {key: record[key].strip() for key in ("id", "title", "text", "simple")}
    return Notice(**texts, aliases=tuple(record["aliases"]), sources=sources)
