"""The dialogs that send something, by keyboard alone: an appointment, the plan, the summary for a colleague."""

from playwright.sync_api import Locator, expect

from tests.api.post import Mailbox
from tests.browser.letters import letter
from tests.browser.people import Counsellor, Person, Visitor
from tests.serving import SECOND_COUNSELLOR


def opened(person: Person, name: str) -> Locator:
    """The dialog behind the button of that name, opened with the keyboard, without a barrier."""
    person.button(name).last.press("Enter")
    dialog = person.page.get_by_role("dialog", name=name)
    expect(dialog).to_be_visible()
    assert person.barriers() == []
    return dialog


def test_a_visitor_asks_for_an_appointment_and_their_plan_without_a_mouse(visitor: Visitor, letters: Mailbox) -> None:
    visitor.opens()
    visitor.writes("je suis céramiste à Verdun et je voudrais devenir comptable")
    wish = opened(visitor, "Demander un rendez-vous")
    visitor.page.keyboard.press("Escape")
    expect(wish).to_be_hidden()
    expect(visitor.button("Demander un rendez-vous")).to_be_focused()
    opened(visitor, "Demander un rendez-vous")
    visitor.page.keyboard.press("ArrowDown")  # from «Au hub»
    expect(wish.get_by_label("Par téléphone")).to_be_checked()
    wish.get_by_role("button", name="Envoyer ma demande").press("Enter")
    expect(wish).to_be_hidden()
    visitor.sees("par téléphone")

    visitor.writes("je voudrais mon plan d'action")
    visitor.button("Recevoir par e-mail").last.press("Enter")
    plan = visitor.page.get_by_role("dialog", name="Recevoir le plan par e-mail")
    expect(plan.get_by_label("Adresse e-mail")).to_be_focused()
    visitor.page.keyboard.type("léa chez exemple")
    visitor.page.keyboard.press("Enter")
    expect(plan.get_by_role("alert")).to_be_visible()
    assert visitor.barriers() == []
    plan.get_by_label("Adresse e-mail").fill("lea@exemple.fr")
    visitor.page.keyboard.press("Enter")
    expect(plan.get_by_role("status")).to_contain_text("Le plan va arriver")
    visitor.page.keyboard.press("Enter")  # on «Fermer»
    expect(visitor.button("Recevoir par e-mail").last).to_be_focused()
    assert letter(letters, "lea@exemple.fr", "plan")


def test_a_counsellor_sends_the_summary_to_a_colleague_and_chooses_where_to_meet(
    visitor: Visitor, counsellor: Counsellor, letters: Mailbox
) -> None:
    visitor.opens()
    visitor.writes("je suis fleuriste à Épinal et je veux changer de métier")
    visitor.page.locator("#human").click()
    visitor.waits()
    counsellor.signs_in()
    counsellor.opens_case("fleuriste à Épinal")
    box = opened(counsellor, "Envoyer le résumé à un collègue")
    expect(box.get_by_label("Adresse du collègue")).to_be_focused()
    counsellor.page.keyboard.type("inconnue@hub.test")
    counsellor.page.keyboard.press("Enter")
    expect(box.get_by_role("alert")).to_be_visible()
    box.get_by_label("Adresse du collègue").fill(SECOND_COUNSELLOR[0])
    counsellor.page.keyboard.press("Enter")
    expect(counsellor.page.get_by_text("Le résumé est envoyé.")).to_be_visible()
    expect(counsellor.button("Envoyer le résumé à un collègue")).to_be_focused()
    assert letter(letters, SECOND_COUNSELLOR[0], "fleuriste à Épinal")

    counsellor.button("Prendre cette demande").click()
    expect(counsellor.page.locator("#answer-text")).to_be_focused()
    counsellor.page.locator("#dates summary").click()
    dating = counsellor.page.locator("#dating")
    dating.get_by_label("Jour et heure").fill("2026-12-01T10:00")
    place = dating.get_by_label("Hub", exact=True)
    expect(place).to_have_value("")
    dating.get_by_role("button", name="Fixer et prévenir la personne").click()
    expect(place).to_be_focused()  # nothing left: a place is missing
    place.select_option(label="Épinal")
    dating.get_by_role("button", name="Fixer et prévenir la personne").click()
    expect(counsellor.page.get_by_text("C'est fixé. La personne est prévenue.")).to_be_visible()
