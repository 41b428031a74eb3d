"""The conversations of the documentation are what the assistant really says."""

from collections.abc import Iterator
from difflib import unified_diff
from pathlib import Path

import pytest

from tests.end_to_end.conversations import PAGES, SCRIPTS, page_of, replay, summary_of
from tests.serving import Server, serving

PUBLICS = 10


@pytest.fixture(scope="module")
def deserted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """An assistant of which no counsellor is on line: what it says of the wait does not depend on other tests."""
    with serving(tmp_path_factory.mktemp("deserted") / "hub.sqlite3", HUB_MESSAGES_PER_MINUTE="0") as running:
        yield running


def test_there_is_a_page_for_each_public_and_the_index_names_it() -> None:
    index = (PAGES / "README.md").read_text("utf-8")
    pages = [page_of(script) for script in SCRIPTS]
    assert len(pages) >= PUBLICS
    assert [page.name for page in pages if not page.exists() or f"({page.name})" not in index] == []


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.stem)
def test_the_pages_say_what_the_assistant_and_its_summary_say(script: Path, deserted: Server, tmp_path: Path) -> None:
    page, summary = page_of(script), summary_of(script)
    now, summary_now = tmp_path / page.name, tmp_path / "resumes" / page.name
    summary_now.parent.mkdir()
    replay(deserted.url, script, now, summary_now if summary else None)
    differences = [_difference(page, now), _difference(summary, summary_now) if summary else ""]
    if any(differences):
        told = "\n".join(differences)
        pytest.fail(f"{told}\n\nIf this is better, write the pages again: make conversations", pytrace=False)


def _difference(kept: Path, now: Path) -> str:
    before = kept.read_text("utf-8").splitlines() if kept.exists() else []
    after = now.read_text("utf-8").splitlines()
    return "\n".join(unified_diff(before, after, str(kept.relative_to(PAGES)), "now", lineterm="", n=2))
