"""`hub knowledge search` and `hub eval search`, over the starter knowledge."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy.orm import Session
from typer.testing import CliRunner, Result

from api.cli import app
from api.migrate import upgrade
from knowledge.database import sync_engine
from knowledge.starter import load_starter
from tests.serving import DATA_DIR


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> str:
    url = f"sqlite:///{tmp_path_factory.mktemp('search') / 'hub.sqlite3'}"
    upgrade(url)
    engine = sync_engine(url)
    with Session(engine) as session, session.begin():
        load_starter(session, datetime(2026, 11, 23, tzinfo=UTC))
    engine.dispose()
    return url


def run(monkeypatch: pytest.MonkeyPatch, database: str, *arguments: str, stdin: str | None = None) -> Result:
    monkeypatch.setenv("HUB_DATABASE_URL", database)
    monkeypatch.setenv("HUB_DATA_DIR", str(DATA_DIR))
    return CliRunner().invoke(app, arguments, input=stdin)


def test_one_json_line_a_query(monkeypatch: pytest.MonkeyPatch, database: str) -> None:
    asked = "RNCP37121\n\npetite enfance\n"
    result = run(monkeypatch, database, "knowledge", "search", "--json", "--limit", "3", stdin=asked)
    assert result.exit_code == 0, result.output
    answers = [json.loads(line) for line in result.stdout.splitlines()]
    assert [answer["query"] for answer in answers] == ["RNCP37121", "petite enfance"]
    assert answers[0]["results"][0]["code"] == "RNCP37121"
    assert len(answers[1]["results"]) == 3


def test_a_table_to_read(monkeypatch: pytest.MonkeyPatch, database: str) -> None:
    result = run(monkeypatch, database, "knowledge", "search", "je veux travailler dans la petite enfance")
    assert result.exit_code == 0, result.output
    assert "petite enfance" in result.stdout
    assert "RNCP" in result.stdout


def test_an_evaluation_prints_the_figures(monkeypatch: pytest.MonkeyPatch, database: str, tmp_path: Path) -> None:
    judged = tmp_path / "judged.jsonl"
    rows = [
        {"id": "1", "query": "RNCP37121", "slice": "code", "judgments": {"RNCP37121": 3}},
        {"id": "2", "query": "des paroles de chanson", "slice": "none", "none": True, "judgments": {}},
    ]
    judged.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    result = run(monkeypatch, database, "eval", "search", str(judged))
    assert result.exit_code == 0, result.output
    assert "nDCG@10" in result.stdout
    assert "1.000" in result.stdout
    assert "100.0%" in result.stdout


def test_an_unprepared_installation_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    result = run(monkeypatch, f"sqlite:///{tmp_path / 'empty.sqlite3'}", "knowledge", "search", "pain")
    assert result.exit_code != 0
    assert getattr(result.exception, "code", None) == "not_prepared"
