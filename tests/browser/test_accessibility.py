"""No barrier that axe-core can find, on each page and in each of its states; room for large type and small screens."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE, Windows
from tests.browser.messages import EVERY_KIND, show
from tests.browser.people import Counsellor, KioskVisitor, Visitor

REFLOW = (320, 640)


class TestChat:
    def test_before_it_is_opened(self, visitor: Visitor) -> None:
        assert visitor.barriers() == []

    def test_with_an_answer_and_its_buttons(self, visitor: Visitor) -> None:
        visitor.opens()
        visitor.writes("je voudrais devenir comptable, j'habite à Colmar, j'ai 1 200 € sur mon CPF")
        expect(visitor.page.locator("#known")).to_contain_text("Colmar")
        assert visitor.barriers() == []

    def test_with_every_kind_of_message(self, visitor: Visitor) -> None:
        visitor.opens()
        show(visitor.page, *EVERY_KIND)
        for more in visitor.page.locator(".record summary").all():
            more.click()
        assert visitor.barriers() == []

    def test_on_a_phone(self, phone_visitor: Visitor) -> None:
        phone_visitor.opens()
        phone_visitor.writes("je cherche une formation de cuisinier")
        phone_visitor.page.get_by_text("Ce que j'ai compris").click()
        assert phone_visitor.barriers() == []
        assert not phone_visitor.is_wider_than_the_screen()

    def test_every_kind_of_message_fits_a_phone(self, phone_visitor: Visitor) -> None:
        phone_visitor.opens()
        show(phone_visitor.page, *EVERY_KIND)
        widest = "Math.max(...[...document.querySelectorAll('.message')].map((m) => m.getBoundingClientRect().right))"
        assert phone_visitor.page.evaluate(widest) <= PHONE[0]
        assert phone_visitor.barriers() == []

    def test_confirming_erasure(self, visitor: Visitor) -> None:
        visitor.opens()
        visitor.button("Tout effacer").click()
        assert visitor.barriers() == []


class TestKiosk:
    def test_waiting_for_someone(self, kiosk: KioskVisitor) -> None:
        assert kiosk.barriers() == []

    def test_in_conversation(self, kiosk: KioskVisitor) -> None:
        kiosk.opens()
        assert kiosk.barriers() == []

    def test_asking_whether_someone_is_there(self, kiosk: KioskVisitor) -> None:
        kiosk.opens()
        kiosk.does_nothing_for(80)
        expect(kiosk.page.get_by_role("dialog")).to_be_visible()
        assert kiosk.barriers() == []

    def test_everything_to_touch_is_large(self, kiosk: KioskVisitor) -> None:
        kiosk.opens()
        show(kiosk.page, *EVERY_KIND)
        touched = kiosk.page.locator("button:visible, textarea:visible, summary:visible").all()
        heights = {each.inner_text()[:30]: (each.bounding_box() or {"height": 0})["height"] for each in touched}
        assert len(heights) > 5
        assert {name: height for name, height in heights.items() if height < 64} == {}


class TestDesk:
    def test_signing_in(self, counsellor: Counsellor) -> None:
        expect(counsellor.button("Entrer")).to_be_visible()
        assert counsellor.barriers() == []

    def test_queue_and_case(self, visitor: Visitor, counsellor: Counsellor) -> None:
        visitor.opens()
        visitor.writes("je travaille dans une boulangerie à Verdun et je veux parler à quelqu'un")
        counsellor.signs_in()
        expect(counsellor.case("boulangerie à Verdun")).to_be_visible()
        assert counsellor.barriers() == []
        counsellor.opens_case("boulangerie à Verdun")
        counsellor.button("Prendre cette demande").click()
        expect(counsellor.button("Rendre à l'assistant")).to_be_visible()
        assert counsellor.barriers() == []
        counsellor.page.set_viewport_size({"width": 820, "height": 1180})
        assert counsellor.barriers() == []
        assert not counsellor.is_wider_than_the_screen()


@pytest.mark.parametrize("address", ["/", "/kiosk", "/conseil"])
def test_a_screen_of_320_pixels_is_enough(windows: Windows, address: str) -> None:
    page = windows.open(REFLOW).new_page()
    page.goto(address)
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")


def test_twice_the_type_size_still_fits(visitor: Visitor) -> None:
    visitor.opens()
    show(visitor.page, *EVERY_KIND)
    visitor.page.set_viewport_size({"width": 640, "height": 450})  # 1280 × 900 zoomed to 200 %
    assert not visitor.is_wider_than_the_screen()
    visitor.page.get_by_label("Votre message").scroll_into_view_if_needed()
    expect(visitor.button("Envoyer")).to_be_in_viewport()


@pytest.mark.parametrize("address", ["/", "/kiosk", "/conseil"])
def test_pages_load_nothing_from_elsewhere(windows: Windows, address: str) -> None:
    page = windows.open(REFLOW).new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address, wait_until="networkidle")
    origin = page.url.removesuffix(address)
    assert len(asked) > 5
    assert [url for url in asked if not url.startswith(f"{origin}/")] == []
