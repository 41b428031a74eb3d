"""Understanding of one message: safety first, then the question just asked, then the model."""

import re
from collections.abc import Sequence
from pathlib import Path

import joblib

from knowledge.catalogue import Catalogue
from knowledge.errors import Unavailable
from knowledge.search.embedding import Embedder
from knowledge.search.jobs import JobFinder
from nlu.entities import EntityExtractor
from nlu.intents import IntentClassifier, embed
from nlu.safety import asks_for_someone, distress_kinds
from nlu.training import MODEL, read_report
from nlu.understanding import Context, Entity, IntentScore, Understanding

FALLBACK = "nlu_fallback"
RANKED = 10
_SURE = 0.97
_WORD = re.compile(r"\w+")
# What looks like a command or a payload is no request, and says nothing of the person.
_COMMAND = re.compile(r"\s*(?:/\w+|[{\[<])")
# A short answer of so many words to the question just asked gives a fact and asks nothing.
_SHORT_ANSWER_WORDS = 6
_STAND = frozenset({"affirm", "deny", "dont_know", "cancel", "correct", "talk_to_human", "ask_rephrase", "insult"})
_ASKED_ENTITIES = {
    "target_job": {"job", "certification", "sector"},
    "current_job": {"job"},
    "location": {"location"},
    "status": {"status", "contract_type"},
    "contract_type": {"contract_type"},
    "education_level": {"education_level", "certification"},
    "age": {"age"},
    "company_size": {"company_size"},
    "first_name": {"person_name"},
    "phone": {"phone"},
    "email": {"email"},
}
_AMOUNTS = frozenset({"cpf_balance", "budget", "training_cost", "monthly_gross_salary", "employer_contribution"})


class UnderstandingNotTrained(Unavailable):
    """The intent model was not trained yet."""

    code = "not_prepared"


class Interpreter:
    """Understands messages. Thread-safe; a message costs a few milliseconds and one embedding."""

    def __init__(
        self, model: IntentClassifier, threshold: float, entities: EntityExtractor, embedder: Embedder
    ) -> None:
        self._model, self._threshold, self._entities, self._embedder = model, threshold, entities, embedder

    @classmethod
    def load(
        cls, model_dir: Path, catalogue: Catalogue, embedder: Embedder, finder: JobFinder | None = None
    ) -> "Interpreter":
        """The model trained in `model_dir`. Raises UnderstandingNotTrained."""
        report = read_report(model_dir)
        if report is None or not (model_dir / MODEL).is_file():
            raise UnderstandingNotTrained
        model: IntentClassifier = joblib.load(model_dir / MODEL)
        return cls(model, report.threshold, EntityExtractor(catalogue, embedder, finder), embedder)

    def parse(self, text: str, context: Context) -> Understanding:
        """Understand one message in its context."""
        return self.parse_many([text], context)[0]

    def parse_many(self, texts: Sequence[str], context: Context) -> list[Understanding]:
        """Understand several messages, each alone, in the same context."""
        if not texts:
            return []
        scores = self._model.probabilities(texts, embed(self._embedder, texts))
        return [self._understand(text, context, row) for text, row in zip(texts, scores, strict=True)]

    def _understand(self, text: str, context: Context, scores: Sequence[float]) -> Understanding:
        order = sorted(zip(self._model.intents, scores, strict=True), key=lambda pair: -pair[1])
        ranking = tuple(IntentScore(name, round(float(p), 4)) for name, p in order[:RANKED])
        if _COMMAND.match(text):
            return Understanding(text, IntentScore(FALLBACK, _SURE), ranking)
        entities = self._entities.extract(text, context)
        ruled = _ruled(text, context, entities, ranking)
        if ruled is not None:
            best = IntentScore(ruled, _SURE)
            others = tuple(score for score in ranking if score.name != ruled)
            return Understanding(text, best, (best, *others)[:RANKED], entities)
        unread = not entities and not self._model.knows_a_word(text)
        if ranking[0].confidence < self._threshold or unread:
            return Understanding(text, IntentScore(FALLBACK, round(1 - ranking[0].confidence, 4)), ranking, entities)
        return Understanding(text, ranking[0], ranking, entities)


def _ruled(text: str, context: Context, entities: Sequence[Entity], ranking: Sequence[IntentScore]) -> str | None:
    """The intent that a rule is surer of than the model."""
    if distress_kinds(text):
        return "distress"
    if asks_for_someone(text) and ranking[0].name != "book_appointment":
        return "talk_to_human"
    if _answers(text, context, entities) and ranking[0].name not in _STAND:
        return "inform"
    return None


def _answers(text: str, context: Context, entities: Sequence[Entity]) -> bool:
    """Whether a short message gives the fact that was just asked for."""
    asked = context.asked_field
    if asked is None or "?" in text or len(_WORD.findall(text)) > _SHORT_ANSWER_WORDS:
        return False
    wanted = _ASKED_ENTITIES.get(asked, set())
    if asked in _AMOUNTS:
        wanted = {"amount"}
    elif asked.endswith("_months"):
        wanted = {"duration"}
    return any(entity.entity in wanted for entity in entities)
