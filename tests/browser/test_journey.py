"""A visitor at the chat and a counsellor at the desk, live."""

from playwright.sync_api import expect

from tests.browser.cable import cable_to
from tests.browser.conftest import DESKTOP, Windows
from tests.browser.people import Counsellor, Visitor
from tests.serving import Server

PROJECT = "je suis vendeuse à Troyes et je voudrais devenir aide-soignante"


def test_from_the_first_message_to_a_counsellor_and_back(visitor: Visitor, counsellor: Counsellor) -> None:
    counsellor.signs_in()
    expect(counsellor.page.get_by_role("heading", name="Demandes")).to_be_visible()

    visitor.opens()
    visitor.writes(PROJECT)
    expect(visitor.page.locator(".card").filter(has_text="RNCP").first).to_be_visible()
    expect(visitor.page.locator("#known")).to_contain_text("Troyes")
    visitor.button("Parler à une personne").click()
    visitor.waits()
    expect(visitor.page.locator("#owner")).to_contain_text("chez les conseillers du hub")

    counsellor.opens_case(PROJECT)
    counsellor.sees(PROJECT)
    summary = counsellor.page.locator("#summary")
    expect(summary).to_contain_text("Troyes")
    counsellor.button("Prendre cette demande").click()
    expect(visitor.page.locator("#owner")).to_have_text("Claire, du hub, est avec vous. L'assistant se tait.")

    counsellor.answers("Bonjour, ici Claire. Que préférez-vous : le jour ou le soir ?")
    visitor.sees("ici Claire")
    visitor.writes("plutôt le soir")
    counsellor.sees("plutôt le soir")
    expect(visitor.messages.last).to_contain_text("plutôt le soir")

    counsellor.button("Rendre à l'assistant").click()
    expect(visitor.page.locator("#owner")).to_be_hidden()
    before = visitor.messages.count()
    visitor.writes("c'est quoi la VAE ?")
    expect(visitor.messages.nth(before + 1)).to_contain_text("expérience")


def test_each_line_of_the_summary_leads_to_its_message(visitor: Visitor, counsellor: Counsellor) -> None:
    project = "j'habite à Colmar et je cherche une formation de plombier"
    visitor.opens()
    visitor.writes(project)
    visitor.writes("je voudrais parler à quelqu'un")
    counsellor.signs_in()
    counsellor.opens_case(project)
    line = counsellor.page.locator("#summary dd").filter(has_text="Colmar").last
    line.get_by_role("button").first.click()
    expect(counsellor.page.locator("#message-3")).to_be_focused()
    expect(counsellor.page.locator("#message-3")).to_contain_text(project)


def test_what_is_written_during_a_cut_arrives_once_when_it_is_over(
    windows: Windows, server: Server, counsellor: Counsellor
) -> None:
    with cable_to(server.url) as cable:
        visitor = Visitor(windows.open(DESKTOP, url=cable.url).new_page())
        visitor.opens()
        visitor.writes("je suis tapissière à Saint-Dizier et je voudrais parler à quelqu'un")
        counsellor.signs_in()
        counsellor.opens_case("tapissière à Saint-Dizier")
        counsellor.button("Prendre cette demande").click()
        visitor.sees("Claire, du hub")

        cable.cut()
        expect(visitor.page.get_by_role("alert").filter(has_text="La connexion est coupée")).to_be_visible()
        counsellor.answers("Bonjour, voici ma première réponse.")
        visitor.page.get_by_label("Votre message").fill("je suis dans le train")
        visitor.button("Envoyer").click()
        expect(visitor.messages.filter(has_text="Ce message n'est pas encore parti.")).to_be_visible()

        cable.mend()
        visitor.sees("première réponse")
        visitor.waits()
        counsellor.sees("je suis dans le train")
        for words in ("première réponse", "je suis dans le train"):
            expect(visitor.messages.filter(has_text=words)).to_have_count(1)
        expect(visitor.page.get_by_role("alert")).to_have_count(0)
