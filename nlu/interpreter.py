"""The meaning of one message: safety first, then rules and the question just asked, then the classifier."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from knowledge.catalogue import Catalogue
from knowledge.search.embedding import Embedder
from knowledge.search.jobs import JobFinder
from nlu.annotating import Extracts
from nlu.answers import is_answer
from nlu.corpus_reader import read_corpus
from nlu.encoding import MessageEncoder
from nlu.entities import EntityExtractor
from nlu.normalise import fold, normalise
from nlu.rules import settled_intent
from nlu.safety import asks_for_person, distress_kinds, has_cue, looks_harmless
from nlu.second_thoughts import second_thought
from nlu.spelling import own_speller
from nlu.training import TrainedModel, load
from nlu.understanding import Context, Entity, IntentScore, Understanding

FALLBACK = "nlu_fallback"
_BY_RULE = 0.98
_RANKED = 10
_JOB_ROLES = ("current", "past", "target")
_TRAINING = re.compile(r"\bpasser (?:mon|ma|mes|le|la|les|un|une|des)\b|\bformations?\b|\bme former\b|\bapprendre\b")
_RECOGNITION = re.compile(
    r"\bvae\b|experien|valoir|valid|reconn|equivalen|diplome sans|"
    r"sans (?:repasser|passer|retourner|refaire|examen|ecole|cours)"
)
_CERTAIN = 0.7
# Left out when a message is compared with those of the corpus.
_ENDING = " .!?"
# What looks like a command or a payload is no request, and says nothing of the person.
_COMMAND = re.compile(r"\s*(?:/\w+|[{\[<]|$)")
# Markup does nothing: what is written around it is read without it.
_MARKUP = re.compile(r"<(script|style)\b.*?</\1\s*>|</?[a-z!][^<>]*>", re.IGNORECASE | re.DOTALL)
# Distress that only the classifier sees: how likely it must be, with a word that distress is told with, and without.
_DISTRESS_WITH_CUE = 0.4
_DISTRESS_WITHOUT = 0.8
# Under this, what may be off the subject is rather not understood: one says so, instead of «that is not my subject».
_OFF_TOPIC = 0.5
# The share of words that are nobody's from which nothing is understood.
_GIBBERISH = 0.4
_EVEN_SO = 0.85
_HARDLY_A_WORD = 0.7
# Two guesses nearer than this are both offered.
_CLOSE = 0.03
# Someone who tells this many kinds of facts of their working life is understood enough: the best guess is taken.
_TELLING = 2
# As many words as it takes to come back to a job.
_FEW_WORDS = 6
_FACTS = frozenset(
    (
        "job",
        "status",
        "contract_type",
        "education_level",
        "certification",
        "duration",
        "location",
        "amount",
        "disability",
    )
)
_Chances = dict[str, float]


@dataclass(frozen=True, slots=True)
class _Message:
    text: str
    folded: str
    entities: tuple[Entity, ...]
    chances: _Chances
    context: Context


class Interpreter:
    """Understands messages. Immutable once made, thread-safe; 10 to 40 ms a message."""

    def __init__(self, model: TrainedModel, encoder: MessageEncoder, extractor: Extracts) -> None:
        self._model = model
        self._encoder = encoder
        self._extractor = extractor
        self._speller = own_speller()
        self._known = {normalise(e.text).folded.strip(_ENDING): e.intent for e in read_corpus()}

    @classmethod
    def load(
        cls,
        folder: Path,
        catalogue: Catalogue,
        embedder: Embedder,
        finder: JobFinder | None = None,
        model: int | None = None,
    ) -> "Interpreter":
        """Open the model in service of the folder, or the one numbered `model`. Raises NotTrained, NoSuchModel."""
        extractor = EntityExtractor(catalogue, embedder, finder)
        return cls(load(folder, embedder, model), MessageEncoder(embedder), extractor)

    def parse(self, text: str, context: Context) -> Understanding:
        """One message understood. Never raises, whatever the string; only its first 4,000 characters count."""
        return self.parse_many([text], context)[0]

    def parse_many(self, texts: Sequence[str], context: Context) -> list[Understanding]:
        """Messages that do not follow each other, each understood in the same context."""
        if not texts:
            return []
        read = [_MARKUP.sub(lambda found: " " * len(found.group()), text) for text in texts]
        table = self._model.chances(read, self._encoder, self._speller)
        classes = self._model.classifier.classes
        return [
            replace(self._understand(text, dict(zip(classes, row.tolist(), strict=True)), context), text=whole)
            for whole, text, row in zip(texts, read, table, strict=True)
        ]

    def _understand(self, text: str, chances: _Chances, context: Context) -> Understanding:
        if _COMMAND.match(text):
            return Understanding(text, IntentScore(FALLBACK, _BY_RULE), _ranked(chances))
        message = _Message(text, normalise(text).folded, self._extractor.extract(text, context), chances, context)
        settled = self._settle(message)
        if settled == FALLBACK:
            ranking = _ranked(_without_distress(chances))
            return Understanding(text, IntentScore(FALLBACK, _BY_RULE), ranking, message.entities)
        ranking = _ranked(_moved(chances, settled) if settled else chances)
        intent = ranking[0]
        undecided = settled is None and not _tells_enough(message)
        if undecided and (_are_close(ranking) or self._is_unsure(message, intent)):
            intent = IntentScore(FALLBACK, round(1 - intent.confidence, 4))
            if _only_names_a_job(message):
                intent = IntentScore("inform", _BY_RULE)
        return Understanding(text, intent, ranking, message.entities)

    def _is_unsure(self, message: _Message, best: IntentScore) -> bool:
        if best.confidence < self._model.calibration.threshold:
            return True
        if best.name == "out_of_scope" and best.confidence < _OFF_TOPIC:
            return True
        if message.entities:
            return False
        text = normalise(message.text).text
        unknown = self._speller.share_unknown(text)
        if best.name == "out_of_scope" and unknown >= _HARDLY_A_WORD:
            return True
        if not self._model.classifier.knows_a_word(fold(self._speller.corrected(text))):
            return True
        # One slip in a short message makes half its words unknown: those that are surely understood stay so.
        return unknown >= _GIBBERISH and best.confidence < _EVEN_SO

    def _settle(self, message: _Message) -> str | None:
        """The intent that a rule decides, or None where the classifier does."""
        if distress_kinds(message.text):
            return "distress"
        if asks_for_person(message.text):
            return "talk_to_human"
        known = self._known.get(message.folded.strip(_ENDING))
        guess = max(message.chances, key=message.chances.__getitem__)
        sure = known is not None or message.chances[guess] >= self._model.calibration.threshold
        certain = known is not None or message.chances[guess] >= _CERTAIN
        if is_answer(message.text, message.entities, known or guess, sure, message.context, certain=certain):
            return "inform"
        settled = known or settled_intent(message.folded) or self._without_false_alarm(message, guess)
        settled = settled or _other_trade(message, guess)
        return settled or second_thought(message.folded, guess, message.entities, message.chances)

    def _without_false_alarm(self, message: _Message, guess: str) -> str | None:
        """The next best intent when the classifier takes a message for distress on too little; not understood, where
        that one is no surer."""
        if guess != "distress":
            return None
        enough = _DISTRESS_WITH_CUE if has_cue(message.text) else _DISTRESS_WITHOUT
        if message.chances[guess] >= enough and not looks_harmless(message.text):
            return None
        others = _without_distress(message.chances)
        best = max(others, key=others.__getitem__)
        return best if others[best] >= self._model.calibration.threshold * sum(others.values()) else FALLBACK


def _are_close(ranking: Sequence[IntentScore]) -> bool:
    """Whether the person should choose between the two best guesses; someone in distress is never asked to."""
    best, second = ranking[:2]
    return best.name != "distress" and best.confidence - second.confidence < _CLOSE


def _without_distress(chances: _Chances) -> _Chances:
    return {name: chance for name, chance in chances.items() if name != "distress"}


def _only_names_a_job(message: _Message) -> bool:
    """Whether a few words that no intent fits name a job: «allez, fleuriste»."""
    few = len(message.folded.split()) <= _FEW_WORDS and "?" not in message.folded
    return few and any(entity.entity == "job" for entity in message.entities)


def _tells_enough(message: _Message) -> bool:
    if any(entity.entity == "job" and entity.role == "target" for entity in message.entities):
        return True
    return len({entity.entity for entity in message.entities} & _FACTS) >= _TELLING


def _other_trade(message: _Message, guess: str) -> str | None:
    """Experience in one job and an aim at another, without a word of recognition: that is a change; a certification
    to be trained for is a training."""
    if guess != "validate_experience" or _RECOGNITION.search(message.folded):
        return None
    jobs = {role: {e.value for e in message.entities if e.entity == "job" and e.role == role} for role in _JOB_ROLES}
    changes = jobs["target"] and not jobs["target"] & (jobs["current"] | jobs["past"])
    if changes:
        return "change_career"
    named = any(entity.entity == "certification" for entity in message.entities)
    return "find_training" if named and _TRAINING.search(message.folded) else None


def _moved(chances: _Chances, settled: str) -> _Chances:
    """The same chances once a rule has given most of them to one intent."""
    others = sum(chance for name, chance in chances.items() if name != settled)
    scale = (1 - _BY_RULE) / max(others, 1e-12)
    return {name: chance * scale for name, chance in chances.items()} | {settled: _BY_RULE}


def _ranked(chances: _Chances) -> tuple[IntentScore, ...]:
    best = sorted(chances.items(), key=lambda item: -item[1])[:_RANKED]
    return tuple(IntentScore(name, round(chance, 4)) for name, chance in best)
