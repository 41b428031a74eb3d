"""The public pages in a real browser: no barrier, no sideways scrolling, from the chat and back."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import Windows
from tests.browser.people import Visitor

PAGES = (
    "/certifications/RNCP37121",
    "/certifications?q=comptable",
    "/certifications?q=les+paroles+d%27une+chanson",
    "/metiers/M1203",
    "/metiers?q=soudeur",
    "/formations/exemple-RNCP36406_1",
    "/metiers",
    "/glossaire",
    "/financements/cpf",
    "/certifications/RNCP999999",
)


def is_wider_than_the_screen(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))


@pytest.mark.parametrize("path", PAGES)
def test_no_barrier_and_room_for_small_screens(windows: Windows, path: str) -> None:
    page = windows.open((320, 640)).new_page()
    page.goto(path)
    for more in page.locator("details > summary").all()[:3]:
        more.click()
    assert [one["id"] for one in Axe().run(page).response["violations"]] == []
    assert not is_wider_than_the_screen(page)
    # A page that is not there is an error for the console too: it is expected here.
    windows.complaints[:] = [one for one in windows.complaints if "404" not in one]


def test_the_keyboard_goes_to_the_content_and_to_the_assistant(windows: Windows) -> None:
    page = windows.open((1280, 900)).new_page()
    page.goto("/certifications/RNCP37121")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.get_by_role("link", name="En parler avec l'assistant").click()
    expect(page.get_by_role("button", name="Commencer")).to_be_visible()


def test_on_paper_what_was_folded_is_there_and_what_cannot_be_clicked_is_not(windows: Windows) -> None:
    page = windows.open((794, 1123)).new_page()
    page.goto("/glossaire")
    folded = page.locator("section > details > p").first
    expect(folded).not_to_be_visible()
    page.emulate_media(media="print")
    expect(folded).to_be_visible()
    expect(page.get_by_role("link", name="En parler avec l'assistant")).not_to_be_visible()
    expect(page.get_by_text("vérifié le").first).to_be_visible()


def test_from_the_chat_a_certification_opens_beside_it(visitor: Visitor) -> None:
    visitor.opens()
    visitor.writes("je veux devenir comptable")
    first = visitor.page.locator(".card-title a").first
    expect(first).to_have_attribute("href", "/certifications/RNCP37121")
    with visitor.page.context.expect_page() as opened:
        first.click()
    expect(opened.value.locator("h1")).to_contain_text("omptable")
