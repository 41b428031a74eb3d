"""What people do at the pages, in their words; how the pages are made stays here."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, Request, expect

from tests.serving import COUNSELLOR


class Person:
    """Someone before a page."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def button(self, name: str) -> Locator:
        """The button of that name, exactly."""
        return self.page.get_by_role("button", name=name, exact=True)

    @property
    def messages(self) -> Locator:
        """The messages on screen."""
        return self.page.locator("hub-transcript article")

    def sees(self, text: str) -> None:
        """A message holds this text."""
        expect(self.messages.filter(has_text=text).first).to_be_visible()

    def barriers(self) -> list[str]:
        """What axe-core finds wrong with the page as it stands."""
        found: list[dict[str, Any]] = Axe().run(self.page).response["violations"]
        return [f"{rule['id']}: {node['target']}" for rule in found for node in rule["nodes"]]

    def is_wider_than_the_screen(self) -> bool:
        """Whether one would have to scroll sideways."""
        return bool(self.page.evaluate("document.documentElement.scrollWidth > innerWidth"))


class Visitor(Person):
    """Someone at the chat."""

    address = "/"
    start = "Commencer"

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.requests: list[Request] = []
        page.on("request", lambda request: self.requests.append(request))
        page.goto(self.address)

    def opens(self) -> None:
        """Opens the conversation."""
        self.button(self.start).click()
        expect(self.messages.nth(1)).to_be_visible()

    def writes(self, text: str) -> None:
        """Writes and sends, then waits for the answer."""
        self.page.get_by_label("Votre message").fill(text)
        self.button("Envoyer").click()
        self.waits()

    def waits(self) -> None:
        """Waits until the assistant no longer searches and everything is sent."""
        expect(self.page.locator("#thinking")).to_have_text("")
        expect(self.page.locator(".pending")).to_have_count(0)

    @property
    def key(self) -> tuple[str, str]:
        """Path and authorization of the conversation, as the page uses them."""
        last = next(r for r in reversed(self.requests) if r.url.endswith("/events"))
        return last.url.removesuffix("/events"), last.headers["authorization"]

    def still_exists(self) -> bool:
        """Whether the application still knows the conversation."""
        url, authorization = self.key
        return self.page.request.get(url, headers={"Authorization": authorization}).status != 404


class KioskVisitor(Visitor):
    """Someone before the kiosk of Charleville-Mézières."""

    address = "/kiosk?hub=charleville-mezieres"
    start = "Touchez pour commencer"

    def __init__(self, page: Page) -> None:
        page.clock.install()
        super().__init__(page)

    def does_nothing_for(self, seconds: int) -> None:
        """Time passes without a touch."""
        self.page.clock.run_for(seconds * 1000)


class Counsellor(Person):
    """Claire, at the desk."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        page.goto("/conseil")

    def signs_in(self, password: str = COUNSELLOR[1], email: str = COUNSELLOR[0]) -> None:
        """Fills in the form and sends it."""
        self.page.get_by_label("Adresse e-mail").fill(email)
        self.page.get_by_label("Mot de passe", exact=True).fill(password)
        self.button("Entrer").click()

    def case(self, about: str) -> Locator:
        """The entry of the list whose request holds these words."""
        return self.page.locator("#queue button").filter(has_text=about)

    def opens_case(self, about: str) -> None:
        """Opens that entry."""
        self.case(about).click()
        expect(self.page.locator("#summary")).to_contain_text(about)

    def answers(self, text: str) -> None:
        """Writes to the person."""
        self.page.get_by_label("Votre réponse à la personne").fill(text)
        self.button("Envoyer à la personne").click()
        self.sees(text)
