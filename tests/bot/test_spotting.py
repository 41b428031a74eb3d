"""Facts in words that are no entity of a message, and what only looks like one."""

import pytest

from bot.messages import Profile
from bot.spotting import job_ended, nothing_left, spotted, works_for_public


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("je perçois pas l'ARE", {"unemployment_benefit": False}),
        ("il n'y a pas d'employeur derrière", {"job_offer": False}),
        ("personne m'embauche", {"job_offer": False}),
        ("un restaurant est d'accord pour me prendre", {"job_offer": True}),
        ("je me suis bien inscrite en octobre", {"registered_france_travail": True}),
        ("si je m'inscris à France Travail, j'ai droit à quoi ?", {}),
        ("il faut être inscrit à France Travail ?", {}),
        ("je touche l'AAH", {"minimum_income": True}),
        ("je suis pas au RSA, je touche pas le RSA", {"minimum_income": False}),
        ("j'ai toujours pas mon permis", {"has_driving_licence": False}),
        ("j'ai mon permis depuis 2 ans", {"has_driving_licence": True}),
        ("je touche rien en ce moment", {"unemployment_benefit": False}),
        ("le centre est à 45 km", {}),
        ("je peux faire 45 km", {"mobility_km": 45}),
    ],
)
def test_what_is_said_and_what_is_only_supposed(text: str, facts: Profile) -> None:
    assert spotted(text, None, {}) == facts


@pytest.mark.parametrize(
    ("text", "over"),
    [
        ("mon CDD n'a pas été renouvelé", True),
        ("j'ai perdu ma place la semaine dernière", True),
        ("je suis plus en poste", True),
        ("mon contrat se termine au printemps", False),
        ("j'ai été licencié il y a 12 ans", False),
        ("j'ai démissionné puis j'ai retrouvé un poste", False),
    ],
)
def test_a_job_that_is_just_over(text: str, over: bool) -> None:
    assert job_ended(text) is over


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("mon employeur veut pas participer", {"employer_contribution": 0}),
        ("la boîte ne donne rien du tout", {"employer_contribution": 0}),
        ("sur mon CPF il reste plus rien", {"cpf_balance": 0}),
        ("mon chef veut pas que je parte", {}),
    ],
)
def test_sums_that_are_nothing(text: str, facts: Profile) -> None:
    assert nothing_left(text) == facts


def test_a_public_agent_who_was_one_is_none() -> None:
    assert works_for_public("je suis titulaire dans un lycée")
    assert not works_for_public("j'étais fonctionnaire dans une préfecture")
