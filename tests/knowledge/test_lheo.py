"""LHEO catalogues: an offer for each action, what is not communicated left out, broken records refused by name."""

import io
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.records import Offer, OfferPlace, Session
from knowledge.sources.lheo import read_offers
from knowledge.sources.refusals import Refusal
from tests.shared_data import shared_data

DAY = date(2026, 9, 1)


def action(inside: str = "", number: str = "A1") -> str:
    return f'<action numero="{number}">{inside}</action>'


def formation(inside: str = "", *actions: str, number: str = "F1", title: str = "Compta") -> str:
    return (
        f'<formation numero="{number}"><intitule-formation>{title}</intitule-formation>{inside}'
        f"{''.join(actions) or action()}<organisme-formation-responsable><nom-organisme>Cnam</nom-organisme>"
        f"</organisme-formation-responsable></formation>"
    )


def read(*formations: str, version: str = "2.3", cut: int | None = None) -> list[Offer | Refusal]:
    xmlns = f'xmlns="https://www.lheo.gouv.fr/{version}"'
    content = f'<?xml version="1.0"?><lheo {xmlns}><offres>{"".join(formations)}</offres></lheo>'.encode()
    return list(read_offers(io.BytesIO(content[:cut]), "lheo.xml", DAY))


def offer(inside_formation: str = "", inside_action: str = "") -> Offer:
    (found,) = read(formation(inside_formation, action(inside_action)))
    assert isinstance(found, Offer)
    return found


def session(start: str, end: str = "", inside: str = "", number: str = "S1") -> str:
    return f'<session numero="{number}"><periode><debut>{start}</debut><fin>{end}</fin></periode>{inside}</session>'


@pytest.mark.parametrize("version", ["2.2", "2.3"])
def test_each_action_is_an_offer_in_both_versions(version: str) -> None:
    first, second = read(formation("", action(number="A1"), action(number="A2")), version=version)
    assert isinstance(first, Offer)
    assert isinstance(second, Offer)
    assert (first.id, second.id) == ("F1_A1", "F1_A2")
    assert (first.title, first.provider, first.source.checked_on) == ("Compta", "Cnam", DAY)


def test_what_is_not_communicated_is_absent() -> None:
    found = offer("<objectif-formation>-</objectif-formation>", session("00000000", "99999999"))
    assert (found.objectives, found.price, found.hours, found.cpf_eligible) == ("", None, None, None)
    assert (found.place, found.sessions, found.modality, found.url) == (None, (), frozenset(), None)


@pytest.mark.parametrize(
    ("inside", "code"),
    [
        ("<code-RNCP>37121</code-RNCP>", "RNCP37121"),
        ("<code-RNCP>RNCP 037121</code-RNCP>", "RNCP37121"),
        ("<code-RS>5616</code-RS>", "RS5616"),
        ("<code-RNCP>-1</code-RNCP>", None),
        ("<code-CERTIFINFO>80735</code-CERTIFINFO>", None),
    ],
)
def test_the_certification(inside: str, code: str | None) -> None:
    assert offer(f"<certification>{inside}</certification>").certification == code


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        ("<modalites-enseignement>0</modalites-enseignement>", {"onsite"}),
        ("<modalites-enseignement>1</modalites-enseignement>", {"blended"}),
        ("<modalites-enseignement>2</modalites-enseignement>", {"remote"}),
        ("<rythme-formation>Temps partiel, cours du soir</rythme-formation>", {"part_time", "evening"}),
        ("<rythme-formation>Temps plein</rythme-formation>", {"full_time"}),
        ("<modalites-alternance>Contrat d'apprentissage</modalites-alternance>", {"apprenticeship"}),
    ],
)
def test_the_modality(inside: str, expected: set[str]) -> None:
    assert offer("", inside).modality == expected


def test_levels_of_both_scales() -> None:
    found = offer("<code-niveau-entree>5</code-niveau-entree><code-niveau-sortie>16</code-niveau-sortie>")
    assert (found.level_in, found.level_out) == (4, 6)


def test_hours_and_price_are_what_is_said_never_computed_from_an_hourly_price() -> None:
    found = offer("", "<nombre-heures-total>120</nombre-heures-total><prix-horaire-TTC>10</prix-horaire-TTC>")
    assert (found.hours, found.price) == (120, None)
    parts = "<nombre-heures-centre>70</nombre-heures-centre><nombre-heures-entreprise>35</nombre-heures-entreprise>"
    found = offer("", f"{parts}<prix-total-TTC>1 250,50</prix-total-TTC>")
    assert (found.hours, found.price) == (105, Decimal("1250.50"))


def test_cpf_eligibility_is_true_where_it_is_said_else_unknown() -> None:
    assert offer("<certification><code-CPF>1234</code-CPF></certification>").cpf_eligible is True
    assert offer("<extras info='eligibilite-cpf'/>").cpf_eligible is True
    assert offer("<certification><code-RNCP>1</code-RNCP></certification>").cpf_eligible is None


def test_the_place() -> None:
    address = (
        "<codepostal>08000</codepostal><ville>Charleville-Mézières</ville>"
        "<code-INSEE-commune>08105</code-INSEE-commune><geolocalisation><latitude>49.7667</latitude>"
        "<longitude>4.7167</longitude></geolocalisation>"
    )
    found = offer(
        "",
        f"<lieu-de-formation><coordonnees><nom>Hub</nom><adresse>{address}</adresse></coordonnees></lieu-de-formation>",
    )
    assert found.place == OfferPlace("Hub", "Charleville-Mézières", "08000", "08105", 49.7667, 4.7167)


def test_sessions_with_their_state() -> None:
    enrol = (
        "<etat-recrutement>2</etat-recrutement><periode-inscription><periode><debut>00000000</debut>"
        "<fin>20260901</fin></periode></periode-inscription>"
    )
    found = offer("", session("20260915", "20270630", enrol) + session("20270110", number="S1"))
    assert found.sessions == (
        Session("S1", date(2026, 9, 15), date(2027, 6, 30), True, date(2026, 9, 1)),
        Session("S1-2", date(2027, 1, 10)),
    )


@pytest.mark.parametrize(
    ("inside", "reason"),
    [
        (session("20261301"), "offer_date"),
        ("<prix-total-TTC>gratuit ?</prix-total-TTC>", "price"),
        ("<prix-total-TTC>-5</prix-total-TTC>", "price"),
        ("<prix-total-TTC>NaN</prix-total-TTC>", "price"),
    ],
)
def test_a_broken_action_is_refused_by_name_and_the_others_are_kept(inside: str, reason: str) -> None:
    refused, kept = read(formation("", action(inside), action(number="A2")))
    assert isinstance(refused, Refusal)
    assert (refused.record, refused.reason) == ("F1/A1", reason)
    assert isinstance(kept, Offer)


def test_a_formation_without_title_or_action_is_refused() -> None:
    untitled, inactive = read(formation(title=" "), '<formation numero="F2"/>')
    assert isinstance(untitled, Refusal)
    assert isinstance(inactive, Refusal)
    assert (untitled.reason, inactive.record, inactive.reason) == ("offer_title", "F2", "no_action")


def test_a_file_cut_in_the_middle_keeps_what_came_before() -> None:
    kept, refused = read(formation(), formation(number="F2"), cut=-60)
    assert isinstance(kept, Offer)
    assert isinstance(refused, Refusal)
    assert refused.reason == "broken_xml"


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "ftp://x"])
def test_an_address_that_is_no_page_is_dropped(url: str) -> None:
    assert offer(f"<url-formation><urlweb>{url}</urlweb></url-formation>").url is None


def test_an_address_without_scheme_is_completed() -> None:
    assert offer("<url-formation><urlweb>cnam.fr/x</urlweb></url-formation>").url == "https://cnam.fr/x"


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="<>&\ufffe\uffff")))
def test_any_text_in_dates_prices_and_levels_gives_an_offer_or_a_refusal(text: str) -> None:
    inside = f"{session(text, text)}<prix-total-TTC>{text}</prix-total-TTC>"
    assert len(read(formation(f"<code-niveau-entree>{text}</code-niveau-entree>", action(inside)))) == 1


@pytest.mark.parametrize("name", ["anotea__intercarif-data-test.xml", "exemple-bts-onisep.xml"])
def test_the_official_examples_are_read_whole(name: str) -> None:
    with (shared_data() / "lheo" / name).open("rb") as stream:
        found = list(read_offers(stream, name, DAY))
    assert found
    assert all(isinstance(one, Offer) for one in found)
    assert all(isinstance(one, Offer) and one.sessions and one.place and one.certification for one in found)
