"""Schemes and notions named in a message, by any of their names, misspelt or not."""

import re
from collections.abc import Iterator, Mapping, Sequence

from knowledge.records import Notice
from knowledge.search.spelling import Speller
from nlu.entities.found import Found
from nlu.entities.lexicons import lexicon
from nlu.entities.text import Folded, Token, words_of
from nlu.understanding import Context

Words = tuple[str, ...]
_LONGEST_NAME = 10
_SHORTEST_CORRECTED = 8


class TopicReader:
    """Finds topics by the aliases of the notices and by `nlu/lexicon/topics.yml`; the longest name wins."""

    def __init__(self, notices: Mapping[str, Notice], known: frozenset[str]) -> None:
        """`known` are folded words that are no misspelling of a topic's name."""
        entries = lexicon("topics")
        self._names: dict[Words, str] = {}
        barred = {words_of(name) for name in entries["not_alone"]}
        for topic, names in entries["names"].items():
            aliases = notices[topic].aliases if topic in notices else ()
            for name in (*names, *aliases):
                if (words := words_of(name)) and words not in barred:
                    self._names.setdefault(words, topic)
        self._first = frozenset(words[0] for words in self._names)
        vocabulary = sorted({word for words in self._names for word in words})
        self._strict, self._loose = Speller(vocabulary, known), Speller(vocabulary)
        self._contexts = [
            (topic, re.compile(rf"(?<!\w){entry['name']}(?!\w)"), [re.compile(where) for where in entry["where"]])
            for topic, entry in entries["in_context"].items()
        ]

    def find(self, message: Folded, _context: Context) -> Iterator[Found]:
        """Topics of the message."""
        exact = list(self._named(message.tokens))
        yield from exact
        for one in self._misspelt(message):
            if not any(one.overlaps(other) for other in exact):
                yield one
        yield from self._in_context(message)

    def _misspelt(self, message: Folded) -> Iterator[Found]:
        """Misspelt names. In a name of several words even a word that exists may be a slip: «comte formation»."""
        for speller, several in ((self._loose, True), (self._strict, False)):
            corrected = [Token(speller.correct(t.text), t.start, t.end) for t in message.tokens]
            for one in self._named(corrected):
                written = message.folded[one.start : one.end]
                if len(written) >= _SHORTEST_CORRECTED and (" " in written) == several:
                    yield one

    def _named(self, tokens: Sequence[Token]) -> Iterator[Found]:
        place = 0
        while place < len(tokens):
            size = self._longest(tokens, place) if tokens[place].text in self._first else 0
            if size:
                topic = self._names[tuple(t.text for t in tokens[place : place + size])]
                yield Found("topic", topic, tokens[place].start, tokens[place + size - 1].end)
            place += max(size, 1)

    def _longest(self, tokens: Sequence[Token], place: int) -> int:
        words = tuple(t.text for t in tokens[place : place + _LONGEST_NAME])
        return next((size for size in range(len(words), 0, -1) if words[:size] in self._names), 0)

    def _in_context(self, message: Folded) -> Iterator[Found]:
        for topic, name, places in self._contexts:
            for match in name.finditer(message.folded):
                near = f"{message.before(match.start())}@{message.after(match.end())}"
                if any(place.search(near) for place in places):
                    yield Found("topic", topic, *match.span())
