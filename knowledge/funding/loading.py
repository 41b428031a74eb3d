"""Reading the records: checked as a whole; an error names the file, the line and what was expected."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from knowledge.errors import InvalidInput
from knowledge.funding.records import SchemeRecord, SourceRecord, ValueRecord
from knowledge.records import Source

FOLDER = Path(__file__).parent
R = TypeVar("R", bound=BaseModel)


class FundingRecordInvalid(InvalidInput):
    """A record is not of the form expected: `file`, `line`, `where`, `expected`."""

    code = "funding_record_invalid"


@dataclass(frozen=True, slots=True)
class Records:
    """All that the rules are made of, by id. `cited`: the sources of each scheme, as people read them."""

    schemes: Mapping[str, SchemeRecord]
    values: Mapping[str, ValueRecord]
    sources: Mapping[str, SourceRecord]
    cited: Mapping[str, tuple[Source, ...]]

    def source(self, name: str) -> Source:
        """A source by its name, as people read it. Raises KeyError."""
        return _as_read(self.sources[name])


def _as_read(record: SourceRecord) -> Source:
    return Source(record.title, record.url, record.checked_on)


@cache
def own_records() -> Records:
    """The project's own. Raises FundingRecordInvalid."""
    return read_records(FOLDER)


def read_records(folder: Path) -> Records:
    """Of a folder with `sources.yml`, `values.yml` and `schemes/`. Raises FundingRecordInvalid."""
    sources = _read_map(folder / "sources.yml", SourceRecord)
    values = _read_map(folder / "values.yml", ValueRecord)
    schemes: dict[str, SchemeRecord] = {}
    for file in sorted((folder / "schemes").glob("*.yml")):
        record = _validated(file, SchemeRecord, *_content(file), ())
        if record.id != file.stem:
            raise FundingRecordInvalid(file=file.name, line=1, where="id", expected=file.stem)
        schemes[record.id] = record
        _check_references(file, record, sources, values)
    for name, value in values.items():
        for period in value.values:
            if period.source not in sources:
                file = folder / "values.yml"
                line = _line(_content(file)[1], (name,))
                raise FundingRecordInvalid(file=file.name, line=line, where=f"{name}.source", expected="sources.yml")
    _check_links(folder, schemes)
    ordered = dict(sorted(schemes.items(), key=lambda pair: pair[1].order))
    cited = {scheme.id: tuple(_as_read(sources[name]) for name in scheme.sources) for scheme in ordered.values()}
    return Records(ordered, values, sources, cited)


def _check_references(
    file: Path, record: SchemeRecord, sources: Mapping[str, SourceRecord], values: Mapping[str, ValueRecord]
) -> None:
    for field, names, known in (("sources", record.sources, sources), ("values", record.values, values)):
        for name in names:
            if name not in known:
                line = _line(_content(file)[1], (field,))
                raise FundingRecordInvalid(file=file.name, line=line, where=field, expected=f"{name} in {field}.yml")


def _check_links(folder: Path, schemes: Mapping[str, SchemeRecord]) -> None:
    for record in schemes.values():
        replaced = record.closed.replaced_by if record.closed else None
        for field, name in [("closed", replaced), *(("excludes", other) for other in record.excludes)]:
            if name and name not in schemes:
                file = folder / "schemes" / f"{record.id}.yml"
                line = _line(_content(file)[1], (field,))
                raise FundingRecordInvalid(file=file.name, line=line, where=field, expected=f"{name} in schemes/")


def _read_map(file: Path, model: type[R]) -> dict[str, R]:
    content, node = _content(file)
    if not isinstance(content, dict):
        raise FundingRecordInvalid(file=file.name, line=1, where="", expected="a mapping")
    return {str(name): _validated(file, model, entry, node, (name,)) for name, entry in content.items()}


def _validated(file: Path, model: type[R], content: Any, node: Any, place: tuple[Any, ...]) -> R:
    try:
        return model.model_validate(content)
    except ValidationError as error:
        first = error.errors()[0]
        path = (*place, *first["loc"])
        where = ".".join(map(str, first["loc"]))
        raise FundingRecordInvalid(file=file.name, line=_line(node, path), where=where, expected=first["msg"]) from None


def _content(file: Path) -> tuple[Any, Any]:
    """The content, and the nodes that know their lines."""
    try:
        text = file.read_text("utf-8")
        return yaml.safe_load(text), yaml.compose(text, Loader=yaml.SafeLoader)
    except (OSError, UnicodeDecodeError) as error:
        raise FundingRecordInvalid(file=file.name, line=1, where="", expected=type(error).__name__) from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        raise FundingRecordInvalid(file=file.name, line=line, where="", expected="YAML") from None


def _line(node: Any, path: tuple[Any, ...]) -> int:
    """Of the deepest node that the path reaches."""
    line = node.start_mark.line + 1 if node is not None else 1
    for part in path:
        if isinstance(node, yaml.MappingNode):
            found = next((pair for pair in node.value if pair[0].value == str(part)), None)
            if found is None:
                break
            line, node = found[0].start_mark.line + 1, found[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
            line = node.start_mark.line + 1
        else:
            break
    return int(line)
