"""Words put right before a message is classified: a missing accent, a spelling by ear, one slip of the finger.

The likeliest words for what was written are chosen together, each after the one before (a noisy channel: Kernighan,
Church and Gale, 1990). Only the classifier reads the result: entities are looked for in what the person wrote.
"""

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

import yaml
from symspellpy import SymSpell, Verbosity
from wordfreq import get_frequency_dict

from nlu.corpus_reader import read_corpus
from nlu.normalise import fold, is_acronym, normalise
from nlu.word_model import WordModel

_LEXICON = Path(__file__).parent / "lexicon"
_WORD = re.compile(r"[^\W\d_]+")
_ELIDED_JE = re.compile(r"j(?=[^\W\d_aeiouyhj]\w{2})")
# What was written, given what was meant: as it is, without its accents, by ear, with one slip.
_AS_IS = math.log(0.9)
_NO_ACCENT = math.log(0.1)
_BY_EAR = math.log(5e-4)
_ONE_SLIP = math.log(2e-4)
_SHORTEST_SLIP = 3
_SHORTEST_HEARD = 3
# A word this rare may be another one badly spelled.
_RARE = 1.5e-7
_SHORTEST_READ = 2
# Rarer words are not proposed in the place of what was written.
_LEAST_FREQUENT = 5e-7
_SCALE = 1e9
_MOSTLY = 0.75
_HEARD = 3


class Speller:
    """French words by frequency, and those of the given texts, which count as known. Immutable, thread-safe."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._model = WordModel([_WORD.findall(text.lower()) for text in texts])
        frequency = self._model.frequency
        self._accented: defaultdict[str, list[str]] = defaultdict(list)
        for word in frequency:
            if word.isalpha():
                self._accented[fold(word)].append(word)
        heard: defaultdict[str, list[str]] = defaultdict(list)
        self._near = SymSpell(max_dictionary_edit_distance=1)
        for word in {*get_frequency_dict("fr", wordlist="small"), *self._model.own}:
            if word.isalpha() and len(word) > 1 and frequency[word] > _LEAST_FREQUENT:
                self._near.create_dictionary_entry(fold(word), int(frequency[word] * _SCALE) + 1)
                heard[sound(fold(word))].append(word)
        self._sounding = {
            key: sorted(words, key=frequency.__getitem__, reverse=True)[:_HEARD] for key, words in heard.items()
        }

    @staticmethod
    def suits(texts: Iterable[str]) -> bool:
        """Whether most words of these texts are French ones."""
        french = get_frequency_dict("fr", wordlist="small")
        words = [word for text in texts for word in _WORD.findall(text.lower())]
        return bool(words) and sum(word in french for word in words) > _MOSTLY * len(words)

    def corrected(self, text: str) -> str:
        """The text in lower case, each word replaced by the likeliest one for it, which most often is itself."""
        text = text.lower()
        for pattern, replacement in _rules("run_together"):
            text = pattern.sub(replacement, text)
        text = _WORD.sub(lambda match: self._apart(match.group()), text)
        meant = iter(self._meant(_WORD.findall(text)))
        return _WORD.sub(lambda _: next(meant), text)

    def share_unknown(self, text: str) -> float:
        """Which part of the words is neither French nor ours (0 to 1; 0 without words); one that can be put right
        counts half."""
        words = [word for word in _WORD.findall(text.lower()) if len(word) > _SHORTEST_READ]
        unknown = [word for word in words if not self._knows(word)]
        mended = sum(all(map(self._knows, self.corrected(word).split())) for word in unknown)
        return (len(unknown) - mended / 2) / len(words) if words else 0.0

    def _knows(self, word: str) -> bool:
        return self._model.frequency.get(word, 0.0) > _RARE

    def _apart(self, word: str) -> str:
        """«jcompte» is «je compte», where it is no word itself."""
        plain = fold(word)
        if not word.isalpha() or any(map(self._knows, (word, *self._accented.get(plain, ())))):
            return word
        return f"je {word[1:]}" if _ELIDED_JE.match(word) and plain[1:] in self._accented else word

    def _meant(self, words: list[str]) -> list[str]:
        """The likeliest words (Viterbi)."""
        best: dict[str, tuple[float, list[str]]] = {"": (0.0, [])}
        for written in words:
            step: dict[str, tuple[float, list[str]]] = {}
            for word, channel in self._candidates(written).items():
                score, previous = max(
                    (before + self._model.log_probability(word, left), left) for left, (before, _) in best.items()
                )
                step[word] = (score + channel, [*best[previous][1], word])
            best = step
        return max(best.values())[1]

    def _candidates(self, written: str) -> Mapping[str, float]:
        """What may have been meant by a word, and how likely it then is to be written like that."""
        plain = fold(written)
        found = {written: _AS_IS}
        if is_acronym(written) or not written.isalpha():
            return found
        for word in self._accented.get(plain, ()):
            found.setdefault(word, _NO_ACCENT)
        if written in self._model.own and len(written) <= _SHORTEST_SLIP:
            return found
        if len(plain) >= _SHORTEST_HEARD:
            for word in self._sounding.get(sound(plain), ()):
                found.setdefault(word, _BY_EAR)
        if len(plain) >= _SHORTEST_SLIP:
            for near in self._near.lookup(plain, Verbosity.ALL, max_edit_distance=1):
                for word in self._accented.get(near.term, (near.term,)):
                    found.setdefault(word, _ONE_SLIP)
        return found


def sound(word: str) -> str:
    """A key that words of the same sound share, roughly; `word` in lower case without accents."""
    for pattern, replacement in _rules("sounds"):
        word = pattern.sub(replacement, word)
    return word


@cache
def _rules(name: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    with (_LEXICON / f"{name}.yml").open(encoding="utf-8") as stream:
        return tuple((re.compile(pattern), replacement) for pattern, replacement in yaml.safe_load(stream))


@cache
def own_speller() -> Speller:
    """The speller that knows the words of our corpus."""
    return Speller(normalise(example.text).text for example in read_corpus())
