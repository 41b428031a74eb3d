"""`hub nlu lint`, `hub nlu audit`, `hub eval intents`, `hub eval nlu`: what a contributor reads."""

import csv
import json
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner, Result

from api.cli import app
from nlu.method import LabelledFileInvalid

MESSAGES = {
    "greet": [
        *("bonjour", "salut", "bonsoir", "coucou", "bonjour madame"),
        *("salut à tous", "hello", "bien le bonjour", "bonsoir monsieur", "re bonjour"),
    ],
    "thank": [
        *("merci", "merci beaucoup", "un grand merci", "mille mercis", "je vous remercie"),
        *("merci bien", "merci à vous", "remerciements", "thanks", "merci infiniment"),
    ],
    "ask_price": [
        *("c'est combien", "quel est le prix", "ça coûte cher", "le tarif svp", "combien ça coûte"),
        *("à quel prix", "prix de la formation", "combien faut-il payer", "quel tarif", "coût total"),
    ],
}


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def corpus(folder: Path, messages: dict[str, list[str]]) -> Path:
    folder.mkdir()
    nlu = [
        {"intent": intent, "examples": "".join(f"- {text}\n" for text in texts)} for intent, texts in messages.items()
    ]
    (folder / "all.yml").write_text(yaml.safe_dump({"version": "3.1", "nlu": nlu}, allow_unicode=True), "utf-8")
    return folder


def labelled(file: Path, rows: list[tuple[str, str]], header: tuple[str, str] = ("utterance", "intent")) -> Path:
    with file.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([header, *rows])
    return file


def all_rows() -> list[tuple[str, str]]:
    return [(text, intent) for intent, texts in MESSAGES.items() for text in texts]


def test_lint_says_what_to_repair_and_fails(tmp_path: Path) -> None:
    folder = corpus(tmp_path / "corpus", MESSAGES | {"deny": ["Merci !", "non"]})
    result = run("nlu", "lint", "--corpus", folder)
    assert result.exit_code == 1
    assert "« Merci ! »" in result.stdout
    assert "deny n'a que 2 messages" in result.stdout


def test_lint_finds_what_was_copied_from_an_evaluation_file(tmp_path: Path) -> None:
    folder = corpus(tmp_path / "corpus", MESSAGES)
    forbidden = tmp_path / "dev.jsonl"
    forbidden.write_text(json.dumps({"text": "prix de la formation ?"}), "utf-8")
    result = run("nlu", "lint", "--corpus", folder, "--against", forbidden)
    assert "trop proche d'un message d'évaluation" in result.stdout


def test_lint_passes_on_our_messages() -> None:
    result = run("nlu", "lint")
    assert result.exit_code == 0, result.stdout
    assert "À réparer : 0" in result.stdout


def test_audit_shows_the_message_put_in_the_wrong_place(tmp_path: Path) -> None:
    wrong = "merci beaucoup à vous"
    folder = corpus(tmp_path / "corpus", MESSAGES | {"greet": [*MESSAGES["greet"], wrong]})
    result = run("nlu", "audit", "--corpus", folder)
    assert result.exit_code == 0, result.output
    assert "greet → thank" in result.stdout
    assert wrong in result.stdout


def test_the_method_is_scored_on_any_two_files(tmp_path: Path) -> None:
    train = labelled(tmp_path / "train.csv", all_rows())
    test = labelled(
        tmp_path / "test.csv", [("bonsoir à tous", "greet"), ("merci bcp", "thank"), ("le prix ?", "ask_price")]
    )
    result = run("eval", "intents", "--train", train, "--test", test)
    assert result.exit_code == 0, result.output
    assert "intent accuracy" in result.stdout
    assert "1.000" in result.stdout


@pytest.mark.parametrize(
    ("rows", "header", "line"),
    [
        ([("bonjour", "greet"), ("merci", "")], ("utterance", "intent"), 3),
        ([("bonjour", "greet")], ("text", "label"), 2),
        ([], ("utterance", "intent"), 1),
    ],
)
def test_a_bad_labelled_file_is_named_with_its_line(
    tmp_path: Path, rows: list[tuple[str, str]], header: tuple[str, str], line: int
) -> None:
    bad = labelled(tmp_path / "bad.csv", rows, header)
    good = labelled(tmp_path / "good.csv", all_rows())
    error = run("eval", "intents", "--train", bad, "--test", good).exception
    assert isinstance(error, LabelledFileInvalid)
    assert (error.params["file"], error.params["line"]) == ("bad.csv", line)


def test_a_file_in_another_encoding_is_said(tmp_path: Path) -> None:
    bad = tmp_path / "bad.csv"
    bad.write_bytes("utterance,intent\nça coûte,ask_price\n".encode("latin-1"))
    good = labelled(tmp_path / "good.csv", all_rows())
    error = run("eval", "intents", "--train", good, "--test", bad).exception
    assert isinstance(error, LabelledFileInvalid)
