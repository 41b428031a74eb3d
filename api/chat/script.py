"""Conversations written beforehand: one message of the person a line."""

from dataclasses import dataclass
from pathlib import Path

from knowledge.errors import InvalidInput
from knowledge.texts import Texts

TEXTS = Texts.load(Path(__file__).parents[1] / "texts" / "chat.yml")
_COMMENT, _CHOICE = "#", ">"
_MAX_CHARS = 4_000


class ScriptInvalid(InvalidInput):
    """A line cannot be played: `file`, `line`, `why` (a French sentence)."""

    code = "script_invalid"


class ScriptUnreadable(InvalidInput):
    """The file is not there, or is not text in UTF-8: `file`."""

    code = "script_unreadable"


@dataclass(frozen=True, slots=True)
class Line:
    """Line `number` of a script: a text to write, or the number of a choice to touch, from 1."""

    number: int
    text: str = ""
    choice: int | None = None


@dataclass(frozen=True, slots=True)
class Script:
    """What the person says, in order. `title` is the first comment, or the file's name."""

    file: Path
    title: str
    lines: tuple[Line, ...]

    def invalid(self, line: Line, why: str, **params: object) -> ScriptInvalid:
        """The error that says why this line cannot be played: `why` is a key of `script` in `chat.yml`."""
        return ScriptInvalid(file=self.file, line=line.number, why=TEXTS.get(f"script.{why}", **params))


def read_script(file: Path) -> Script:
    """Read a script: blank lines and comments (`#`) are left out, `> 2` touches the second choice. Raises
    ScriptInvalid, ScriptUnreadable."""
    try:
        written = file.read_text(encoding="utf-8-sig").rstrip("\n").split("\n")
    except (OSError, UnicodeDecodeError):
        raise ScriptUnreadable(file=file) from None
    numbered = [(number, line.strip()) for number, line in enumerate(written, 1) if line.strip()]
    comments = [line.lstrip(f"{_COMMENT} ") for _, line in numbered if line.startswith(_COMMENT)]
    lines = tuple(_line(file, number, line) for number, line in numbered if not line.startswith(_COMMENT))
    script = Script(file, comments[0] if comments else file.stem, lines)
    if not lines:
        raise script.invalid(Line(len(written)), "empty")
    return script


def _line(file: Path, number: int, line: str) -> Line:
    if line.startswith(_CHOICE):
        choice = line.removeprefix(_CHOICE).strip()
        if not choice.isdecimal() or int(choice) < 1:
            raise ScriptInvalid(file=file, line=number, why=TEXTS.get("script.choice"))
        return Line(number, choice=int(choice))
    if len(line) > _MAX_CHARS:
        raise ScriptInvalid(file=file, line=number, why=TEXTS.get("script.long", limit=_MAX_CHARS))
    return Line(number, line)
