"""`hub knowledge update` and `status` as they are typed, against a real web server on this machine."""

import hashlib
import io
import json
import threading
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from api.cli import app, main
from knowledge.update import sources
from knowledge.update.sources import OfficialSource
from tests.knowledge.official import commune, fiche, fiches


@dataclass(slots=True)
class Site:
    """What a site publishes: bodies by path. `cut`: after how many bytes the connection breaks, for the next replies;
    `asked`: the headers of each request."""

    files: dict[str, bytes] = field(default_factory=dict)
    cut: list[int] = field(default_factory=list)
    loops: set[str] = field(default_factory=set)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    port: int = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"


@pytest.fixture
def site() -> Iterator[Site]:
    """A web server with ETags and ranges."""
    published = Site()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_: object) -> None:
            pass

        def do_GET(self) -> None:
            published.asked.append((self.path, dict(self.headers)))
            if self.path in published.loops:
                self._head(302, Location=self.path)
                return
            body = published.files.get(self.path)
            if body is None:
                self._head(404)
                return
            etag = f'"{hashlib.sha256(body).hexdigest()[:12]}"'
            if self.headers.get("If-None-Match") == etag:
                self._head(304, ETag=etag)
                return
            start = 0
            if (wanted := self.headers.get("Range")) and self.headers.get("If-Range") == etag:
                start = int(wanted.removeprefix("bytes=").removesuffix("-"))
            self.send_response(206 if start else 200)
            self.send_header("ETag", etag)
            self.send_header("Content-Length", str(len(body) - start))
            self.end_headers()
            sent = body[start:]
            if published.cut:
                sent = sent[: published.cut.pop(0)]
                self.close_connection = True
            self.wfile.write(sent)

        def _head(self, status: int, **headers: str) -> None:
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", "0")
            self.end_headers()

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    published.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield published
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(autouse=True)
def addresses(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The sources as they are, but published on this machine; no index is built."""
    known = {
        "rncp": OfficialSource(file="rncp.zip", stale_days=30, dataset="fiches", title="export-fiches-rncp-v4-1"),
        "communes": OfficialSource(file="communes.json", stale_days=365, url=f"{site.url}/communes"),
    }
    for module in ("api.commands.knowledge_update", "api.commands.knowledge_status"):
        monkeypatch.setattr(f"{module}.official_sources", lambda: known)
    monkeypatch.setattr("api.commands.knowledge_update.refresh_with_progress", lambda *_: None)
    monkeypatch.setenv("HUB_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("HUB_DATASETS_URL", f"{site.url}/datasets/")


def publish(site: Site, *records: str, checksum: str | None = None, day: str = "2026-11-01") -> bytes:
    """The RNCP in a zip, and the data set that names it after an older one."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("export.xml", fiches(*records))
    body = out.getvalue()
    sha1 = checksum or hashlib.sha1(body).hexdigest()  # noqa: S324 - what the site gives
    title = f"export-fiches-rncp-v4-1-{day}.zip"
    older = {"title": "export-fiches-rncp-v4-1-2020-01-01.zip", "url": f"{site.url}/old.zip"}
    newest = {"title": title, "url": f"{site.url}/new.zip", "checksum": {"type": "sha1", "value": sha1}}
    site.files["/datasets/fiches/"] = json.dumps({"resources": [older, newest, {"title": "rs", "url": "x"}]}).encode()
    site.files["/new.zip"] = body
    site.files["/old.zip"] = b"old"
    return body


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["knowledge", *arguments])


def counts(tmp_path: Path) -> dict[str, int]:
    found: dict[str, int] = json.loads(run("status", "--json").stdout)["counts"]
    return found


def test_the_newest_file_is_fetched_checked_and_loaded(site: Site, tmp_path: Path) -> None:
    publish(site, fiche("RNCP1"), fiche("RNCP2", active="Non"))
    result = run("update", "rncp")
    assert result.exit_code == 0, result.output
    found = counts(tmp_path)
    assert (found["active"], found["expired"]) == (1, 1)
    assert "/old.zip" not in [path for path, _ in site.asked]


def test_a_second_time_nothing_is_sent_again(site: Site, tmp_path: Path) -> None:
    publish(site, fiche("RNCP1"))
    run("update", "rncp")
    result = run("update", "rncp")
    assert "rien de neuf" in result.stdout
    assert site.asked[-1][1]["If-None-Match"]
    publish(site, fiche("RNCP1"), fiche("RNCP3"))
    assert "nouveau fichier" in run("update", "rncp").stdout
    assert counts(tmp_path)["active"] == 2


def test_a_cut_connection_is_taken_up_where_it_was(site: Site, tmp_path: Path) -> None:
    body = publish(site, *(fiche(f"RNCP{n}", f"Soudeur {n * n * 7919}") for n in range(1, 800)))
    # The data set itself is answered whole; then the file is cut twice.
    site.cut = [len(site.files["/datasets/fiches/"]), 5_000, 6_000]
    result = run("update", "rncp")
    assert result.exit_code == 0, result.output
    ranges = [headers.get("Range") for path, headers in site.asked if path == "/new.zip"]
    assert ranges[0] is None
    assert all(ranges[1:])
    assert (tmp_path / "downloads" / "rncp.zip").read_bytes() == body
    assert counts(tmp_path)["active"] == 799


def test_a_connection_cut_again_and_again_is_said_and_goes_on_next_time(site: Site, tmp_path: Path) -> None:
    publish(site, *(fiche(f"RNCP{n}", f"Soudeur {n * n * 7919}") for n in range(1, 800)))
    site.cut = [len(site.files["/datasets/fiches/"]), 1_000, 1_000, 1_000, 1_000]
    result = run("update", "rncp")
    assert result.exit_code == 1
    assert "coupée plusieurs fois" in result.stderr
    assert run("update", "rncp").exit_code == 0
    assert counts(tmp_path)["active"] == 799


def test_a_file_that_is_not_the_one_published_is_thrown_away(site: Site, tmp_path: Path) -> None:
    publish(site, fiche("RNCP1"))
    run("update", "rncp")
    publish(site, fiche("RNCP1"), fiche("RNCP2"), checksum="0" * 40)
    result = run("update", "rncp")
    assert result.exit_code == 1
    assert "empreinte" in result.stderr
    assert counts(tmp_path)["active"] == 1


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda site: site.files.pop("/new.zip"), "code 404"),
        (lambda site: site.files.pop("/datasets/fiches/"), "code 404"),
        (lambda site: site.files.update({"/datasets/fiches/": b"<html>"}), "ne contient pas"),
        (lambda site: site.files.update({"/datasets/fiches/": b'{"resources": []}'}), "ne contient pas"),
        (lambda site: site.loops.add("/new.zip"), "n'est pas là"),
    ],
    ids=["no file", "no data set", "no json", "empty", "redirect loop"],
)
def test_what_goes_wrong_is_said_in_french_and_the_others_go_on(
    site: Site, tmp_path: Path, change: "object", said: str
) -> None:
    publish(site, fiche("RNCP1"))
    site.files["/communes"] = json.dumps([commune()]).encode()
    assert callable(change)
    change(site)
    result = run("update")
    assert result.exit_code == 1
    assert said in result.stderr
    assert counts(tmp_path)["communes"] == 1


def test_offline_is_said_and_what_was_there_stays(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(site, fiche("RNCP1"))
    run("update", "rncp")
    monkeypatch.setenv("HUB_DATASETS_URL", "http://127.0.0.1:9/datasets/")
    result = run("update", "rncp")
    assert result.exit_code == 1
    assert "ne répond pas" in result.stderr
    assert counts(tmp_path)["active"] == 1


def test_an_unknown_source_is_named(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("sys.argv", ["hub", "knowledge", "update", "pole-emploi"])
    with pytest.raises(SystemExit) as stop:
        main()
    assert stop.value.code == 1
    assert "pole-emploi" in capsys.readouterr().err


def test_communes_in_the_layout_of_the_official_interface(site: Site, tmp_path: Path) -> None:
    record = {
        "nom": "Sedan",
        "code": "08409",
        "codesPostaux": ["08200"],
        "population": 16_000,
        "codeDepartement": "08",
        "codeRegion": "44",
        "centre": {"type": "Point", "coordinates": [4.9399, 49.7019]},
    }
    site.files["/communes"] = json.dumps([record]).encode()
    assert run("update", "communes").exit_code == 0
    assert counts(tmp_path)["communes"] == 1


def test_status_says_what_is_there_what_is_stale_and_what_was_never_loaded(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "ne contient encore rien" in run("status").stdout
    publish(site, fiche("RNCP1"))
    monkeypatch.setenv("HUB_TODAY", "2026-01-10")
    run("update", "rncp")
    fresh = json.loads(run("status", "--json").stdout)
    assert [(one["source"], one["stale"], one["origin"]) for one in fresh["loads"]] == [
        ("rncp.zip", False, f"{site.url}/new.zip")
    ]
    assert fresh["never"] == ["communes"]
    monkeypatch.setenv("HUB_TODAY", "2026-03-10")
    assert json.loads(run("status", "--json").stdout)["loads"][0]["stale"] is True
    assert "renouveler" in run("status").stdout


def test_the_real_sources_are_official_sites() -> None:
    known = sources.official_sources()
    assert set(known) == {"rncp", "rs", "rome", "communes", "pages"}
    assert all(one.url is None or one.url.startswith("https://") for one in known.values())
