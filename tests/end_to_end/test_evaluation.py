"""`hub eval nlu` over the models that serve."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.cli import app
from tests.serving import DATA_DIR, Server


def test_understanding_is_scored_also_on_messages_written_worse(
    monkeypatch: pytest.MonkeyPatch, server: Server, tmp_path: Path
) -> None:
    monkeypatch.setenv("HUB_DATABASE_URL", f"sqlite:///{server.log.with_suffix('.sqlite3')}")
    monkeypatch.setenv("HUB_DATA_DIR", str(DATA_DIR))
    gold = tmp_path / "gold.jsonl"
    rows = [{"text": "bonjour", "intent": "greet"}, {"text": "je veux parler à quelqu'un", "intent": "talk_to_human"}]
    gold.write_text("\n".join(json.dumps(row) for row in rows), "utf-8")
    result = CliRunner().invoke(app, ["eval", "nlu", str(gold), "--robustness"])
    assert result.exit_code == 0, result.output
    for line in ("tels quels", "sans accents", "en capitales", "fautes de frappe", "abrégés"):
        assert line in result.stdout
    assert result.stdout.count("1.000") >= 4
