"""Files as they come: plain, gzip, or a zip of one or several; what unfolds without end is cut off."""

import gzip
import io
import lzma
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, BinaryIO, cast

from knowledge.errors import InvalidInput

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer as Buffer

# An official export unfolds 10 to 30 times; a bomb a thousand times and more.
_LARGEST_RATIO = 200
_ALWAYS_ALLOWED = 50_000_000
BROKEN = (OSError, EOFError, zlib.error, lzma.LZMAError, zipfile.BadZipFile, NotImplementedError, RuntimeError)
"""What reading an abnormal archive may raise."""


class ArchiveUnreadable(InvalidInput):
    """The archive is broken; its parameters name the file."""

    code = "archive_unreadable"


class UnfoldsTooMuch(OSError):
    """The content is out of proportion with the file."""


class _Measured(io.RawIOBase):
    """Reads `stream`, and stops when it gives more than `largest` bytes."""

    def __init__(self, stream: BinaryIO, largest: int) -> None:
        self._stream, self._left = stream, largest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "Buffer") -> int:
        data = self._stream.read(len(memoryview(buffer)))
        self._left -= len(data)
        if self._left < 0:
            raise UnfoldsTooMuch
        memoryview(buffer)[: len(data)] = data
        return len(data)


@contextmanager
def opened(file: Path, suffix: str) -> Iterator[Iterator[tuple[str, BinaryIO, BinaryIO]]]:
    """The streams of `file`: name, content, and the file itself, whose position tells how far the reading is.

    Of a zip, the members whose name ends with `suffix`, in their order. Reading may raise `BROKEN`.
    """
    with file.open("rb") as raw:
        yield _streams(file, raw, suffix)


def measured(stream: IO[bytes], file: Path) -> BinaryIO:
    """The content of an archive, cut off (UnfoldsTooMuch) when it is out of proportion with the file."""
    largest = max(_ALWAYS_ALLOWED, file.stat().st_size * _LARGEST_RATIO)
    return io.BufferedReader(_Measured(cast("BinaryIO", stream), largest))


def _streams(file: Path, raw: BinaryIO, suffix: str) -> Iterator[tuple[str, BinaryIO, BinaryIO]]:
    head = raw.read(4)
    raw.seek(0)
    if head[:2] == b"\x1f\x8b":
        with gzip.GzipFile(fileobj=raw) as content:
            yield file.name, measured(cast("BinaryIO", content), file), raw
    elif head == b"PK\x03\x04":
        with zipfile.ZipFile(raw) as archive:
            for name in archive.namelist():
                if name.lower().endswith(suffix):
                    with archive.open(name) as member:
                        yield f"{file.name}/{name}", measured(member, file), raw
    else:
        yield file.name, raw, raw
