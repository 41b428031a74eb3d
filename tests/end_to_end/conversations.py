"""The conversations of `docs/conversations/`, replayed with `hub chat`. As a program (`make conversations`), writes the
pages again from the scripts."""

import tempfile
from pathlib import Path

from typer.testing import CliRunner

from api.cli import app
from tests.serving import ROOT, serving

PAGES = ROOT / "docs" / "conversations"
SCRIPTS = sorted((PAGES / "scripts").glob("*.txt"))


def page_of(script: Path) -> Path:
    """The page that a script makes."""
    return PAGES / f"{script.stem}.md"


def replay(url: str, script: Path, page: Path) -> None:
    """Play `script` with the assistant at `url` and write its page."""
    arguments = ["chat", "--url", url, "--script", script, "--markdown", page]
    result = CliRunner().invoke(app, [str(argument) for argument in arguments])
    assert result.exit_code == 0, result.output


def main() -> None:
    """Write every page, with starter knowledge on the day that the tests take for today."""
    with (
        tempfile.TemporaryDirectory() as folder,
        serving(Path(folder) / "hub.sqlite3", HUB_MESSAGES_PER_MINUTE="0") as server,
    ):
        for script in SCRIPTS:
            replay(server.url, script, page_of(script))


if __name__ == "__main__":
    main()
