"""From an invitation to a second step, as a manager and the person invited live it."""

import re
from datetime import date

import pyotp
from playwright.sync_api import expect

from knowledge.clock import Clock
from tests.api.post import Mailbox
from tests.browser.conftest import Windows
from tests.browser.letters import letter
from tests.browser.people import Counsellor
from tests.serving import TODAY

PASSWORD = "une phrase de passe choisie par Léa"
TABLET = (768, 1024)


def test_from_an_invitation_to_a_second_step(counsellor: Counsellor, windows: Windows, letters: Mailbox) -> None:
    counsellor.signs_in()
    counsellor.page.get_by_role("link", name="Comptes").click()
    counsellor.button("Inviter une personne").click()
    counsellor.page.get_by_label("Adresse e-mail").fill("lea@hub.test")
    counsellor.page.get_by_label("Prénom et nom").fill("Léa Martin")
    counsellor.page.get_by_label("Épinal").check()
    assert counsellor.barriers() == []
    counsellor.button("Enregistrer").click()
    expect(counsellor.page.get_by_text("Un lien a été envoyé à lea@hub.test.")).to_be_visible()
    expect(counsellor.page.get_by_role("list", name="Comptes")).to_contain_text("pas encore acceptée")
    assert counsellor.barriers() == []

    lea = Counsellor(windows.open(TABLET).new_page())
    link = re.search(r"https?://[^/\s]+(\S+)", letter(letters, "lea@hub.test", "#"))
    assert link is not None
    lea.page.goto(link[1])
    expect(lea.page.get_by_text("Bonjour Léa Martin.")).to_be_visible()
    assert "#" not in lea.page.url
    assert lea.barriers() == []
    lea.page.get_by_label("Nouveau mot de passe").fill(PASSWORD)
    lea.button("Enregistrer").click()
    expect(lea.page.get_by_text("Votre mot de passe est enregistré.")).to_be_visible()
    lea.page.get_by_role("link", name="Se connecter").click()
    enter(lea)
    lea.page.get_by_role("link", name="Mon compte").click()
    expect(lea.page.get_by_role("heading", name="Double vérification")).to_be_visible()
    lea.page.get_by_label("Votre mot de passe", exact=True).fill(PASSWORD)
    lea.button("Activer").click()
    secret = lea.page.get_by_label("Ou recopiez cette clé")
    expect(secret).to_have_value(re.compile(r"\w{32}"))
    phone = pyotp.TOTP(secret.input_value())
    assert lea.barriers() == []
    lea.page.get_by_label("Code à 6 chiffres").fill("000000")
    lea.button("Confirmer").click()
    expect(lea.page.get_by_role("alert")).to_contain_text("ne convient pas")
    lea.page.get_by_label("Code à 6 chiffres").fill(phone.at(Clock(date.fromisoformat(TODAY)).now()))
    lea.button("Confirmer").click()
    expect(lea.page.get_by_role("heading", name="Vos codes de secours")).to_be_focused()
    recovery = lea.page.locator("#recovery-codes li").first.inner_text()
    assert lea.barriers() == []
    assert not lea.is_wider_than_the_screen()

    lea.button("Se déconnecter").click()
    enter(lea)
    expect(lea.page.get_by_role("alert")).to_contain_text("Entrez le code")
    lea.page.get_by_label("Code de vérification").fill(recovery)
    lea.button("Entrer").click()
    expect(lea.page.get_by_role("heading", name="Demandes")).to_be_visible()


def enter(lea: Counsellor) -> None:
    """Signs in as Léa."""
    lea.page.get_by_label("Adresse e-mail").fill("lea@hub.test")
    lea.page.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
    lea.button("Entrer").click()
