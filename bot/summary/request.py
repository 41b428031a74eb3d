"""What the person wants, in their own words: the sentence that says it best, two where the wish changed or grew."""

from dataclasses import dataclass

from bot.folding import fold
from bot.profile import job_label
from bot.state import Memory
from bot.summary.quoting import says, sentences, shortened
from bot.summary.record import ConversationRecord, Line, SummaryItem

REQUEST_MAX_CHARS = 280
SENTENCES = 2
NOTES = 4
# A second sentence is told only when it says the wish nearly as well as the first.
_WORTH_TELLING = 5
_CONTACT = ("first_name", "phone", "email")
_AIM = ("target_job", "target_certification")
_FEW_WORDS = 4
# Enough letters of the name of a job to know it in «boulanger», «boulangerie».
_STEM = 5


@dataclass(frozen=True, slots=True)
class _Sentence:
    score: int
    seq: int
    text: str


def request(record: ConversationRecord, memory: Memory) -> SummaryItem | None:
    """Their words, word for word, oldest first. None where they said nothing."""
    found = [
        _Sentence(_score(record, memory, line, text), line.seq, text)
        for line in record.said
        for text in sentences(line.text, REQUEST_MAX_CHARS)
    ]
    if not found:
        return None
    best = sorted(found, key=lambda one: -one.score)
    kept = [best[0]]
    for one in best[1:SENTENCES]:
        room = REQUEST_MAX_CHARS - sum(len(other.text) for other in kept)
        worth = one.score >= _WORTH_TELLING and says("wish", one.text)
        if worth and len(one.text) <= room and one.text not in {other.text for other in kept}:
            kept.append(one)
    kept.sort(key=lambda one: one.seq)
    quoted = (record.words("quoted", text=shortened(one.text, REQUEST_MAX_CHARS)) for one in kept)
    return SummaryItem(text=" ".join(quoted), evidence=record.seen(one.seq for one in kept))


def notes(record: ConversationRecord) -> list[SummaryItem]:
    """What the person added to the summary themselves, the latest ones."""
    return [
        SummaryItem(text=record.words("quoted", text=shortened(line.text, REQUEST_MAX_CHARS)), evidence=[line.seq])
        for line in [line for line in record.messages if line.note][-NOTES:]
    ]


def _score(record: ConversationRecord, memory: Memory, line: Line, text: str) -> int:
    """How well a sentence says what the person wants: it states the request or the aim, and speaks of wanting."""
    score = 3 * (line.seq == memory.request_seq) + 3 * (line.seq in record.evidence_of(*_AIM))
    score += 2 * says("wish", text) + 3 * _names_the_aim(record, text) - 4 * says("wants_a_person", text)
    if line.touched or line.seq in record.evidence_of(*_CONTACT):
        score -= 4
    return score - 3 * (len(text.split()) < _FEW_WORDS)


def _names_the_aim(record: ConversationRecord, text: str) -> bool:
    job = str(record.profile.get("target_job") or "")
    stems = {word[:_STEM] for word in fold(job_label(job, record.catalogue)).split() if len(word) >= _STEM}
    return bool(job) and any(stem in fold(text) for stem in stems)
