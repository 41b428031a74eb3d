"""Training offers for a wish and a place: the dated ones soonest first, and what was relaxed to find them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from knowledge.catalogue import Catalogue
from knowledge.distances import distance_km, position
from knowledge.records import Offer, Session
from knowledge.search.engine import SearchEngine, SearchQuery, Understood
from knowledge.search.lexical import LexicalIndex
from knowledge.search.words import content_words
from knowledge.texts import Texts

TEXTS = Texts.load(Path(__file__).parent / "texts" / "offers.yml")

_CERTIFICATIONS_LOOKED_AT = 30
_SAME_JOB, _WORDS, _LEAST = 0.3, 0.4, 0.05
_WIDER = 2


@dataclass(frozen=True, slots=True)
class OfferQuery:
    """What is looked for: words, a certification, or both. `near` is an INSEE code, around which `km` is counted."""

    text: str
    on: date
    near: str | None = None
    km: int = 50
    modality: str | None = None
    certification: str | None = None
    limit: int = 10


@dataclass(frozen=True, slots=True)
class OfferHit:
    """An offer found. `next_session` is the first that can still be joined; `distance` in km, None when not asked or
    not known."""

    offer: Offer
    score: float
    why: tuple[str, ...]
    next_session: Session | None
    distance: float | None


@dataclass(frozen=True, slots=True)
class OfferAnswer:
    """`dated`: soonest first; `undated`: those without dates, the fittest first; `missed`: full or past ones.

    `relaxed` says, in French, what was asked and could not be kept.
    """

    understood: Understood
    dated: tuple[OfferHit, ...]
    undated: tuple[OfferHit, ...]
    missed: tuple[OfferHit, ...]
    relaxed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Wish:
    """The scores of offers for a query, and the reason of each, before place and rhythm count."""

    understood: Understood
    scores: Mapping[str, float]
    why: Mapping[str, Sequence[str]] = field(default_factory=dict)


class OfferFinder:
    """Finds offers of one catalogue. Thread-safe."""

    def __init__(self, catalogue: Catalogue, search: SearchEngine) -> None:
        self._catalogue, self._search = catalogue, search
        self._offers = tuple(catalogue.offers.values())
        self._words = LexicalIndex(
            [offer.title for offer in self._offers], [f"{offer.objectives} {offer.content}" for offer in self._offers]
        )

    def find(self, query: OfferQuery) -> OfferAnswer:
        """Answer a query; conditions that leave nothing are relaxed one after the other, and it is said."""
        wish = self._wish(query)
        relaxed: list[str] = []
        for sentence, tried in _ever_wider(query):
            if sentence:
                relaxed.append(sentence)
            hits = [hit for hit in self._hits(wish, query) if _fits(hit, tried)]
            if hits:
                return _answer(wish, hits, query, tuple(relaxed))
        return OfferAnswer(wish.understood, (), (), ())

    def offered(self, *, near: str | None = None, km: int = 50, modality: str | None = None) -> frozenset[str]:
        """The certifications that an offer of this place and rhythm prepares."""
        query = OfferQuery("", date.min, near=near, km=km, modality=modality)
        hits = (OfferHit(offer, 1.0, (), None, distance_to(offer, near, self._catalogue)) for offer in self._offers)
        return frozenset(code for hit in hits if _fits(hit, query) for code in self._codes_of(hit.offer))

    def _wish(self, query: OfferQuery) -> _Wish:
        if query.certification:
            codes = {query.certification: 1.0, **dict.fromkeys(self._catalogue.successors(query.certification), 0.9)}
            understood = Understood(certification=query.certification)
        else:
            answer = self._search.search(SearchQuery(query.text, limit=_CERTIFICATIONS_LOOKED_AT))
            codes = {hit.certification.code: 1 / (1 + rank / 5) for rank, hit in enumerate(answer.hits)}
            understood = answer.understood
        by_words = self._by_words(query.text)
        scores: dict[str, float] = {}
        why: dict[str, list[str]] = {}
        for offer in self._offers:
            reasons = dict(self._reasons(offer, codes, understood, by_words))
            if reasons and sum(reasons.values()) >= _LEAST:
                scores[offer.id] = sum(reasons.values())
                why[offer.id] = list(reasons)
        return _Wish(understood, scores, why)

    def _by_words(self, text: str) -> Mapping[str, float]:
        words = content_words(text)
        found = self._words.scores(words)
        best = float(found.max(initial=0.0))
        return {self._offers[i].id: float(found[i]) / best for i in range(len(found)) if best and found[i] > best / 2}

    def _reasons(
        self, offer: Offer, codes: Mapping[str, float], understood: Understood, by_words: Mapping[str, float]
    ) -> Iterator[tuple[str, float]]:
        for code in self._codes_of(offer):
            if code in codes:
                title = self._catalogue.certifications[code].title if code in self._catalogue.certifications else code
                yield TEXTS.get("why.certification", title=title, code=code), codes[code]
        job = self._catalogue.jobs.get(understood.job or "")
        if job and {job.rome, job.parent} & set(offer.rome):
            yield TEXTS.get("why.job", job=job.label), _SAME_JOB
        if offer.id in by_words:
            yield TEXTS.get("why.words", words=offer.title), _WORDS * by_words[offer.id]

    def _codes_of(self, offer: Offer) -> tuple[str, ...]:
        """The certification of an offer, or what replaces it."""
        code = offer.certification
        return (code, *self._catalogue.successors(code)) if code else ()

    def _hits(self, wish: _Wish, query: OfferQuery) -> Iterator[OfferHit]:
        for code, score in wish.scores.items():
            offer = self._catalogue.offers[code]
            distance = distance_to(offer, query.near, self._catalogue)
            why = [*wish.why[code]]
            if distance is not None:
                why.append(TEXTS.get("why.near", km=str(round(distance))))
            elif "remote" in offer.modality:
                why.append(TEXTS.get("why.remote"))
            yield OfferHit(offer, score, tuple(why), next_session(offer, query.on), distance)


def distance_to(offer: Offer, near: str | None, catalogue: Catalogue) -> float | None:
    """How far an offer is from a commune (INSEE code), in km; None when either place is not known."""
    here, place = position(catalogue.communes.get(near or "")), offer.place
    if here is None or place is None:
        return None
    there = (
        (place.latitude, place.longitude)
        if place.latitude is not None and place.longitude is not None
        else position(catalogue.communes.get(place.insee or ""))
    )
    return distance_km(here, there) if there else None


def next_session(offer: Offer, on: date) -> Session | None:
    """The first session that can still be joined on that day: not full, not begun, enrolment not over."""
    open_ones = (
        session
        for session in offer.sessions
        if session.starts_on > on and not session.full and (session.sign_up_by is None or session.sign_up_by >= on)
    )
    return min(open_ones, key=lambda session: session.starts_on, default=None)


def _ever_wider(query: OfferQuery) -> Iterator[tuple[str, OfferQuery]]:
    yield "", query
    if query.near:
        wider = query.km * _WIDER
        yield TEXTS.get("relaxed.distance", km=str(query.km), wider=str(wider)), replace(query, km=wider)
    if query.modality:
        query = replace(query, modality=None)
        yield TEXTS.get("relaxed.modality"), query
    if query.near:
        yield TEXTS.get("relaxed.anywhere", km=str(query.km)), replace(query, near=None)


def _fits(hit: OfferHit, query: OfferQuery) -> bool:
    """What is given at a distance is near everywhere; an offer without a known place is not."""
    if query.modality and query.modality not in hit.offer.modality:
        return False
    if query.near is None or "remote" in hit.offer.modality:
        return True
    return hit.distance is not None and hit.distance <= query.km


def _answer(wish: _Wish, hits: Sequence[OfferHit], query: OfferQuery, relaxed: tuple[str, ...]) -> OfferAnswer:
    dated = sorted(
        (hit for hit in hits if hit.next_session),
        key=lambda hit: (hit.next_session.starts_on if hit.next_session else date.max, hit.distance or 0.0),
    )
    undated = sorted((hit for hit in hits if not hit.offer.sessions), key=_fittest)
    missed = sorted((hit for hit in hits if hit.offer.sessions and not hit.next_session), key=_fittest)
    limit = query.limit
    return OfferAnswer(wish.understood, tuple(dated[:limit]), tuple(undated[:limit]), tuple(missed[:limit]), relaxed)


def _fittest(hit: OfferHit) -> tuple[bool, float, float, str]:
    return (hit.offer.example, -round(hit.score, 3), hit.distance or 0.0, hit.offer.id)
