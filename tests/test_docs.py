"""The guides tell the truth: every setting is documented, every command and file they name exists."""

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.settings import Settings

ROOT = Path(__file__).resolve().parents[1]
GUIDES = sorted((ROOT / "docs").glob("*.md"))
EACH_GUIDE = pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.name)


def test_every_setting_is_documented() -> None:
    documented = set(re.findall(r"^\| `(HUB_\w+)`", (ROOT / "docs" / "reglages.md").read_text("utf-8"), re.M))
    assert documented == {f"HUB_{name.upper()}" for name in Settings.model_fields}


@EACH_GUIDE
def test_guides_are_short(guide: Path) -> None:
    assert len(guide.read_text("utf-8").splitlines()) < 120


@EACH_GUIDE
def test_named_settings_exist(guide: Path) -> None:
    named = set(re.findall(r"\bHUB_[A-Z_]+\b", guide.read_text("utf-8")))
    assert named <= {f"HUB_{name.upper()}" for name in Settings.model_fields}


@EACH_GUIDE
def test_links_lead_somewhere(guide: Path) -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", guide.read_text("utf-8"))
    assert [link for link in links if not (guide.parent / link).exists()] == []


@EACH_GUIDE
def test_named_files_exist(guide: Path) -> None:
    rooms = r"`((?:knowledge|nlu|bot|connectors|api|tests|docs)/[\w./-]*)`"
    named = re.findall(rooms, guide.read_text("utf-8"))
    assert [name for name in named if not (ROOT / name).exists()] == []


@EACH_GUIDE
def test_named_commands_exist(guide: Path) -> None:
    from api.cli import app

    named = set(re.findall(r"(?:`|\.venv/bin/)hub ([a-z]+(?: [a-z]+)?)", guide.read_text("utf-8")))
    helped = {words: CliRunner().invoke(app, [*words.split(), "--help"]).exit_code for words in named}
    assert [words for words, status in helped.items() if status != 0] == []
