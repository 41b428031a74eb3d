"""One file over HTTP: only when it changed, taken up where it was cut, checked before it replaces the old one."""

import hashlib
import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

import httpx

from knowledge.update.errors import ChecksumDiffers, CutTooOften, NotThere, Offline

Advance = Callable[[int, int | None], None]

_ATTEMPTS = 4
_LARGEST = 4_000_000_000


@dataclass(frozen=True, slots=True)
class Address:
    """Where a file is, and its checksum where the site gives one (`algorithm` as hashlib names it)."""

    url: str
    algorithm: str | None = None
    checksum: str | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """What is known of the file on disk; kept beside it."""

    url: str
    etag: str | None
    last_modified: str | None
    sha256: str
    fetched_at: str


def receipt_of(file: Path) -> Receipt | None:
    """That of a file fetched before; None when there is none."""
    with suppress(OSError, ValueError, TypeError):
        if file.is_file():
            return Receipt(**json.loads(_beside(file, ".json").read_text("utf-8")))
    return None


def download(
    client: httpx.Client, source: str, address: Address, file: Path, now: datetime, advance: Advance | None = None
) -> bool:
    """Fetch `address` into `file`; whether it changed. Raises Offline, NotThere, ChecksumDiffers, CutTooOften.

    `advance` is told the bytes that have arrived and those expected.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    for _ in range(_ATTEMPTS):
        try:
            return _attempt(client, source, address, file, now, advance)
        except (httpx.ReadError, httpx.RemoteProtocolError, httpx.ReadTimeout):
            continue
        except httpx.TooManyRedirects:
            raise NotThere(source=source, status=310) from None
        except httpx.TransportError:
            raise Offline(source=source, host=httpx.URL(address.url).host) from None
    raise CutTooOften(source=source)


def _attempt(
    client: httpx.Client, source: str, address: Address, file: Path, now: datetime, advance: Advance | None
) -> bool:
    part, known = _beside(file, ".part"), receipt_of(file)
    begun, validator = _begun(part)
    conditions = {"Range": f"bytes={begun}-", "If-Range": validator} if begun else _conditions(known, address)
    # Bytes are counted and taken up: they must be those of the file.
    headers = {"Accept-Encoding": "identity", **conditions}
    with client.stream("GET", address.url, headers=headers) as reply:
        if reply.status_code == httpx.codes.NOT_MODIFIED:
            return False
        if reply.status_code == httpx.codes.REQUESTED_RANGE_NOT_SATISFIABLE:
            _forget(part)
            raise httpx.ReadError("the part that was kept is no longer of this file")
        if reply.status_code not in {httpx.codes.OK, httpx.codes.PARTIAL_CONTENT}:
            raise NotThere(source=source, status=reply.status_code)
        resumed = reply.status_code == httpx.codes.PARTIAL_CONTENT
        _write(reply, part, begun if resumed else 0, advance)
        return _accept(source, address, reply.headers, part, file, now, known)


def _conditions(known: Receipt | None, address: Address) -> dict[str, str]:
    if known is None or known.url != address.url:
        return {}
    conditions = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
    return {name: value for name, value in conditions.items() if value}


def _begun(part: Path) -> tuple[int, str]:
    """How many bytes of a cut transfer are kept, and the validator by which the site knows the file."""
    validator = _beside(part, ".tag")
    if part.is_file() and validator.is_file():
        return part.stat().st_size, validator.read_text("utf-8")
    return 0, ""


def _write(reply: httpx.Response, part: Path, begun: int, advance: Advance | None) -> None:
    length = reply.headers.get("Content-Length", "")
    total = begun + int(length) if length.isdigit() else None
    validator = reply.headers.get("ETag") or reply.headers.get("Last-Modified")
    if validator and not validator.startswith("W/"):
        _beside(part, ".tag").write_text(validator, "utf-8")
    else:
        _beside(part, ".tag").unlink(missing_ok=True)
    arrived = begun
    with part.open("ab" if begun else "wb") as out:
        for chunk in reply.iter_bytes():
            arrived += len(chunk)
            if arrived > _LARGEST:
                raise httpx.RemoteProtocolError("endless file")
            out.write(chunk)
            if advance:
                advance(arrived, total)
    if total is not None and arrived < total:
        raise httpx.ReadError("cut")


def _accept(
    source: str,
    address: Address,
    headers: Mapping[str, str],
    part: Path,
    file: Path,
    now: datetime,
    known: Receipt | None,
) -> bool:
    if address.algorithm and address.checksum and _hash(part, address.algorithm) != address.checksum.lower():
        _forget(part)
        raise ChecksumDiffers(source=source)
    sha256 = _hash(part, "sha256")
    receipt = Receipt(
        address.url, headers.get("ETag"), headers.get("Last-Modified"), sha256, now.isoformat(timespec="seconds")
    )
    part.replace(file)
    _forget(part)
    _beside(file, ".json").write_text(json.dumps(asdict(receipt), indent=1), "utf-8")
    return known is None or known.sha256 != sha256


def _hash(file: Path, algorithm: str) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, algorithm).hexdigest()


def _forget(part: Path) -> None:
    part.unlink(missing_ok=True)
    _beside(part, ".tag").unlink(missing_ok=True)


def _beside(file: Path, suffix: str) -> Path:
    return file.with_name(file.name + suffix)
