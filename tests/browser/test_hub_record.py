"""A manager fills in the record of a hub; the public reads it."""

from playwright.sync_api import Page, expect

from tests.browser.people import Counsellor


def adds(page: Page, name: str, **values: str) -> None:
    """Add a row to a list and fill it in."""
    group = page.get_by_role("group", name=name)
    group.get_by_role("button", name="Ajouter une ligne").click()
    for label, value in values.items():
        group.get_by_role("listitem").last.get_by_label(label).fill(value)


def test_a_record_is_filled_in_corrected_published_and_put_back(counsellor: Counsellor) -> None:
    counsellor.signs_in()
    page = counsellor.page
    page.get_by_role("link", name="Fiche du hub").click()
    page.get_by_label("Hub", exact=True).select_option(label="Saverne")
    expect(page.get_by_text("Rien n'a encore été publié.")).to_be_visible()

    page.get_by_label("Téléphone").fill("12")
    adds(page, "Horaires", **{"Ouvre à": "09:00", "Ferme à": "08:00"})
    adds(page, "Services", Service="Bilan de compétences")
    counsellor.button("Publier").click()
    expect(page.get_by_role("alert")).to_contain_text("à revoir")
    expect(page.get_by_label("Téléphone")).to_be_focused()
    why = "Ce numéro de téléphone n'existe pas. Donnez dix chiffres, par exemple 03 24 00 00 00."
    expect(page.get_by_label("Téléphone")).to_have_accessible_description(why)
    expect(page.get_by_text("L'heure de fin doit venir après l'heure de début.")).to_be_visible()
    assert counsellor.barriers() == []

    page.get_by_label("Téléphone").fill("03 88 00 00 00")
    page.get_by_label("Ferme à").fill("12:00")
    counsellor.button("Publier").click()
    expect(page.get_by_role("status")).to_have_text("La fiche est publiée.")
    page.get_by_label("Adresse").fill("une erreur")
    counsellor.button("Publier").click()
    page.get_by_role("button", name="Remettre cette version : Version 1").click()
    expect(page.get_by_role("status")).to_have_text("La version 1 est de nouveau publiée.")
    expect(page.get_by_label("Adresse")).to_have_value("")
    assert counsellor.barriers() == []

    page.get_by_role("link", name="Voir la page publique").click()
    for shown in ("03 88 00 00 00", "Lundi de 9 h à 12 h", "Bilan de compétences", "Non renseigné"):
        expect(page.get_by_text(shown).first).to_be_visible()
    page.set_viewport_size({"width": 320, "height": 640})
    assert not counsellor.is_wider_than_the_screen()
    assert counsellor.barriers() == []
