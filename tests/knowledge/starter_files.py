"""The starter records as the files hold them."""

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
def notices() -> dict[str, Notice]:
    files = sorted((STARTER / "notices").glob("*.yml"))
    records = [_notice(read(f"notices/{file.name}")) for file in files]
    return {record.id: record for record in records}


def _notice(record: dict[str, Any]) -> Notice:
    sources = tuple(Source(**source) for source in record["sources"])
    texts = {key: record[key].strip() for key in ("id", "title", "text", "simple")}
    return Notice(**texts, aliases=tuple(record["aliases"]), sources=sources)
