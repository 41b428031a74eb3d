"""Intents that a few words settle, whatever the classifier thinks."""

import pytest

from nlu.normalise import normalise
from nlu.rules import settled_intent
from nlu.safety import looks_harmless


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("ça recrute dans le bâtiment ?", "ask_outcomes"),
        ("il y a du travail derrière ?", "ask_outcomes"),
        ("ça gagne combien comme métier", "ask_outcomes"),
        ("vous en avez un près de Vouziers ?", "ask_hub"),
        ("je sais pas trop ce que je fais ici", "ask_capabilities"),
        ("mon éducatrice m'a dit de venir", "ask_capabilities"),
        ("mes douze ans de caisse, ça vaut un diplôme ?", "validate_experience"),
        ("faudrait que je progresse en bureautique", "find_training"),
        ("je sais pas vers quel domaine me tourner", "explore_jobs"),
        ("et du coup qui finance ?", "ask_funding"),
        ("aide-soignante c'est payé combien", "ask_outcomes"),
        ("combien de temps avant je dois déposer le dossier ?", "ask_steps"),
        ("ça a été remplacé par quoi ?", "ask_funding"),
        ("c'est quoi les secteurs qui embauchent", "ask_outcomes"),
        ("je peux m'inscrire sans en parler à mon patron ?", "ask_steps"),
        ("redonne-moi la liste", "find_training"),
        ("qui peut voir mes réponses ?", "ask_privacy"),
        ("ki lit se que jecris la", "ask_privacy"),
        ("mes messages sont gardés combien de temps ?", "ask_privacy"),
    ],
)
def test_a_few_words_settle_it(text: str, intent: str) -> None:
    assert settled_intent(normalise(text).folded) == intent


@pytest.mark.parametrize(
    "text",
    [
        "ça embauche quelqu'un chez vous, je recrute",
        "on m'a dit de passer un CAP, quelle formation ?",
        "je sais pas lire",
    ],
)
def test_what_only_looks_like_it_is_left_to_the_classifier(text: str) -> None:
    assert settled_intent(normalise(text).folded) not in {"ask_outcomes", "ask_capabilities", "explore_jobs"}


def test_who_likes_to_be_outside_is_not_without_a_roof() -> None:
    assert looks_harmless("j'aime les plantes et être dehors")
    assert looks_harmless("un métier dehors")
    assert looks_harmless("bénévole au Secours catholique")
    assert not looks_harmless("au secours")
    assert not looks_harmless("je préfère dormir dehors")
    assert not looks_harmless("je suis dehors depuis hier")
