"""The conversations of `docs/conversations/`, replayed with `hub chat`. As a program (`make conversations`), writes the
pages again from the scripts."""

import tempfile
from pathlib import Path

from typer.testing import CliRunner

from api.cli import app
from tests.serving import ROOT, serving

PAGES = ROOT / "docs" / "conversations"
SUMMARISED = frozenset({"creation-entreprise", "employeur", "handicap", "salariee-change-de-metier", "savoirs-de-base"})
SCRIPTS = sorted((PAGES / "scripts").glob("*.txt"))


def page_of(script: Path) -> Path:
    """The page that a script makes."""
    return PAGES / f"{script.stem}.md"


def summary_of(script: Path) -> Path | None:
    """The summary of the conversation that a script makes, where it has one: five that are passed on."""
    return PAGES / "resumes" / f"{script.stem}.md" if script.stem in SUMMARISED else None


def replay(url: str, script: Path, page: Path, summary: Path | None) -> None:
    """Play `script` with the assistant at `url`, and write its page and its summary."""
    arguments = ["chat", "--url", url, "--script", script, "--markdown", page]
    arguments += ["--summary", summary] if summary else []
    result = CliRunner().invoke(app, [str(argument) for argument in arguments])
    assert result.exit_code == 0, result.output


def main() -> None:
    """Write every page, with starter knowledge on the day that the tests take for today."""
    with (
        tempfile.TemporaryDirectory() as folder,
        serving(Path(folder) / "hub.sqlite3", HUB_MESSAGES_PER_MINUTE="0") as server,
    ):
        for script in SCRIPTS:
            replay(server.url, script, page_of(script), summary_of(script))


if __name__ == "__main__":
    main()
