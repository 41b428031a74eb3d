"""The page of the cases as counsellors work at it: by keyboard alone, and several at once."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.cable import cable_to
from tests.browser.conftest import DESKTOP, Windows
from tests.browser.people import Counsellor, Visitor
from tests.browser.test_desk import ask
from tests.serving import COUNSELLOR, SECOND_COUNSELLOR, Server

TABLET = (768, 1024)


class Keys:
    """Someone who has no mouse."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, *keys: str) -> None:
        """Presses keys, one after the other."""
        for key in keys:
            self.page.keyboard.press(key)

    def types(self, text: str) -> None:
        """Writes where the keyboard is."""
        self.page.keyboard.type(text)

    def tabs_to(self, target: Locator, most: int = 40) -> None:
        """Goes on with the Tab key until there."""
        for _ in range(most):
            if target.evaluate("element => element === document.activeElement"):
                return
            self.press("Tab")
        pytest.fail(f"{target} is not reached by keyboard")


def test_a_whole_case_by_keyboard_alone(windows: Windows, visitor: Visitor) -> None:
    ask(visitor, "je suis luthier à Mirecourt et je voudrais devenir comptable")
    claire = Counsellor(windows.open(TABLET).new_page())
    page, keys = claire.page, Keys(claire.page)
    expect(page.get_by_label("Adresse e-mail")).to_be_focused()
    keys.types(COUNSELLOR[0])
    keys.press("Tab")
    keys.types(COUNSELLOR[1])
    keys.press("Enter")

    expect(page.get_by_role("heading", name="Demandes")).to_be_focused()
    keys.press("?")
    expect(page.get_by_role("dialog", name="Aide et réglages")).to_be_visible()
    assert claire.barriers() == []
    keys.press("Escape", "/")
    keys.types("luthier mirecourt")
    expect(claire.page.locator("#queue button")).to_have_count(1)
    keys.tabs_to(page.get_by_label("Seulement les miennes"))
    keys.press("j")
    expect(page.locator("#case-title")).to_be_focused()
    keys.press("p")
    expect(page.get_by_label("Votre réponse à la personne")).to_be_focused()
    keys.types("Bonjour, ici Claire.")
    keys.press("Control+Enter")
    visitor.sees("ici Claire")

    keys.tabs_to(claire.button("Proposer une certification ou une aide"))
    keys.press("Enter")
    dialog = page.get_by_role("dialog", name="Proposer une certification ou une aide")
    expect(page.get_by_label("Métier, diplôme ou numéro")).to_have_value("Comptable")
    keys.press("Enter")
    expect(dialog.get_by_role("checkbox").first).to_be_visible()
    assert claire.barriers() == []
    keys.tabs_to(dialog.get_by_role("checkbox").first)
    keys.press("Space")
    keys.tabs_to(dialog.get_by_role("button", name="Montrer à la personne").first)
    keys.press("Enter")
    visitor.sees("Voici ce que je vous propose de regarder")
    expect(claire.button("Proposer une certification ou une aide")).to_be_focused()

    keys.tabs_to(page.locator("#known-panel summary"))
    keys.press("Enter")
    keys.tabs_to(page.get_by_label("Ajouter ou corriger un fait"))
    keys.types("budget")
    keys.tabs_to(page.get_by_label("Réponse", exact=True))
    keys.types("40")
    keys.press("Enter")
    expect(visitor.page.locator("#known")).to_contain_text("40 €")
    expect(page.get_by_label("Ajouter ou corriger un fait")).to_be_focused()
    keys.types("ville")
    keys.tabs_to(page.get_by_label("Réponse", exact=True))
    keys.types("saint die")
    expect(page.get_by_role("option", name="Saint-Dié-des-Vosges (88100)")).to_be_visible()
    assert claire.barriers() == []
    keys.press("ArrowDown", "Enter", "Enter")  # the first of the list, then «Enregistrer»
    expect(visitor.page.locator("#known")).to_contain_text("Saint-Dié-des-Vosges (88100)")

    page.locator("#case-title").focus()
    keys.press("n")
    keys.types("Rappeler lundi")
    keys.press("Tab", "Enter")
    expect(page.locator("#notes")).to_contain_text("Rappeler lundi")
    keys.tabs_to(claire.button("Clore"))
    keys.press("Enter")
    expect(visitor.page.locator("#owner")).to_contain_text("terminée")
    assert claire.barriers() == []
    assert not claire.is_wider_than_the_screen()


def test_a_case_is_given_to_a_colleague_and_to_a_partner_with_consent(visitor: Visitor, counsellor: Counsellor) -> None:
    ask(visitor, "je suis rémouleur à Chaumont et je veux changer de métier")
    counsellor.signs_in()
    counsellor.opens_case("rémouleur à Chaumont")
    counsellor.button("Prendre cette demande").click()
    counsellor.button("Passer la demande").click()
    dialog = counsellor.page.get_by_role("dialog", name="Passer la demande")
    dialog.get_by_label("Vers").select_option(label="Mission locale")
    expect(dialog).to_contain_text("16 à 25 ans")
    assert counsellor.barriers() == []
    dialog.get_by_label("Ce qui est transmis au partenaire").fill("Un projet de reconversion.")
    dialog.get_by_role("button", name="Passer la demande").click()
    expect(dialog.get_by_label("La personne est d'accord")).to_be_focused()
    dialog.get_by_label("Vers").select_option(label="Un collègue, par son adresse")
    dialog.get_by_label("Adresse du collègue").fill(SECOND_COUNSELLOR[0])
    dialog.get_by_role("button", name="Passer la demande").click()
    expect(dialog).to_be_hidden()
    expect(counsellor.page.locator("#case-state")).to_have_text("suivie par Paul")
    visitor.sees("Paul, du hub, a rejoint la conversation")


def test_a_reply_kept_ready_is_filled_in_and_read_again_before_it_leaves(
    visitor: Visitor, counsellor: Counsellor
) -> None:
    ask(visitor, "je suis cordier à Épinal et je veux changer de métier")
    counsellor.signs_in()
    counsellor.opens_case("cordier à Épinal")
    counsellor.button("Prendre cette demande").click()
    counsellor.button("Réponses toutes faites du hub").click()
    dialog = counsellor.page.get_by_role("dialog", name="Réponses toutes faites du hub")
    dialog.get_by_label("Titre").fill("Accueil")
    dialog.get_by_label("Texte").fill("Bonjour {prenom}, ici {conseiller}.")
    dialog.get_by_role("button", name="Enregistrer").click()
    expect(dialog.get_by_role("status")).to_have_text("C'est enregistré.")
    assert counsellor.barriers() == []
    dialog.get_by_role("button", name="Fermer").click()
    counsellor.page.get_by_label("Réponse toute faite").select_option(label="Accueil")
    counsellor.button("Insérer").click()
    expect(counsellor.page.get_by_label("Votre réponse à la personne")).to_have_value("Bonjour, ici Claire.")
    expect(visitor.messages.filter(has_text="Bonjour, ici Claire.")).to_have_count(0)


def test_single_keys_can_be_turned_off(counsellor: Counsellor) -> None:
    counsellor.signs_in()
    counsellor.button("Aide et réglages").click()
    counsellor.page.get_by_label("Raccourcis d'une seule touche").uncheck()
    counsellor.page.keyboard.press("Escape")
    counsellor.page.reload()
    expect(counsellor.page.get_by_role("heading", name="Demandes")).to_be_focused()
    counsellor.page.keyboard.press("/")
    expect(counsellor.page.get_by_role("heading", name="Demandes")).to_be_focused()


def test_two_counsellors_and_three_visitors_at_once(windows: Windows, server: Server) -> None:
    trades = ("vannier", "sellier", "graveur")
    with cable_to(server.url) as home, cable_to(server.url) as office:
        visitors = {trade: Visitor(windows.open(DESKTOP, url=home.url).new_page()) for trade in trades}
        claire = Counsellor(windows.open((1280, 900), url=office.url).new_page())
        paul = Counsellor(windows.open((1280, 900)).new_page())
        claire.signs_in()
        paul.signs_in(SECOND_COUNSELLOR[1], SECOND_COUNSELLOR[0])
        for trade, visitor in visitors.items():
            ask(visitor, f"je suis {trade} à Sedan et je veux changer de métier")

        holders = {"vannier": claire, "sellier": paul, "graveur": claire}
        for trade, holder in holders.items():
            holder.opens_case(f"{trade} à Sedan")
            holder.button("Prendre cette demande").click()
            holder.answers(f"Bonjour au {trade}.")
            visitors[trade].sees(f"Bonjour au {trade}.")
        expect(paul.case("vannier à Sedan")).to_contain_text("suivie par Claire")

        visitors["sellier"].page.get_by_label("Votre message").press_sequentially("je")
        expect(paul.page.get_by_text("La personne écrit…")).to_be_visible()
        paul.page.get_by_label("Votre réponse à la personne").press_sequentially("dites")
        expect(visitors["sellier"].page.get_by_text("Le conseiller écrit…")).to_be_visible()
        expect(visitors["vannier"].page.get_by_text("Le conseiller écrit…")).to_have_count(0)

        # The office is cut: what is written meanwhile on both sides arrives once.
        office.cut()
        expect(claire.page.get_by_role("alert").filter(has_text="La connexion est coupée")).to_be_visible()
        visitors["vannier"].writes("je préfère le matin")
        claire.page.get_by_label("Votre réponse à la personne").fill("Notez mon numéro.")
        claire.button("Envoyer à la personne").click()
        expect(claire.page.get_by_label("Votre réponse à la personne")).to_have_value("Notez mon numéro.")
        office.mend()
        expect(claire.case("vannier à Sedan")).to_contain_text("1 message non lu")
        claire.button("Envoyer à la personne").click()
        visitors["graveur"].sees("Notez mon numéro.")
        expect(visitors["graveur"].messages.filter(has_text="Notez mon numéro.")).to_have_count(1)

        # The homes are cut, then a page is loaded again.
        home.cut()
        expect(paul.page.get_by_text("La personne a quitté la page.")).to_be_visible()
        paul.answers("À tout de suite.")
        home.mend()
        visitors["sellier"].sees("À tout de suite.")
        expect(paul.page.get_by_text("La personne est sur la page.")).to_be_visible()
        visitors["vannier"].page.reload()
        visitors["vannier"].sees("Bonjour au vannier.")
        claire.page.reload()
        claire.opens_case("vannier à Sedan")
        claire.sees("je préfère le matin")
        claire.answers("Le matin, c'est noté.")
        visitors["vannier"].sees("Le matin, c'est noté.")
        for trade, visitor in visitors.items():
            others = [other for other in trades if other != trade]
            assert not any(f"Bonjour au {other}" in visitor.page.content() for other in others)
