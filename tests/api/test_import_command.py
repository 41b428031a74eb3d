"""`hub knowledge import` as it is typed, short of the index: its sentences, its refusals, its errors."""

import re
import string
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy.orm import Session
from typer.testing import CliRunner

from api.cli import TEXTS as CLI_TEXTS
from api.cli import app
from api.commands.knowledge_import import TEXTS, _sentence
from api.migrate import upgrade
from knowledge.database import sync_engine
from knowledge.models import ImportRow
from knowledge.sources.refusals import Refusal
from knowledge.sources.rome import RomeFilesMissing
from knowledge.texts import Texts

ROOT = Path(__file__).parents[2]
# A reason is the one lower-case word given to a refusal or to an unreadable field.
_REASON = re.compile(r"""(?:Refusal\(.*?|Unreadable\()"([a-z_]+)\"""")


def reasons() -> set[str]:
    """The reasons of refusal that the code can give."""
    files = [*(ROOT / "knowledge" / "sources").glob("*.py"), *(ROOT / "knowledge" / "importing").glob("*.py")]
    return {reason for file in files for reason in _REASON.findall(file.read_text(encoding="utf-8"))}


def test_each_reason_of_refusal_has_its_sentence_and_no_sentence_is_left_over() -> None:
    written = {key.removeprefix("reasons.") for key in TEXTS if key.startswith("reasons.")}
    assert reasons() == written
    assert len(written) >= 12


@pytest.mark.parametrize("reason", sorted(reasons()))
def test_a_refusal_tells_the_file_the_record_and_what_was_expected(reason: str) -> None:
    told = _sentence(Refusal("rncp.xml", "RNCP5", reason, "{valeur} [bold]"))
    assert told.startswith("rncp.xml, fiche RNCP5 : ")
    fields = {
        name for _, name, _, _ in string.Formatter().parse(TEXTS.get(f"reasons.{reason}", value="{value}")) if name
    }
    assert ("{valeur} [bold]" in told) == bool(fields)


def test_without_a_file_the_command_says_in_french_what_it_needs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HUB_DATA_DIR", str(tmp_path))
    result = CliRunner().invoke(app, ["knowledge", "import"])
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.strip() == TEXTS.get("nothing")
    assert not list(tmp_path.iterdir())


def test_a_file_that_does_not_exist_is_a_usage_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUB_DATA_DIR", str(tmp_path))
    result = CliRunner().invoke(app, ["knowledge", "import", "--rncp", str(tmp_path / "absent.xml")])
    assert result.exit_code == 2
    assert "absent.xml" in result.stderr.replace("\n", "")


def test_a_folder_without_the_rome_files_is_told_and_leaves_no_trace(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HUB_DATA_DIR", str(tmp_path / "data"))
    (tmp_path / "rome").mkdir()
    result = CliRunner().invoke(app, ["knowledge", "import", "--rome", str(tmp_path / "rome")])
    assert isinstance(result.exception, RomeFilesMissing)
    errors = Texts.load(ROOT / "api" / "texts" / "errors.yml")
    assert "« rome »" in errors.get(RomeFilesMissing.code, **result.exception.params)
    status = CliRunner().invoke(app, ["knowledge", "status"])
    assert TEXTS.get("empty") in " ".join(status.stdout.split())


def test_status_shows_the_newest_load_of_each_source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUB_DATA_DIR", str(tmp_path))
    url = f"sqlite:///{tmp_path / 'hub.sqlite3'}"
    upgrade(url)
    engine = sync_engine(url)
    with Session(engine) as session, session.begin():
        for day, kept in ((1, 22_111), (2, 22_507)):
            row = ImportRow(source="rncp.xml", content_hash="a", kept=kept, changed=7, refused=3)
            row.imported_at = datetime(2026, 4, day)  # noqa: DTZ001 - kept without a zone, in UTC
            session.add(row)
    engine.dispose()
    shown = CliRunner().invoke(app, ["knowledge", "status"]).stdout
    assert "22507" in shown
    assert "22111" not in shown


def test_the_command_is_told_of_in_the_help() -> None:
    result = CliRunner().invoke(app, ["knowledge", "--help"])
    assert "import" in result.stdout
    assert CLI_TEXTS.get("commands.knowledge.import").split()[0] in result.stdout
