"""The counsellors' desk."""

from uuid import uuid4

from playwright.sync_api import expect

from tests.browser.people import Counsellor, Visitor


def ask(visitor: Visitor, words: str) -> None:
    """Someone with a project asks for a person."""
    visitor.opens()
    visitor.writes(words)
    visitor.button("Parler à une personne").click()
    visitor.waits()


def test_a_wrong_password_is_told(counsellor: Counsellor) -> None:
    counsellor.signs_in("pas le bon mot de passe")
    expect(counsellor.page.get_by_role("alert")).to_contain_text("ne convient pas")
    expect(counsellor.button("Entrer")).to_be_visible()


def test_a_new_request_appears_by_itself(visitor: Visitor, counsellor: Counsellor) -> None:
    counsellor.signs_in()
    expect(counsellor.page.get_by_role("heading", name="Demandes")).to_be_visible()
    ask(visitor, "je suis fleuriste à Vittel et je veux changer de métier")
    entry = counsellor.case("fleuriste à Vittel")
    expect(entry).to_contain_text("A demandé une personne")
    expect(entry).to_contain_text("attend depuis")


def test_filters_leave_out_the_others(visitor: Visitor, counsellor: Counsellor) -> None:
    ask(visitor, "je suis jardinier à Chaumont et je veux changer de métier")
    counsellor.signs_in()
    expect(counsellor.case("jardinier à Chaumont")).to_be_visible()
    counsellor.page.get_by_label("Seulement les miennes").check()
    expect(counsellor.case("jardinier à Chaumont")).to_have_count(0)
    counsellor.page.get_by_label("Seulement les miennes").uncheck()
    counsellor.page.get_by_label("État").select_option(label="Closes")
    expect(counsellor.case("jardinier à Chaumont")).to_have_count(0)
    counsellor.page.get_by_label("État").select_option(label="En attente")
    expect(counsellor.case("jardinier à Chaumont")).to_contain_text("non lu")
    counsellor.page.get_by_label("Raison").select_option(label="Démission")
    expect(counsellor.case("jardinier à Chaumont")).to_have_count(0)
    counsellor.page.get_by_label("Raison").select_option(label="Toutes")
    counsellor.page.get_by_label("Chercher dans les demandes").fill("chaumont jardin")
    expect(counsellor.page.locator("#queue button")).to_have_count(1)
    counsellor.opens_case("jardinier à Chaumont")
    expect(counsellor.case("jardinier à Chaumont")).not_to_contain_text("non lu")
    counsellor.page.get_by_label("Chercher dans les demandes").fill(uuid4().hex)
    expect(counsellor.page.get_by_text("Aucune demande ne contient ces mots.")).to_be_visible()


def test_a_note_is_for_the_team_only(visitor: Visitor, counsellor: Counsellor) -> None:
    ask(visitor, "je suis magasinier à Troyes et je veux changer de métier")
    counsellor.signs_in()
    counsellor.opens_case("magasinier à Troyes")
    counsellor.button("Prendre cette demande").click()
    counsellor.page.get_by_label("Note pour l'équipe").fill("rappeler la mission locale")
    counsellor.button("Ajouter la note").click()
    expect(counsellor.page.locator("#notes")).to_contain_text("rappeler la mission locale")
    counsellor.answers("Bonjour, je regarde votre demande.")
    visitor.sees("je regarde votre demande")
    assert "mission locale" not in visitor.page.content()


def test_an_answer_begun_for_one_person_is_not_offered_to_another(
    visitor: Visitor, phone_visitor: Visitor, counsellor: Counsellor
) -> None:
    ask(visitor, "je suis serveur à Verdun et je veux changer de métier")
    ask(phone_visitor, "je suis serveur à Colmar et je veux changer de métier")
    counsellor.signs_in()
    field = counsellor.page.get_by_label("Votre réponse à la personne")
    for about in ("serveur à Verdun", "serveur à Colmar"):
        counsellor.opens_case(about)
        counsellor.button("Prendre cette demande").click()
        expect(field).to_have_value("")
        field.fill(f"réponse à propos de : {about}")
    counsellor.opens_case("serveur à Verdun")
    expect(field).to_have_value("réponse à propos de : serveur à Verdun")


def test_a_closed_case_ends_the_conversation_of_the_person(visitor: Visitor, counsellor: Counsellor) -> None:
    ask(visitor, "je suis maraîcher à Épinal et je veux changer de métier")
    counsellor.signs_in()
    counsellor.opens_case("maraîcher à Épinal")
    counsellor.button("Prendre cette demande").click()
    counsellor.page.get_by_label("Résultat").select_option(label="Personne informée")
    counsellor.button("Clore").click()
    expect(counsellor.page.locator("#case-state")).to_have_text("Close")
    expect(visitor.page.locator("#owner")).to_contain_text("terminée")
    counsellor.button("Rouvrir la demande").click()
    expect(visitor.page.locator("#owner")).to_contain_text("chez les conseillers du hub")


def test_a_person_who_erases_everything_leaves_the_desk(visitor: Visitor, counsellor: Counsellor) -> None:
    ask(visitor, "je suis potier à Saint-Louis et je veux changer de métier")
    counsellor.signs_in()
    counsellor.opens_case("potier à Saint-Louis")
    visitor.button("Tout effacer").click()
    visitor.button("Oui, tout effacer").click()
    expect(counsellor.page.get_by_text("Choisissez une demande dans la liste.")).to_be_visible()
    expect(counsellor.case("potier à Saint-Louis")).to_have_count(0)


def test_an_ended_session_asks_to_sign_in_again(visitor: Visitor, counsellor: Counsellor) -> None:
    ask(visitor, "je suis relieur à Lunéville et je veux changer de métier")
    counsellor.signs_in()
    counsellor.opens_case("relieur à Lunéville")
    counsellor.page.context.clear_cookies()
    visitor.writes("vous êtes là ?")  # the page reads the list again
    expect(counsellor.page.get_by_role("alert")).to_contain_text("Votre session est terminée")
    assert "relieur" not in counsellor.page.locator("main").inner_text()
    counsellor.signs_in()
    expect(counsellor.case("relieur à Lunéville")).to_be_visible()


def test_signing_out_shows_nothing_more(counsellor: Counsellor) -> None:
    counsellor.signs_in()
    counsellor.button("Se déconnecter").click()
    expect(counsellor.button("Entrer")).to_be_visible()
    counsellor.page.reload()
    expect(counsellor.button("Entrer")).to_be_visible()


def test_the_list_shows_what_is_under_way_first(visitor: Visitor, counsellor: Counsellor) -> None:
    ask(visitor, "je suis verrier à Saint-Avold et je veux changer de métier")
    counsellor.signs_in()
    counsellor.opens_case("verrier à Saint-Avold")
    counsellor.button("Prendre cette demande").click()
    visitor.writes("vous êtes là ?")
    expect(counsellor.case("verrier à Saint-Avold")).to_contain_text("Attend votre réponse")
    counsellor.button("Clore").click()
    expect(counsellor.case("verrier à Saint-Avold")).to_have_count(0)
    counsellor.page.get_by_label("État").select_option(label="Toutes")
    expect(counsellor.case("verrier à Saint-Avold")).to_contain_text("Close")


def test_a_counsellor_sees_who_pays_and_keeps_what_should_be_said(visitor: Visitor, counsellor: Counsellor) -> None:
    ask(visitor, "je suis vendeur en CDI à Thionville et je veux changer de métier")
    counsellor.signs_in()
    counsellor.opens_case("vendeur en CDI à Thionville")
    counsellor.page.get_by_text("Qui peut payer").click()
    expect(counsellor.page.locator("#plan")).to_contain_text("Projet de transition professionnelle")
    assert counsellor.barriers() == []
    counsellor.page.get_by_label("Dispositif").select_option(value="ptp")
    counsellor.page.get_by_label("Avis attendu").select_option(value="eligible")
    counsellor.page.get_by_label("Ce qui se passe, en une phrase, sans nom").fill("Trois ans dans la même entreprise.")
    counsellor.button("Garder comme essai").click()
    expect(counsellor.page.locator("#kept")).to_have_text("C'est gardé.")
    assert "Trois ans dans la même entreprise." in counsellor.page.request.get("/api/funding/cases").text()
    expect(counsellor.page.get_by_label("Ce qui se passe, en une phrase, sans nom")).to_have_value("")


def test_a_misread_message_is_labelled_in_two_clicks(visitor: Visitor, counsellor: Counsellor) -> None:
    visitor.opens()
    visitor.page.get_by_label("Aider à améliorer l'assistant").check()
    visitor.writes("zblorg frindel wakapoum trobidou")
    counsellor.signs_in()
    counsellor.button("Messages à classer").click()
    inbox = counsellor.page.get_by_role("dialog", name="Messages à classer")
    message = inbox.get_by_role("listitem").filter(has=counsellor.page.get_by_text("Pas compris", exact=True))
    expect(message.get_by_label("Message", exact=True)).to_have_value("zblorg frindel wakapoum trobidou")
    assert counsellor.barriers() == []
    message.get_by_label("Ce que la personne voulait").select_option(label="hors du sujet")
    message.get_by_role("button", name="Classer").click()
    expect(inbox).to_contain_text("Classé : hors du sujet")
    inbox.get_by_role("button", name="Fermer").click()
    expect(counsellor.button("Messages à classer")).to_be_focused()


def test_nobody_agrees_unasked(visitor: Visitor) -> None:
    visitor.opens()
    agreed = visitor.page.get_by_label("Aider à améliorer l'assistant")
    expect(agreed).not_to_be_checked()
    agreed.check()
    visitor.page.reload()
    expect(agreed).to_be_checked()
