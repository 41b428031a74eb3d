"""Questions answered by meaning: the notice, or the passage of an official page, that speaks of the same thing."""

import logging
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from knowledge.records import Notice, Source
from knowledge.records import Passage as OfficialPassage
from knowledge.search.documents import Passage
from knowledge.search.embedding import Embedder
from knowledge.search.lexical import LexicalIndex, analyse
from knowledge.search.vector_cache import Progress, VectorCache
from knowledge.search.vectors import VectorIndex
from knowledge.search.words import content_words

_log = logging.getLogger(__name__)

# Compared on the questions of tests/bot/explanation_questions.yml: below, the nearest text answers another one.
SURE_LIKENESS, SURE_COVERAGE = 0.36, 0.6
_LOOKED_AT = 40
_COVERAGE_WEIGHT = 0.5
EXCERPT_SENTENCES, EXCERPT_CHARS = 3, 420
# The official pages cover all of labour law; what answers here speaks of learning or of changing jobs.
_OURS = re.compile(
    r"formation|apprenti|professionnalisation|compétences|acquis|certifica|diplôme|reconversion|transition pro|"
    r"handicap|démission|compte personnel",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\n+(?:- )?")


@dataclass(frozen=True, slots=True)
class Explanation:
    """What answers a question: a whole `notice`, or an excerpt of an official page with its address."""

    notice: Notice | None
    page: str
    excerpt: str
    source: Source


@dataclass(frozen=True, slots=True)
class _Text:
    """A notice, or the passages of one section of an official page. Of `named`, the meaning is compared; of the rest,
    only the words: embedding whole pages would take an hour, and a section is named by the question it answers."""

    named: tuple[str, ...]
    body: str
    notice: Notice | None = None
    passages: tuple[OfficialPassage, ...] = ()


class Explanations:
    """Over the notices and the official passages of one catalogue. Thread-safe."""

    def __init__(self, texts: Sequence[_Text], embedder: Embedder, vectors: VectorIndex | None) -> None:
        self._texts, self._embedder, self._vectors = tuple(texts), embedder, vectors
        self._words = LexicalIndex([text.named[0] for text in texts], [text.body for text in texts])

    @classmethod
    def open(
        cls,
        notices: Mapping[str, Notice],
        passages: Mapping[str, OfficialPassage],
        embedder: Embedder,
        index_dir: Path,
        progress: Progress | None = None,
    ) -> "Explanations":
        """Vectors are kept in `index_dir`: only new texts are embedded. Without vectors nothing is ever found."""
        texts = [*map(_of_notice, notices.values()), *_of_sections(passages.values())]
        records = [[Passage(name, 1.0) for name in text.named] for text in texts]
        try:
            vectors = VectorIndex(records, VectorCache(index_dir, embedder), progress)
        except Exception:
            _log.exception("no question is answered by meaning: the vectors cannot be had")
            return cls(texts, embedder, None)
        return cls(texts, embedder, vectors)

    def find(self, question: str) -> Explanation | None:
        """The text that answers `question`; None when none surely does."""
        words = content_words(question)
        if not words or not self._texts or self._vectors is None:
            return None
        likeness = self._vectors.scores(self._embedder.queries([question])[0])
        nearest = np.argsort(-likeness, kind="stable")[:_LOOKED_AT]
        scored = [(float(likeness[i]), self._coverage(words, int(i)), int(i)) for i in nearest]
        like, covered, best = max(scored, key=lambda one: (one[0] + _COVERAGE_WEIGHT * one[1], -one[2]))
        if like < SURE_LIKENESS or covered < SURE_COVERAGE:
            return None
        return self._explanation(self._texts[best], words)

    def _coverage(self, words: Sequence[str], text: int) -> float:
        """The share of the question's words, weighted by rarity, that a text holds."""
        weights = {word: self._words.rarity(word) for word in words}
        held = self._words.stems[text]
        found = sum(weight for word, weight in weights.items() if held.intersection(analyse(word)))
        return found / (sum(weights.values()) or 1.0)

    def _explanation(self, text: _Text, words: Sequence[str]) -> Explanation:
        if text.notice is not None:
            return Explanation(text.notice, text.notice.title, text.notice.text, text.notice.sources[0])
        excerpts = [(excerpt_of(passage.text, words), passage) for passage in text.passages]
        excerpt, passage = max(excerpts, key=lambda pair: _held(pair[0], words))
        return Explanation(None, passage.page, excerpt, passage.source)


def excerpt_of(text: str, words: Sequence[str]) -> str:
    """The sentences in a row that hold most of the question's `words`: three at most, 420 characters at most."""
    sentences = [part.strip() for part in _SENTENCE_END.split(text) if part.strip()]
    starts = range(max(len(sentences) - EXCERPT_SENTENCES, 0) + 1)
    runs = [sentences[start : start + EXCERPT_SENTENCES] for start in starts]
    best = max(runs, key=lambda run: _held(" ".join(run), words))
    kept = best[:1]
    for sentence in best[1:]:
        if len(" ".join([*kept, sentence])) > EXCERPT_CHARS:
            break
        kept.append(sentence)
    return " ".join(kept)


def _held(text: str, words: Sequence[str]) -> int:
    """How many of the `words` a text holds."""
    return len({stem for word in words for stem in analyse(word)}.intersection(analyse(text)))


def _of_notice(notice: Notice) -> _Text:
    names = (notice.title, f"{notice.title}. {notice.simple}", notice.text)
    return _Text(names, f"{notice.text} {' '.join(notice.aliases)}", notice)


def _of_sections(passages: Iterable[OfficialPassage]) -> Iterator[_Text]:
    sections: defaultdict[str, list[OfficialPassage]] = defaultdict(list)
    for passage in passages:
        sections[f"{passage.section} ({passage.page})"].append(passage)
    for name, held in sections.items():
        body = " ".join(passage.text for passage in held)
        if _OURS.search(f"{name} {body}"):
            yield _Text((name,), body, passages=tuple(held))
