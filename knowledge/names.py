"""Records by the beginning of their name, for a list to choose from while one types."""

from collections.abc import Iterable
from typing import Generic, TypeVar

from knowledge.notices import folded_words

_WRITTEN_SHORT = {"saint": "st", "sainte": "ste"}
Record = TypeVar("Record")


class NameFinder(Generic[Record]):
    """Records and what they are called, the best known first. Made ready once: folding many names takes a moment."""

    def __init__(self, named: Iterable[tuple[str, Record]]) -> None:
        self._named = [(_folded(name), record) for name, record in named]

    def find(self, text: str, limit: int) -> list[Record]:
        """Those whose name begins so, then those that hold a word that does; whatever the accents and the case."""
        wanted = _folded(text)
        if not wanted:
            return []
        begins = [record for name, record in self._named if name.startswith(wanted)]
        holds = [record for name, record in self._named if f" {wanted}" in name] if len(begins) < limit else []
        return [*begins, *(record for record in holds if record not in begins)][:limit]


def _folded(text: str) -> str:
    return " ".join(_WRITTEN_SHORT.get(word, word) for word in folded_words(text))
