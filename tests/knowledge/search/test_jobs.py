import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.search.job_titles import forms
from knowledge.search.jobs import SURE, JobFinder
from tests.knowledge.search.jobs import JOBS

FINDER = JobFinder(JOBS, known_words={"travailler", "monter", "bureau"})


@pytest.mark.parametrize(
    ("phrase", "rome"),
    [
        ("boulanger", "D1102"),
        ("BOULANGÈRE", "D1102"),
        ("boulanger·ère", "D1102"),
        ("boulangers", "D1102"),
        ("électricienne du bâtiment", "F1602"),
        ("electricien batiment", "F1602"),
        ("auxiliaire de vie sociale", "K1304"),
        ("AVS", "K1304"),
        ("cuistot", "G1602"),
        ("aide a domicile", "K1304"),
        ("assistante comptable", "M1213"),
        ("comptable spécialisée paie", "M1203"),
        ("mécanicien auto", "I1604"),
        ("technicienne du son", "L1508"),
    ],
)
def test_a_title_in_any_of_its_forms_is_recognised(phrase: str, rome: str) -> None:
    hit = FINDER.find(phrase)[0]
    assert hit.rome == rome
    assert hit.score >= 0.95


@pytest.mark.parametrize(
    ("phrase", "rome"),
    [("coifeuse", "D1202"), ("bouleanger", "D1102"), ("chofeur livreur", "N4105"), ("elektrissien batiment", "F1602")],
)
def test_a_misspelt_title_is_recognised_with_less_certainty(phrase: str, rome: str) -> None:
    hit = FINDER.find(phrase)[0]
    assert hit.rome == rome
    assert SURE <= hit.score < 0.95


def test_the_exact_job_comes_before_its_neighbours() -> None:
    hits = FINDER.find("boulanger", limit=5)
    assert [hit.rome for hit in hits][:2] == ["D1102", "D1108"]
    assert hits[0].score > hits[1].score
    assert hits[0].label == "Boulanger / Boulangère"


def test_limit_is_kept() -> None:
    assert len(FINDER.find("boulanger", limit=1)) == 1


def test_a_title_is_found_inside_a_sentence_at_its_place() -> None:
    text = "Bonjour, je suis aide-soignante de nuit et je veux être cuistot !"
    spans = FINDER.spot(text)
    assert [text[span.start : span.end] for span in spans] == ["aide-soignante de nuit", "cuistot"]
    assert [span.hits[0].rome for span in spans] == ["J1501", "G1602"]


def test_places_hold_through_ligatures_and_inclusive_endings() -> None:
    text = "Sœur de coiffeur·euse à cœur"
    span = FINDER.spot(text)[0]
    assert text[span.start : span.end].startswith("coiffeur")


def test_misspelt_titles_are_found_inside_a_sentence() -> None:
    text = "je voudrai etre coifeuse"
    span = FINDER.spot_misspelt(text)[0]
    assert text[span.start : span.end] == "coifeuse"
    assert span.hits[0].rome == "D1202"


@pytest.mark.parametrize(
    "text", ["travailler dans un bureau", "monter en compétences", "ma carrière", "technicien", "", "?!"]
)
def test_ordinary_words_name_no_job_for_sure(text: str) -> None:
    assert FINDER.spot(text) == ()
    assert not [hit for hit in FINDER.find(text) if hit.score >= SURE]


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("Conducteur(trice) de ligne", {"Conducteur de ligne", "Conductrice de ligne"}),
        ("Boulanger(ère)-traiteur(se)", {"Boulanger-traiteur", "Boulangère-traiteuse"}),
        ("Assistant(e) administratif(ve)", {"Assistant administratif", "Assistante administrative"}),
        ("Chargé d'études / Chargée d'études", {"Chargé d'études", "Chargée d'études"}),
        ("Agent qualifié / Qualifiée de tri", {"Agent qualifié de tri", "Agent Qualifiée de tri"}),
    ],
)
def test_short_writings_of_a_title_are_put_in_full(label: str, expected: set[str]) -> None:
    assert set(forms(label)) == expected


def test_the_forms_of_a_title_share_what_follows_the_feminine() -> None:
    assert set(forms("Chef / Cheffe de rayon (grande surface)")) >= {"Chef de rayon", "Cheffe de rayon"}


@given(st.text(max_size=80))
def test_places_are_inside_the_text_and_in_order(text: str) -> None:
    spans = FINDER.spot_misspelt(f"{text} boulangère {text}")
    edges = [edge for span in spans for edge in (span.start, span.end)]
    assert edges == sorted(edges)
    assert all(0 <= span.start < span.end <= 2 * len(text) + 12 for span in spans)


@given(st.sampled_from(sorted(FINDER.titles)))
def test_every_title_leads_to_its_job(title: str) -> None:
    assert {entry.rome for entry in FINDER.titles[title]} <= {hit.rome for hit in FINDER.find(title, limit=10)}
