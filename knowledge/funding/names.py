"""The scheme that a text names."""

from collections.abc import Iterable

from knowledge.funding.records import SchemeRecord
from knowledge.notices import folded_words


class Names:
    """Names and aliases, the longest first: «contrat pro» is not «Pro-A»."""

    def __init__(self, schemes: Iterable[SchemeRecord]) -> None:
        named = {
            folded_words(name): scheme.id for scheme in schemes for name in (scheme.name, *scheme.aliases, scheme.id)
        }
        self._names = sorted(named.items(), key=lambda pair: -len(" ".join(pair[0])))

    def find(self, text: str) -> str | None:
        """The id of the scheme with the longest name in the text, in whole words; None when there is none."""
        words = folded_words(text)
        for name, scheme in self._names:
            if name and any(words[i : i + len(name)] == name for i in range(len(words) - len(name) + 1)):
                return scheme
        return None
