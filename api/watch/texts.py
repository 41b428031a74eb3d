"""French sentences of the watch."""

from pathlib import Path

from knowledge.texts import Texts

TEXTS = Texts.load(Path(__file__).parents[1] / "texts" / "watch.yml")
