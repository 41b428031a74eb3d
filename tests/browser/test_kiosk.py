"""The kiosk forgets."""

from playwright.sync_api import expect

from tests.browser.conftest import KIOSK, Windows
from tests.browser.messages import SOURCE, message, show
from tests.browser.people import KioskVisitor

WARNED_AFTER = 76
ERASED_AFTER = 91


def test_it_says_where_it_stands(kiosk: KioskVisitor) -> None:
    expect(kiosk.page.get_by_text("Hub de Charleville-Mézières")).to_be_visible()


def test_the_whole_screen_answers_a_touch(kiosk: KioskVisitor) -> None:
    kiosk.page.touchscreen.tap(500, 500)
    expect(kiosk.messages.first).to_be_visible()


def test_without_a_touch_it_warns_then_forgets_everything(kiosk: KioskVisitor) -> None:
    kiosk.opens()
    kiosk.writes("je suis cuisinier à Sedan")
    kiosk.does_nothing_for(WARNED_AFTER)
    expect(kiosk.page.get_by_role("dialog")).to_contain_text("Effacement dans")
    with kiosk.page.expect_response(lambda reply: reply.request.method == "DELETE"):
        kiosk.does_nothing_for(ERASED_AFTER - WARNED_AFTER)
    expect(kiosk.button("Touchez pour commencer")).to_be_visible()
    assert "Sedan" not in kiosk.page.content()
    assert not kiosk.still_exists()


def test_continuing_keeps_the_conversation(kiosk: KioskVisitor) -> None:
    kiosk.opens()
    kiosk.writes("je suis cuisinier à Sedan")
    kiosk.does_nothing_for(WARNED_AFTER)
    kiosk.button("Continuer").click()
    kiosk.does_nothing_for(WARNED_AFTER - 10)
    kiosk.sees("je suis cuisinier à Sedan")
    expect(kiosk.page.get_by_role("dialog")).to_be_hidden()
    assert kiosk.still_exists()


def test_a_message_that_arrives_is_nobodys_presence(kiosk: KioskVisitor) -> None:
    kiosk.opens()
    kiosk.does_nothing_for(60)
    show(kiosk.page, message("text", None, "Bonjour, ici Claire.", "counsellor"))
    kiosk.does_nothing_for(ERASED_AFTER - 60)
    expect(kiosk.button("Touchez pour commencer")).to_be_visible()


def test_it_can_be_ended_at_once(kiosk: KioskVisitor) -> None:
    kiosk.opens()
    with kiosk.page.expect_response(lambda reply: reply.request.method == "DELETE"):
        kiosk.button("Terminer et tout effacer").click()
    expect(kiosk.button("Touchez pour commencer")).to_be_visible()
    assert not kiosk.still_exists()


def test_the_next_person_finds_nothing_of_the_one_before(kiosk: KioskVisitor) -> None:
    kiosk.opens()
    kiosk.writes("je suis cuisinier à Sedan")
    kiosk.page.get_by_label("Votre message").fill("un brouillon")
    kiosk.button("Terminer et tout effacer").click()
    kiosk.opens()
    expect(kiosk.page.get_by_label("Votre message")).to_have_value("")
    assert "Sedan" not in kiosk.page.content()


def test_nothing_is_written_on_the_machine(kiosk: KioskVisitor) -> None:
    kiosk.opens()
    kiosk.writes("je suis cuisinier à Sedan")
    assert kiosk.page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert kiosk.page.context.cookies() == []


def test_no_link_leads_away_from_it(kiosk: KioskVisitor) -> None:
    kiosk.opens()
    show(kiosk.page, message("text", {"sources": [SOURCE]}))
    kiosk.sees("Service-Public.fr")
    expect(kiosk.messages.get_by_role("link")).to_have_count(0)


# Chromium has no voice here: one of this machine, which keeps what it is given to say.
A_VOICE = """
globalThis.spoken = [];
globalThis.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
Object.defineProperty(globalThis, "speechSynthesis", { value: Object.assign(new EventTarget(), {
  getVoices: () => [{ lang: "fr-FR", localService: true }],
  speak: ({ text, lang }) => spoken.push(`${lang} ${text}`),
  cancel: () => spoken.push("silence"),
}) });
"""


def test_answers_are_read_aloud_until_the_button_is_pressed_again(windows: Windows) -> None:
    silent = KioskVisitor(windows.open(KIOSK, has_touch=True).new_page())
    silent.opens()
    expect(silent.page.locator("#aloud")).to_be_hidden()

    context = windows.open(KIOSK, has_touch=True)
    context.add_init_script(A_VOICE)
    visitor = KioskVisitor(context.new_page())
    visitor.opens()
    visitor.button("Lire à voix haute").click()
    assert visitor.barriers() == []
    visitor.writes("je veux apprendre à lire")
    said = visitor.page.evaluate("spoken.join('\\n')")
    assert "fr-FR Bonjour" in said
    assert "Vous pouvez toucher : Oui, je veux bien" in said.split("silence")[-1]
    assert "Source" not in said
    visitor.button("Arrêter la lecture").click()
    assert visitor.page.evaluate("spoken.at(-1)") == "silence"
    told = visitor.page.evaluate("spoken.length")
    visitor.writes("je suis à Troyes")
    assert "fr-FR" not in "".join(visitor.page.evaluate(f"spoken.slice({told})"))
