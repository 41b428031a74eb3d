"""A real Chromium, and people in front of it."""

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, expect, sync_playwright

from tests.browser.people import Counsellor, KioskVisitor, Visitor
from tests.serving import Server

CHROMIUM = shutil.which("chromium")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE_MS = 30_000  # for a loaded machine; what is ready is seen at once
DESKTOP = (1280, 900)
PHONE = (390, 844)
KIOSK = (1080, 1920)


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Chromium as Debian packages it."""
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed: apt-get install chromium")
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield launched
        launched.close()


class Windows:
    """Opens windows that share nothing, and keeps what their scripts complained about."""

    def __init__(self, browser: Browser, url: str) -> None:
        self._browser = browser
        self._url = url
        self.contexts: list[BrowserContext] = []
        self.complaints: list[str] = []

    def open(self, size: tuple[int, int], url: str | None = None, **options: bool) -> BrowserContext:
        """A fresh browser profile, which reaches the assistant at `url`. Animations are off: they are not what is
        tested."""
        context = self._browser.new_context(
            base_url=url or self._url,
            viewport={"width": size[0], "height": size[1]},
            locale="fr-FR",
            reduced_motion="reduce",
            **options,  # type: ignore[arg-type]  # has_touch, is_mobile
        )
        context.set_default_timeout(PATIENCE_MS)
        context.on("weberror", lambda error: self.complaints.append(str(error.error)))
        context.on("console", lambda said: self._complain(said.text) if said.type == "error" else None)
        self.contexts.append(context)
        return context

    def _complain(self, text: str) -> None:
        # An answer with an error status, or none, is what some tests are about; Chromium logs each.
        if "Failed to load resource" not in text and "net::ERR_" not in text:
            self.complaints.append(text)


@pytest.fixture
def windows(browser: Browser, server: Server) -> Iterator[Windows]:
    """Windows on the running assistant. A script error in any of them fails the test."""
    opened = Windows(browser, server.url)
    yield opened
    for context in opened.contexts:
        context.close()
    assert opened.complaints == []


@pytest.fixture
def visitor(windows: Windows) -> Visitor:
    """Someone at home, on the chat page, which is not opened yet."""
    return Visitor(windows.open(DESKTOP).new_page())


@pytest.fixture
def phone_visitor(windows: Windows) -> Visitor:
    """Someone on a phone, on the chat page."""
    return Visitor(windows.open(PHONE, has_touch=True, is_mobile=True).new_page())


@pytest.fixture
def kiosk(windows: Windows) -> KioskVisitor:
    """Someone in the hall of a hub, before the kiosk. Its clock is in the hands of the test."""
    return KioskVisitor(windows.open(KIOSK, has_touch=True).new_page())


@pytest.fixture
def counsellor(windows: Windows) -> Counsellor:
    """Claire at the desk, not signed in yet."""
    return Counsellor(windows.open((1440, 1000)).new_page())
