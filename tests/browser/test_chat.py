"""The chat page as its visitors use it."""

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.messages import CERTIFICATION, LINE, PATHWAY, PLAN, SOURCE, message, show
from tests.browser.people import Visitor

MARKUP = "<img src=x onerror=\"document.title='taken'\"><script>document.title='taken'</script>"


class TestBeforeOpening:
    def test_it_says_what_it_is_and_what_becomes_of_words(self, visitor: Visitor) -> None:
        expect(visitor.page.get_by_text("C'est un programme, pas une personne")).to_be_visible()
        expect(visitor.page.get_by_text("Rien n'est gardé avant que vous commenciez")).to_be_visible()

    def test_nothing_is_kept_and_nothing_asked_of_anyone(self, visitor: Visitor) -> None:
        visitor.page.wait_for_load_state("networkidle")
        assert len(visitor.requests) > 5
        origin = visitor.page.url
        assert visitor.page.context.cookies() == []
        assert visitor.page.evaluate("localStorage.length + sessionStorage.length") == 0
        assert [r.url for r in visitor.requests if not r.url.startswith(origin) or "/api/" in r.url] == []

    def test_a_person_can_be_asked_for_at_once(self, visitor: Visitor) -> None:
        visitor.button("Demander une personne").click()
        expect(visitor.page.locator("#owner")).to_contain_text("chez les conseillers du hub")


class TestWriting:
    def test_the_message_stands_there_at_once_and_once(self, visitor: Visitor) -> None:
        visitor.opens()
        visitor.writes("bonjour")
        expect(visitor.page.locator(".message.person")).to_have_count(1)

    def test_what_is_written_meanwhile_waits_its_turn(self, visitor: Visitor) -> None:
        visitor.opens()
        field = visitor.page.get_by_label("Votre message")
        for words in ("je suis coiffeuse", "j'habite à Épinal"):
            field.fill(words)
            field.press("Enter")
        visitor.waits()
        said = visitor.page.locator(".message.person .body")
        expect(said).to_have_text(["je suis coiffeuse", "j'habite à Épinal"])

    def test_a_line_break_is_not_a_sending(self, visitor: Visitor) -> None:
        visitor.opens()
        field = visitor.page.get_by_label("Votre message")
        field.press_sequentially("une ligne")
        field.press("Shift+Enter")
        field.press_sequentially("une autre")
        expect(field).to_have_value("une ligne\nune autre")

    def test_how_much_room_is_left_is_told_near_the_end(self, visitor: Visitor) -> None:
        visitor.opens()
        visitor.page.get_by_label("Votre message").fill("a" * 3900)
        expect(visitor.page.get_by_text("100 caractères restants")).to_be_visible()

    def test_a_touched_button_is_an_answer(self, visitor: Visitor) -> None:
        visitor.opens()
        visitor.button("Trouver une formation").click()
        visitor.waits()
        expect(visitor.messages.filter(has_text="Trouver une formation")).to_have_count(1)
        expect(visitor.button("Trouver une formation")).to_have_count(0)


class TestConnection:
    def test_what_did_not_go_is_sent_again_and_never_twice(self, visitor: Visitor) -> None:
        visitor.opens()
        visitor.page.route("**/messages", self._answer_lost_once)
        visitor.page.get_by_label("Votre message").fill("je cherche une formation de soudeur")
        visitor.button("Envoyer").click()
        visitor.button("Réessayer").click()
        visitor.waits()
        expect(visitor.messages.filter(has_text="je cherche une formation de soudeur")).to_have_count(1)
        expect(visitor.button("Réessayer")).to_have_count(0)

    def _answer_lost_once(self, route: Route) -> None:
        route.fetch()  # the application receives it, the page never hears so
        route.abort()
        route.request.frame.page.unroute("**/messages")

    def test_the_error_of_the_application_is_read_to_the_person(self, visitor: Visitor) -> None:
        visitor.opens()
        refusal = {"error": {"code": "too_many_messages", "message": "Vous écrivez très vite."}}
        visitor.page.route("**/messages", lambda route: route.fulfill(status=429, json=refusal))
        visitor.page.get_by_label("Votre message").fill("bonjour")
        visitor.button("Envoyer").click()
        expect(visitor.page.get_by_role("alert").filter(has_text="Vous écrivez très vite.")).to_be_visible()
        expect(visitor.messages.filter(has_text="Ce message n'est pas encore parti.")).to_be_visible()

    def test_reloading_keeps_the_conversation(self, visitor: Visitor) -> None:
        visitor.opens()
        visitor.writes("je suis maçon à Saverne")
        visitor.page.reload()
        visitor.sees("je suis maçon à Saverne")

    def test_only_the_key_is_kept_in_the_tab(self, visitor: Visitor) -> None:
        visitor.opens()
        visitor.writes("je suis maçon à Saverne")
        kept = visitor.page.evaluate("Object.keys(JSON.parse(Object.values(sessionStorage)[0]))")
        assert kept == ["id", "token"]
        assert visitor.page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 1]


class TestWhatIsKnown:
    def test_a_fact_is_taken_out(self, visitor: Visitor) -> None:
        visitor.opens()
        visitor.writes("j'habite à Thionville et je cherche une formation de cuisinier")
        visitor.button("Retirer : Ville").click()
        expect(visitor.page.locator("#known")).not_to_contain_text("Thionville")
        expect(visitor.page.get_by_text("Ce que j'ai compris")).to_be_visible()

    def test_a_fact_is_corrected(self, visitor: Visitor) -> None:
        visitor.opens()
        visitor.writes("j'ai 1 500 € sur mon CPF et je cherche une formation de cuisinier")
        visitor.button("Corriger : Compte CPF").click()
        visitor.page.get_by_label("Compte CPF", exact=True).fill("2100")
        visitor.button("Enregistrer").click()
        expect(visitor.page.locator("#known")).to_contain_text("2\u202f100 €")


class TestErasing:
    def test_everything_goes_once_confirmed(self, visitor: Visitor) -> None:
        visitor.opens()
        visitor.writes("je suis maçon à Saverne")
        visitor.button("Tout effacer").click()
        visitor.button("Non, garder").click()
        visitor.sees("je suis maçon à Saverne")
        visitor.button("Tout effacer").click()
        with visitor.page.expect_response(lambda reply: reply.request.method == "DELETE"):
            visitor.button("Oui, tout effacer").click()
        expect(visitor.button("Commencer")).to_be_focused()
        expect(visitor.page.get_by_text("La conversation est effacée.")).to_be_visible()
        assert visitor.page.content().count("Saverne") == 0
        assert visitor.page.evaluate("sessionStorage.length") == 0
        assert not visitor.still_exists()

    def test_asking_for_it_in_words_does_the_same(self, visitor: Visitor) -> None:
        visitor.opens()
        visitor.writes("supprimez mes données")
        visitor.page.get_by_role("button", name="Oui").first.click()
        expect(visitor.button("Commencer")).to_be_visible()
        assert not visitor.still_exists()


class TestUntrustedText:
    def test_what_a_person_writes_is_text(self, visitor: Visitor) -> None:
        visitor.opens()
        visitor.writes(MARKUP)
        visitor.sees(MARKUP)
        self._nothing_ran(visitor.page)

    @pytest.mark.parametrize(
        ("kind", "payload"),
        [
            ("text", {"sources": [{**SOURCE, "title": MARKUP}]}),
            ("certifications", {"items": [{**CERTIFICATION, "title": MARKUP, "type": MARKUP, "why": [MARKUP]}]}),
            ("jobs", {"items": [{"rome": "M1203", "label": MARKUP, "why": MARKUP}]}),
            ("pathways", {"items": [{**PATHWAY, "title": MARKUP, "why": [MARKUP]}]}),
            (
                "funding",
                {
                    **PLAN,
                    "warnings": [MARKUP],
                    "lines": [{**LINE, "scheme": MARKUP, "verdict": "x", "reasons": [MARKUP]}],
                },
            ),
            ("question", {"field": None, "choices": [{"id": "a", "label": MARKUP}]}),
            ("document", {"url": "/plan.pdf", "label": MARKUP}),
            ("unknown", {"anything": MARKUP}),
        ],
    )
    def test_what_a_message_carries_is_text(self, visitor: Visitor, kind: str, payload: dict[str, object]) -> None:
        visitor.opens()
        show(visitor.page, message(kind, payload, MARKUP))
        visitor.sees(MARKUP)
        self._nothing_ran(visitor.page)

    @pytest.mark.parametrize("url", ["javascript:alert(1)", "http://example.org", "//example.org", "data:,x", None])
    def test_only_safe_addresses_become_links(self, visitor: Visitor, url: str | None) -> None:
        visitor.opens()
        show(visitor.page, message("text", {"sources": [{**SOURCE, "url": url}]}))
        visitor.sees(str(SOURCE["title"]))
        expect(visitor.messages.get_by_role("link")).to_have_count(0)

    def test_a_payload_of_another_shape_leaves_the_text(self, visitor: Visitor) -> None:
        visitor.opens()
        show(visitor.page, message("certifications", {"items": None}, "Voici ce que je trouve."))
        visitor.sees("Voici ce que je trouve.")

    def _nothing_ran(self, page: Page) -> None:
        expect(page.locator("hub-transcript img, hub-transcript script")).to_have_count(0)
        assert "taken" not in page.title()


def test_a_certification_opens_with_its_source_and_date(visitor: Visitor) -> None:
    visitor.opens()
    visitor.writes("je voudrais devenir comptable")
    card = visitor.page.locator(".card").first
    card.get_by_text("En savoir plus").click()
    expect(card.locator(".sources")).to_contain_text("vérifié le")
    expect(card.get_by_role("link").first).to_be_visible()


def test_the_keyboard_alone_is_enough(visitor: Visitor) -> None:
    keyboard = visitor.page.keyboard

    def focused() -> str:
        return str(visitor.page.evaluate("document.activeElement.textContent.trim() || document.activeElement.id"))

    keyboard.press("Tab")
    assert focused() == "Aller au contenu"
    keyboard.press("Tab")
    assert focused() == "Commencer"
    keyboard.press("Enter")
    expect(visitor.page.get_by_label("Votre message")).to_be_focused()
    keyboard.type("je cherche une formation de cuisinier")
    keyboard.press("Enter")
    visitor.waits()
    expect(visitor.page.get_by_label("Votre message")).to_be_focused()
    reached = []
    for _ in range(4):
        keyboard.press("Tab")
        reached.append(focused())
    assert reached == ["Envoyer", "Parler à une personne", "Demander un rendez-vous", "Ce que j'ai compris"]
    visitor.page.get_by_label("Votre message").focus()
    keyboard.press("Shift+Tab")
    assert visitor.page.evaluate("document.activeElement.closest('hub-transcript, .below') !== null")


def test_the_plan_is_a_file_one_keeps(visitor: Visitor) -> None:
    visitor.opens()
    visitor.writes("je suis salarié à Sedan et je voudrais devenir comptable")
    visitor.writes("je peux avoir un récapitulatif à imprimer ?")
    with visitor.page.expect_download() as download:
        visitor.button("Mon plan d'action (PDF)").click()
    assert download.value.suggested_filename == "plan.pdf"
    assert download.value.path().read_bytes().startswith(b"%PDF-")
    assert visitor.barriers() == []


def test_what_is_passed_on_is_shown_corrected_and_completed(visitor: Visitor) -> None:
    panel = visitor.page.get_by_role("group").filter(has_text="Ce qui est transmis au conseiller")
    visitor.opens()
    visitor.writes("je voudrais devenir comptable, j'habite à Sedan")
    expect(panel).to_have_count(0)
    visitor.button("Parler à une personne").last.click()
    visitor.waits()
    expect(panel).to_contain_text("« je voudrais devenir comptable, j'habite à Sedan »")
    expect(panel).to_contain_text("Vous avez demandé à parler à une personne")
    panel.get_by_role("button", name="Retirer : Ville").click()
    expect(panel).not_to_contain_text("Sedan (08200)")
    panel.get_by_label("Ajouter ou corriger quelque chose").fill("Je ne conduis pas.")
    panel.get_by_role("button", name="Ajouter", exact=True).click()
    expect(panel).to_contain_text("« Je ne conduis pas. »")
    expect(panel.get_by_label("Ajouter ou corriger quelque chose")).to_be_focused()
    assert visitor.barriers() == []
