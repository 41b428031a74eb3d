"""The OPCO of an agreement, by its number or the words of an activity."""

from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from knowledge import agreements
from knowledge.agreements import AgreementFinder, opco_name, opcos_named, short_title
from knowledge.records import Agreement, Source
from knowledge.sources.agreements import read_agreements
from tests.shared_data import shared_data

TABLE = Source("Table", "", date(2020, 8, 1))


@pytest.fixture(scope="module")
def finder() -> AgreementFinder:
    """Over the real table of 2020."""
    found = read_agreements(shared_data() / "opco" / "referentielCodesIdccOpco.csv", TABLE)
    return AgreementFinder({one.id: one for one in found if isinstance(one, Agreement)})


def test_every_agreement_of_the_lexicon_is_in_the_table(finder: AgreementFinder) -> None:
    lexicon = yaml.safe_load(Path(agreements.__file__).with_name("activities.yml").read_text("utf-8"))
    for entry in lexicon["activities"]:
        for key in entry["agreements"]:
            assert finder.by_number(key) if key.isdigit() else finder.by_words(key).agreements, key


@pytest.mark.parametrize(
    ("text", "opcos"),
    [
        ("on est dans le bâtiment", {"Constructys"}),
        ("hôtels cafés restaurants", {"AKTO"}),
        ("la métallurgie", {"OPCO 2i"}),
        ("une menuiserie", {"Constructys", "OPCO 2i"}),
        ("la restauration rapide", {"AKTO"}),
        ("une boulangerie", {"OPCO EP", "OCAPIAT"}),
    ],
)
def test_an_activity_leads_to_its_agreements(finder: AgreementFinder, text: str, opcos: set[str]) -> None:
    found = finder.by_words(text)
    assert found.named
    assert set(found.opcos) == opcos


def test_what_no_lexicon_names_is_only_likely(finder: AgreementFinder) -> None:
    found = finder.by_words("on vend des chaussures")
    assert not found.named
    assert "chaussure" in found.agreements[0].title


def test_nothing_is_found_of_words_that_tell_no_branch(finder: AgreementFinder) -> None:
    assert not finder.by_words("de quel opco dépend mon entreprise ?").agreements


def test_a_number_counts_without_its_zeros(finder: AgreementFinder) -> None:
    found = finder.by_number("0016")
    assert found is not None
    assert opco_name(found.opco) == "OPCO Mobilités"


def test_a_title_is_said_in_few_words() -> None:
    title = "Convention collective nationale des hôtels, cafés, restaurants (HCR)"
    assert short_title(title) == "Hôtels, cafés, restaurants (HCR)"


def test_opcos_are_known_by_their_usual_names_in_the_order_of_the_text() -> None:
    assert opcos_named("c'est Constructys ou OPCO 2i") == ("Constructys", "OPCO 2i")
    assert opcos_named("un atelier") == ()


@given(st.text(max_size=200))
def test_any_text_is_searched(finder: AgreementFinder, text: str) -> None:
    found = finder.by_words(text)
    assert bool(found.opcos) == bool(found.agreements)
    assert opcos_named(text) is not None
