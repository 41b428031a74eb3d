"""How likely a word is after another, in what people write to a hub: general French, and the messages of our corpus."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from wordfreq import get_frequency_dict

# Of a word's own likelihood, the part that comes from the corpus.
_OWN_SHARE = 0.5
# A word that no list has: a name, a rare trade, a slip.
_UNKNOWN = 1e-9


class WordModel:
    """Log-probabilities of words. General frequencies: `wordfreq`; pairs of words: the given texts, smoothed by the
    number of different followers (Witten and Bell, 1991)."""

    def __init__(self, texts: Iterable[Sequence[str]]) -> None:
        """`texts` are the words of each, in lower case."""
        single: Counter[str] = Counter()
        pairs: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for words in texts:
            single.update(words)
            for left, right in zip(("", *words), words, strict=False):
                pairs[left][right] += 1
        total = max(1, single.total())
        self.own = frozenset(single)
        self.frequency = dict(get_frequency_dict("fr", wordlist="large"))
        for word in self.frequency:
            self.frequency[word] *= 1 - _OWN_SHARE
        for word, times in single.items():
            self.frequency[word] = self.frequency.get(word, 0.0) + _OWN_SHARE * times / total
        self._followers = {
            left: (1 / (rights.total() + len(rights)), len(rights), dict(rights)) for left, rights in pairs.items()
        }

    def log_probability(self, word: str, previous: str) -> float:
        """Of `word` after `previous` (empty at the beginning)."""
        alone = self.frequency.get(word, _UNKNOWN)
        known = self._followers.get(previous)
        if known is None:
            return math.log(alone)
        scale, different, times = known
        return math.log(scale * (times.get(word, 0) + different * alone))
