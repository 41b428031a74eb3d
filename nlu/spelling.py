"""Words put right before a message is classified: a missing accent, a spelling by ear, one slip of the finger.

Only the classifier reads the result: entities are looked for in what the person wrote. Known words are left alone, so
that a rare word is never taken for a common one.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import yaml
from symspellpy import SymSpell, Verbosity
from wordfreq import get_frequency_dict

from nlu.corpus_reader import read_corpus
from nlu.normalise import fold, normalise

_SOUNDS = Path(__file__).parent / "lexicon" / "sounds.yml"
_WORD = re.compile(r"[^\W\d_]+")
# «jfais», «k'il»: run together, or by ear.
_ELIDED_JE = re.compile(r"j(?=[^\W\d_aeiouyhj]\w{2})")
_ELIDED_QUE = re.compile(r"\bk'")
_SHORTEST = 4
# An accent is put back when the word with it is so much more common than the word without.
_MORE_COMMON = 8
# A word rarer than this may be another one badly spelled, when that one is so much more common.
_RARE = 3e-7
_MUCH_MORE_COMMON = 50
_SHORTEST_READ = 2
# Rarer words are not proposed in the place of what was written.
_LEAST_FREQUENT = 1e-6
_SCALE = 1e9
_MOSTLY = 0.75


class Speller:
    """French words by frequency (`wordfreq`), and those of the given texts, which count as known."""

    def __init__(self, texts: Iterable[str]) -> None:
        own = Counter(word for text in texts for word in _WORD.findall(text.lower()))
        total = max(1, sum(own.values()))
        self._own = frozenset(own)
        self._frequency = dict(get_frequency_dict("fr", wordlist="large"))
        for word, times in own.items():
            self._frequency[word] = self._frequency.get(word, 0.0) + times / total / 2
        forms: defaultdict[str, list[str]] = defaultdict(list)
        for word in self._frequency:
            forms[fold(word)].append(word)
        self._accented = {plain: max(words, key=self._frequency.__getitem__) for plain, words in forms.items()}
        self._sounding: dict[str, str] = {}
        self._near = SymSpell(max_dictionary_edit_distance=1)
        for word in {*get_frequency_dict("fr", wordlist="small"), *own}:
            if len(word) >= _SHORTEST and self._frequency[word] > _LEAST_FREQUENT:
                self._near.create_dictionary_entry(fold(word), int(self._frequency[word] * _SCALE) + 1)
                key = sound(fold(word))
                if self._frequency[word] > self._frequency.get(self._sounding.get(key, ""), 0.0):
                    self._sounding[key] = word

    @staticmethod
    def suits(texts: Iterable[str]) -> bool:
        """Whether most words of these texts are French ones."""
        french = get_frequency_dict("fr", wordlist="small")
        words = [word for text in texts for word in _WORD.findall(text.lower())]
        return bool(words) and sum(word in french for word in words) > _MOSTLY * len(words)

    def corrected(self, text: str) -> str:
        """The text in lower case, its unknown words replaced by the nearest known ones."""
        text = _ELIDED_QUE.sub("qu'", text.lower())
        return _WORD.sub(lambda match: self._word(match.group()), text)

    def share_unknown(self, text: str) -> float:
        """Which part of the words is neither French nor ours (0 to 1; 0 without words); one that can be put right
        counts half."""
        words = [word for word in _WORD.findall(text.lower()) if len(word) > _SHORTEST_READ]
        unknown = [word for word in words if not self._knows(word)]
        mended = sum(all(map(self._knows, self.corrected(word).split())) for word in unknown)
        return (len(unknown) - mended / 2) / len(words) if words else 0.0

    def _knows(self, word: str) -> bool:
        return word in self._own or self._frequency.get(word, 0.0) > _RARE

    def _word(self, word: str) -> str:
        if word in self._own or not word.isalpha():
            return word
        plain = fold(word)
        accented = self._accented.get(plain, word)
        often = self._frequency.get(accented, 0.0)
        if often <= _RARE and _ELIDED_JE.match(word) and fold(word[1:]) in self._accented:
            return f"je {self._word(word[1:])}"
        if often > _RARE or len(word) < _SHORTEST:
            return accented if often > _MORE_COMMON * self._frequency.get(word, 0.0) else word
        heard = self._sounding.get(sound(plain))
        if heard is not None and self._frequency[heard] > _MUCH_MORE_COMMON * often:
            return heard
        found = self._near.lookup(plain, Verbosity.CLOSEST, max_edit_distance=1)
        best = self._accented.get(found[0].term, found[0].term) if found else word
        return best if self._frequency.get(best, 0.0) > _MUCH_MORE_COMMON * often else accented


def sound(word: str) -> str:
    """A key that words of the same sound share, roughly; `word` in lower case without accents."""
    for pattern, replacement in _sounds():
        word = pattern.sub(replacement, word)
    return word


@cache
def _sounds() -> tuple[tuple[re.Pattern[str], str], ...]:
    with _SOUNDS.open(encoding="utf-8") as stream:
        return tuple((re.compile(pattern), replacement) for pattern, replacement in yaml.safe_load(stream))


@cache
def own_speller() -> Speller:
    """The speller that knows the words of our corpus."""
    return Speller(normalise(example.text).text for example in read_corpus())
