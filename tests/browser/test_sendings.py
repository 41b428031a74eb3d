"""The pages around what is sent: a link that is too old, and what could not leave."""

from playwright.sync_api import Route, expect

from tests.browser.conftest import PHONE, Windows
from tests.browser.people import Counsellor, Person


def test_a_link_that_is_too_old_says_so_and_leads_on(windows: Windows) -> None:
    someone = Person(windows.open(PHONE).new_page())
    someone.page.goto("/reprendre#ancien")
    expect(someone.page.get_by_role("heading", name="Ce lien n'est plus valable")).to_be_focused()
    assert "ancien" not in someone.page.url
    assert someone.barriers() == []
    someone.page.get_by_role("link", name="Commencer une conversation").click()
    expect(someone.button("Commencer")).to_be_visible()


def test_a_manager_sees_that_nothing_failed_and_that_no_mail_is_set(counsellor: Counsellor) -> None:
    def without_mail(route: Route) -> None:
        route.fulfill(json=route.fetch().json() | {"sends_mail": False})

    counsellor.page.route("**/api/outbox?*", without_mail)
    counsellor.page.goto("/conseil/envois")
    counsellor.signs_in()  # and is brought back
    expect(counsellor.page.get_by_text("Tout a pu partir. Rien à faire ici.")).to_be_visible()
    expect(counsellor.page.get_by_text("L'envoi d'e-mails n'est pas réglé")).to_be_visible()
    assert counsellor.barriers() == []
