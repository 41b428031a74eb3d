"""Reading official files: how far the reading is, and text without mark-up."""

import html
import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

OnBytes = Callable[[int], object]
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


class Counted(io.RawIOBase):
    """A binary stream that tells how many bytes were read from it."""

    def __init__(self, stream: BinaryIO, on_bytes: OnBytes | None) -> None:
        self._stream = stream
        self._on_bytes = on_bytes

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: "memoryview | bytearray") -> int:  # type: ignore[override]
        """Read into `buffer`; the number of bytes read."""
        data = self._stream.read(len(buffer))
        buffer[: len(data)] = data
        if self._on_bytes:
            self._on_bytes(len(data))
        return len(data)


def open_text(file: Path, on_bytes: OnBytes | None, encoding: str = "utf-8-sig") -> io.TextIOWrapper:
    """`file` as text. Files that are not UTF-8 (some of ROME's are cp1252) lose accents, never their lines."""
    counted = Counted(file.open("rb"), on_bytes)
    return io.TextIOWrapper(io.BufferedReader(counted), encoding=encoding, errors="replace", newline="")


def plain(text: str | None, longest: int) -> str:
    """`text` on one line, without mark-up and control characters, cut at `longest` characters."""
    if not text:
        return ""
    if "<" in text or "&" in text:
        text = html.unescape(_TAG.sub(" ", text))
    return " ".join(_CONTROL.sub(" ", text).split())[:longest].rstrip()
