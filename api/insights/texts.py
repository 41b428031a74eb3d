"""The words of the figures."""

from pathlib import Path

from knowledge.texts import Texts

TEXTS = Texts.load(Path(__file__).parents[1] / "texts" / "insights.yml")
