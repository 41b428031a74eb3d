"""`hub chat`: talking to the assistant in the terminal."""

import re
import sqlite3
import subprocess
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from typer.testing import CliRunner, Result

from api.chat.tracing import NoTrace
from api.chat.visitor import Visitor
from api.cli import app
from tests.serving import COUNSELLOR, DATA_DIR, HUB, Server

COLOUR = re.compile(r"\x1b\[[\d;]*3\dm")


def chat(server: Server, *arguments: str | Path, typed: str = "") -> Result:
    given = ["chat", "--url", server.url, *(str(argument) for argument in arguments)]
    return CliRunner().invoke(app, given, input=typed)


def script_of(folder: Path, *lines: str) -> Path:
    file = folder / "script.txt"
    file.write_text("\n".join(lines), "utf-8")
    return file


def conversations(server: Server) -> int:
    with sqlite3.connect(server.log.with_suffix(".sqlite3")) as connection:
        count: int = connection.execute("SELECT count(*) FROM conversations").fetchone()[0]
    connection.close()
    return count


class TestScript:
    def test_it_is_replayed_and_the_transcript_printed(self, server: Server, tmp_path: Path) -> None:
        script = script_of(tmp_path, "# Essai", "", "je voudrais devenir comptable", "> 2", "c'est quoi la VAE ?")
        result = chat(server, "--script", script)
        assert result.exit_code == 0, result.output
        said = ["programme, pas une personne", "devenir comptable", "RNCP", "[Demandeur d'emploi]", "acquis de l'exp"]
        places = [result.stdout.find(words) for words in said]
        assert -1 not in places
        assert places == sorted(places)
        assert "Essai" not in result.stdout
        assert "  1. Trouver une formation" in result.stdout
        assert "https://" in result.stdout
        assert "intention" not in result.stdout

    def test_it_becomes_a_page(self, server: Server, tmp_path: Path) -> None:
        page = tmp_path / "page.md"
        result = chat(server, "--script", script_of(tmp_path, "# Essai", "bonjour", "> 1"), "--markdown", page)
        assert result.exit_code == 0, result.output
        written = page.read_text("utf-8")
        assert written.startswith("# Essai\n\nBonjour.")
        assert "\n> bonjour\n" in written
        assert "\n> Trouver une formation *(choix touché)*\n" in written

    @pytest.mark.parametrize(
        ("lines", "number", "words"),
        [
            (["bonjour", "", "> deux"], 3, "le numéro d'un choix"),
            (["> 0"], 1, "le numéro d'un choix"),
            (["# rien"], 1, "aucun message"),
            (["bonjour", "a" * 4001], 2, "4000 caractères"),
            (["bonjour", "> 9"], 2, "4 sont proposés"),
            (["bonjour", "\x0b\x01"], 2, "l'assistant refuse"),
        ],
    )
    def test_a_bad_line_is_named(
        self, server: Server, tmp_path: Path, lines: list[str], number: int, words: str
    ) -> None:
        script = script_of(tmp_path, *lines)
        result = chat(server, "--script", script)
        assert result.exit_code == 2
        assert f"{script}, ligne {number} : " in result.stderr
        assert words in result.stderr

    @pytest.mark.parametrize("content", [None, "été".encode("latin-1")])
    def test_a_file_that_cannot_be_read_is_named(self, server: Server, tmp_path: Path, content: bytes | None) -> None:
        script = tmp_path / "script.txt"
        if content:
            script.write_bytes(content)
        result = chat(server, "--script", script)
        assert result.exit_code == 2
        assert f"{script} : " in result.stderr


class TestTyping:
    def test_a_number_touches_a_choice_until_one_leaves(self, server: Server) -> None:
        result = chat(server, typed="bonjour\n\n1\n/quitter\njamais dit\n")
        assert result.exit_code == 0, result.output
        assert "[Trouver une formation]" in result.stdout
        assert "jamais dit" not in result.stdout
        assert "/quitter ou Ctrl-D" in result.stdout

    def test_the_end_of_the_input_leaves_and_nothing_is_kept(self, server: Server) -> None:
        before = conversations(server)
        result = chat(server, typed="bonjour\n")
        assert "est effacée" in result.stdout
        assert conversations(server) == before

    def test_the_conversation_can_be_kept(self, server: Server) -> None:
        before = conversations(server)
        result = chat(server, "--keep", "--hub", "epinal", typed="bonjour\n")
        assert "est gardée" in result.stdout
        assert conversations(server) == before + 1

    def test_erasing_by_message_ends_it(self, server: Server) -> None:
        result = chat(server, "--keep", typed="supprimez mes données\n1\nbonjour\n")
        assert result.exit_code == 0, result.output
        assert "est effacée" in result.stdout
        assert result.stdout.count("Vous >") == 3

    def test_what_a_message_says_is_never_read_as_style(self, server: Server, tmp_path: Path) -> None:
        result = chat(server, "--script", script_of(tmp_path, "[red]bonjour[/red] [/]"))
        assert "[red]bonjour[/red] [/]" in result.stdout


@pytest.fixture
def visitor(server: Server) -> Iterator[Visitor]:
    """Someone in the terminal, whose conversation is erased at the end."""
    opened = Visitor.open(server.url, None)
    yield opened
    opened.leave(keep=False)


def test_a_counsellor_is_heard_too(server: Server, visitor: Visitor) -> None:
    visitor.say("je veux parler à quelqu'un")
    case = visitor.http.get(f"/api/conversations/{visitor.id}").json()["handover"]["case_id"]
    with httpx.Client(base_url=server.url) as desk:
        session = desk.post("/api/session", json=dict(zip(("email", "password"), COUNSELLOR, strict=True)))
        desk.headers["X-CSRF-Token"] = session.json()["csrf"]
        for act, body in (("claim", None), ("messages", {"text": "Bonjour, Claire du hub."})):
            assert desk.post(f"/api/cases/{case}/{act}", json=body).is_success
    heard = [(message.author, message.text) for message in visitor.news()]
    assert ("counsellor", "Bonjour, Claire du hub.") in heard
    assert visitor.news() == []


class TestTrace:
    def test_each_turn_shows_what_was_understood_and_done_and_why(
        self, monkeypatch: pytest.MonkeyPatch, server: Server, tmp_path: Path
    ) -> None:
        monkeypatch.setenv("HUB_DATA_DIR", str(DATA_DIR))
        lines = (
            "je suis coiffeuse et je voudrais devenir comptable",
            "> 1",
            "c'est quoi la VAE ?",
            "un conseiller svp",
        )
        result = chat(server, "--trace", "--script", script_of(tmp_path, *lines))
        assert result.exit_code == 0, result.output
        first, touched, asked, handed = result.stdout.split("Vous >")[1:]
        assert re.search(r"intention\s+change_career 0\.\d\d", first)
        assert re.search(r"faits lus\s.*job\[target\] = M1203 [01]\.\d\d", first)
        assert re.search(r"profil\s.*target_job = M1203", first)
        assert re.search(r"actions\s+interview_form \(RulePolicy : .*question\) → action_listen", first)
        assert "requested_slot = status" in first
        assert "proposed = ['RNCP" in first
        assert "inform 1.00" in touched
        assert "status = employee" in touched
        assert "interview_form (s'efface) → action_answer (RulePolicy : text) → interview_form" in asked
        assert "topic = vae" in asked
        assert re.search(r"raisons\s.*passage à un conseiller : asked", handed)
        assert len(re.findall(r"durée\s+\d+ ms", result.stdout)) == len(lines)

    def test_a_value_that_changes_shows_both(
        self, monkeypatch: pytest.MonkeyPatch, server: Server, tmp_path: Path
    ) -> None:
        monkeypatch.setenv("HUB_DATA_DIR", str(DATA_DIR))
        script = script_of(tmp_path, "je cherche une formation de plombier à Colmar", "non pas Colmar, Épinal")
        assert "location = 68066 → 88160" in chat(server, "--trace", "--script", script).stdout

    def test_elsewhere_than_on_the_server_it_is_refused(
        self, monkeypatch: pytest.MonkeyPatch, server: Server, tmp_path: Path
    ) -> None:
        monkeypatch.setenv("HUB_DATA_DIR", str(tmp_path))
        assert isinstance(chat(server, "--trace").exception, NoTrace)

    def test_what_the_engine_did_not_keep_is_said(
        self, monkeypatch: pytest.MonkeyPatch, server: Server, tmp_path: Path
    ) -> None:
        monkeypatch.setenv("HUB_DATA_DIR", str(tmp_path))
        (tmp_path / "rasa").mkdir()
        (tmp_path / "rasa" / "trackers.sqlite3").touch()
        result = chat(server, "--trace", "--script", script_of(tmp_path, "bonjour"))
        assert "n'a rien gardé de ce tour" in result.stdout
        assert "durée" in result.stdout


@pytest.mark.parametrize("trace", [(), ("--trace",)])
def test_colours_are_for_who_wants_them(
    monkeypatch: pytest.MonkeyPatch, server: Server, tmp_path: Path, trace: tuple[str, ...]
) -> None:
    monkeypatch.setenv("HUB_DATA_DIR", str(DATA_DIR))
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.delenv("NO_COLOR", raising=False)
    script = script_of(tmp_path, "bonjour")
    assert COLOUR.search(chat(server, *trace, "--script", script).stdout)
    monkeypatch.setenv("NO_COLOR", "1")
    assert not COLOUR.search(chat(server, *trace, "--script", script).stdout)


def test_where_nobody_answers_it_says_how_to_start() -> None:
    for url in ("http://127.0.0.1:1", "http://["):
        run = subprocess.run([HUB, "chat", "--url", url], capture_output=True, text=True, input="")
        assert (run.returncode, run.stdout) == (1, "")
        assert "hub serve" in run.stderr
        assert "Traceback" not in run.stderr
