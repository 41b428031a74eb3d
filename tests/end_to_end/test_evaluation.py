"""`hub eval nlu` over the models that serve."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.chat.dialogues import DialogueInvalid
from api.cli import app
from tests.serving import DATA_DIR, Server

DIALOGUES = """
- id: comptable
  says:
    - bonjour, je voudrais devenir comptable
    - {text: "au fait, c'est quoi le CPF ?", when: now}
    - je veux parler à un conseiller
  knows: {status: je suis au chômage, location: à Sedan, education_level: [je ne sais plus, un bac], other: non}
  expect: {profile: {target_job: M1203, status: jobseeker, location: ["08409"]}}
"""


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


def test_summaries_are_scored_on_dialogues_played_with_the_assistant(server: Server, tmp_path: Path) -> None:
    file = tmp_path / "dialogues.yml"
    file.write_text(DIALOGUES, "utf-8")
    result = CliRunner().invoke(app, ["eval", "summaries", str(file), "--url", server.url])
    assert result.exit_code == 0, result.output
    assert "Faits attendus par les dialogues dans le résumé : 3 sur 3." in result.stdout
    assert "Lignes que rien ne dit : 0." in result.stdout
    file.write_text("- {id: sans-paroles}", "utf-8")
    assert isinstance(CliRunner().invoke(app, ["eval", "summaries", str(file)]).exception, DialogueInvalid)
