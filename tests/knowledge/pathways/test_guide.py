"""The counsellors' guide of the routes says the rules that the program applies."""

import re
from pathlib import Path
from typing import get_args

from knowledge.pathways.records import RouteId
from knowledge.pathways.routes import (
    EXPERIENCE_FOR_VAE,
    OLDEST_APPRENTICE,
    YOUNGEST_ADULT_CONTRACT,
    YOUNGEST_APPRENTICE,
)
from knowledge.positioning import COVERAGE_FOR_PARTIAL, COVERAGE_FOR_VAE

GUIDE = (Path(__file__).resolve().parents[3] / "docs" / "parcours.md").read_text("utf-8")


def test_each_route_has_its_line() -> None:
    assert set(re.findall(r"^\| `(\w+)`", GUIDE, re.M)) == set(get_args(RouteId))


def test_the_marks_are_those_applied() -> None:
    assert f"{EXPERIENCE_FOR_VAE} mois d'expérience ou plus" in GUIDE
    assert f"de {YOUNGEST_APPRENTICE} à {OLDEST_APPRENTICE} ans révolus" in GUIDE
    assert f"demandeur d'emploi de {YOUNGEST_ADULT_CONTRACT} ans ou plus" in GUIDE
    assert f"À partir de {round(COVERAGE_FOR_VAE * 100)} %" in GUIDE
    assert f"à partir de {round(COVERAGE_FOR_PARTIAL * 100)} %" in GUIDE
