"""Schemes and notions named in a message, by any of their names."""

from collections.abc import Iterator, Mapping

from knowledge.records import Notice
from nlu.entities.found import Found
from nlu.entities.lexicons import lexicon
from nlu.entities.text import Folded
from nlu.understanding import Context

Words = tuple[str, ...]
_LONGEST_NAME = 8


class TopicReader:
    """Finds topics by the aliases of the notices and by `nlu/lexicon/topics.yml`; the longest name wins."""

    def __init__(self, notices: Mapping[str, Notice]) -> None:
        self._names: dict[Words, str] = {}
        for notice in notices.values():
            for alias in (*notice.aliases, notice.id.replace("_", " ")):
                self._add(alias, notice.id)
        for topic, names in lexicon("topics").items():
            for name in names:
                self._add(name, topic)

    def find(self, message: Folded, _context: Context) -> Iterator[Found]:
        """Topics of the message."""
        tokens, place = message.tokens, 0
        while place < len(tokens):
            size = self._longest(tuple(t.text for t in tokens[place : place + _LONGEST_NAME]))
            if size:
                topic = self._names[tuple(t.text for t in tokens[place : place + size])]
                yield Found("topic", topic, tokens[place].start, tokens[place + size - 1].end)
            place += max(size, 1)

    def _longest(self, words: Words) -> int:
        return next((size for size in range(len(words), 0, -1) if words[:size] in self._names), 0)

    def _add(self, name: str, topic: str) -> None:
        words = tuple(token.text for token in Folded.of(name).tokens)
        if words:
            self._names.setdefault(words, topic)
