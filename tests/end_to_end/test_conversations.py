"""The conversations of the documentation are what the assistant really says."""

from difflib import unified_diff
from pathlib import Path

import pytest

from tests.end_to_end.conversations import PAGES, SCRIPTS, page_of, replay
from tests.serving import Server

PUBLICS = 10


def test_there_is_a_page_for_each_public_and_the_index_names_it() -> None:
    index = (PAGES / "README.md").read_text("utf-8")
    pages = [page_of(script) for script in SCRIPTS]
    assert len(pages) >= PUBLICS
    assert [page.name for page in pages if not page.exists() or f"({page.name})" not in index] == []


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.stem)
def test_the_page_says_what_the_assistant_says(script: Path, server: Server, tmp_path: Path) -> None:
    now = tmp_path / "now.md"
    replay(server.url, script, now)
    page = page_of(script)
    kept = page.read_text("utf-8") if page.exists() else ""
    lines = (kept.splitlines(), now.read_text("utf-8").splitlines())
    difference = "\n".join(unified_diff(*lines, f"docs/conversations/{page.name}", "now", lineterm="", n=2))
    if difference:
        pytest.fail(f"{difference}\n\nIf this is better, write the pages again: make conversations", pytrace=False)
