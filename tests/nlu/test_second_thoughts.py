"""What a message holds that speaks against the classifier's guess. The model is not needed: the guess is given."""

import pytest

from nlu.normalise import normalise
from nlu.second_thoughts import second_thought
from nlu.understanding import Entity


def thought(text: str, guess: str, *entities: tuple[str, str, str | None], second: str = "inform") -> str | None:
    found = [Entity(entity, value, 0, 1, role) for entity, value, role in entities]
    return second_thought(normalise(text).folded, guess, found, {guess: 0.7, second: 0.3})


@pytest.mark.parametrize(
    ("text", "guess", "entity", "second", "expected"),
    [
        ("transco c'est encore ouvert ou pas", "ask_hub", ("topic", "transco", None), "ask_info", "ask_eligibility"),
        ("et le CPF dans tout ça", "out_of_scope", ("topic", "cpf", None), "inform", "ask_info"),
        ("VIVEA ça paye ça ?", "ask_outcomes", ("topic", "faf_vivea", None), "ask_funding", "ask_funding"),
        ("et un contrat de pro alors ?", "find_training", ("topic", "ptp", None), "inform", "ask_eligibility"),
        ("un garage veut m'embaucher", "company_need", ("location", "54323", None), "find_training", "find_training"),
        ("je suis au chômage", "company_need", ("status", "jobseeker", None), "inform", "inform"),
        ("avec le CPF c'est plafonné ?", "correct", ("topic", "cpf", None), "ask_funding", "ask_funding"),
        ("ok charpentier", "affirm", ("job", "F1503", "target"), "find_training", "inform"),
        ("j'aimerais travailler dans une crèche", "inform", ("sector", "crèche", None), "x", "explore_jobs"),
        ("pour mes impots vous pouvez m'aider", "ask_funding", ("x", "x", None), "inform", "out_of_scope"),
        ("ma carte grise je la refais ou ?", "ask_hub", ("x", "x", None), "inform", "out_of_scope"),
        ("pas besoin de rendez-vous, merci", "book_appointment", ("topic", "cnam", None), "inform", "deny"),
        ("je ne tiens pas à être rappelé", "talk_to_human", ("location", "08362", None), "inform", "deny"),
        ("je suis artisan et j'apprends", "start_business", ("status", "self_employed", None), "inform", "inform"),
        ("laquelle vous me conseillez alors", "out_of_scope", ("x", "x", None), "inform", "ask_eligibility"),
        (
            "la nounou c'est pris en charge ?",
            "ask_privacy",
            ("topic", "aide_garde_enfants", None),
            "x",
            "ask_eligibility",
        ),
        ("je viens de valider mon master", "validate_experience", ("location", "54395", None), "inform", "inform"),
        ("je vous écris pour ma nièce, elle cherche", "learn_basics", ("location", "54395", None), "inform", "inform"),
        ("20 ans, sans permis", "validate_experience", ("age", "20", None), "inform", "inform"),
    ],
)
def test_the_guess_gives_way(
    text: str, guess: str, entity: tuple[str, str, str | None], second: str, expected: str
) -> None:
    assert thought(text, guess, entity, second=second) == expected


@pytest.mark.parametrize(
    ("text", "guess", "entity"),
    [
        ("c'est ouvert le samedi à Colmar ?", "ask_hub", ("location", "68066", None)),
        ("je suis artisan et j'ai 3 salariés à former", "company_need", ("status", "self_employed", None)),
        ("non, pas à Reims, à Rethel ?", "correct", ("location", "08362", None)),
        ("10 ans que je fais ça, on peut le faire valider ?", "validate_experience", ("location", "08362", None)),
        ("je ne veux pas d'un robot, je veux un rendez-vous", "book_appointment", ("location", "08362", None)),
        ("artisan, je veux ouvrir une boutique", "start_business", ("status", "self_employed", None)),
        ("j'écris très mal, je voudrais apprendre", "learn_basics", ("location", "54395", None)),
        ("oui merci", "affirm", ("location", "08362", None)),
    ],
)
def test_the_guess_stands(text: str, guess: str, entity: tuple[str, str, str | None]) -> None:
    assert thought(text, guess, entity) is None


@pytest.mark.parametrize(
    ("text", "guess", "second", "expected"),
    [
        ("avec un casier ça pose problème ?", "ask_disability", "ask_outcomes", "ask_outcomes"),
        ("j'ai 14 points, ça vaut combien", "review_skills", "inform", "ask_funding"),
        ("je vais ouvrir mon cabinet à Barr", "inform", "find_training", "start_business"),
        ("j'ai mal au dos, c'est adapté ?", "ask_disability", "inform", None),
        ("je vais démissionner vendredi pour me former", "company_need", "find_training", "find_training"),
        ("j'aimerais bosser avec des enfants", "start_business", "change_career", "change_career"),
        ("j'aimerais bosser dans ma propre boutique", "start_business", "change_career", None),
        ("je voudrais apprendre l'italien", "learn_basics", "find_training", "find_training"),
        ("je viens du Portugal, je veux des cours pour écrire", "learn_basics", "find_training", None),
    ],
)
def test_words_alone_may_outweigh_the_guess(text: str, guess: str, second: str, expected: str | None) -> None:
    assert thought(text, guess, second=second) == expected


def test_distress_is_never_a_second_thought() -> None:
    chances = {"learn_basics": 0.5, "distress": 0.3, "find_training": 0.2}
    assert second_thought("je voudrais apprendre l'italien", "learn_basics", [], chances) == "find_training"
