"""Rasa's own look at our project: stories without conflict, and the same intents in the domain as in the messages."""

import os
import subprocess

from connectors.rasa.picture import page
from tests.serving import ROOT

PROJECT = ROOT / "bot" / "rasa"
PYTHON = ROOT / ".venv-rasa" / "bin" / "python"


def test_rasa_finds_nothing_wrong() -> None:
    command = [PYTHON, "-W", "ignore", "-m", "rasa", "data", "validate", "--fail-on-warnings", "--config", "config.yml"]
    command += ["--domain", "domain", "--data", "data", ROOT / "nlu" / "corpus"]
    environment = os.environ | {"RASA_TELEMETRY_ENABLED": "false"}
    done = subprocess.run(command, cwd=PROJECT, env=environment, capture_output=True, text=True, check=False)
    said = done.stdout + done.stderr
    assert done.returncode == 0, said[-2000:]
    assert "No story structure conflicts found" in said
    assert [line for line in said.splitlines() if "The intent '" in line] == []


def test_the_picture_of_the_dialogue_is_that_of_the_rules() -> None:
    assert (ROOT / "docs" / "dialogue.md").read_text("utf-8") == page(), "make conversations"
