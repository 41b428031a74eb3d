"""The summaries that the queue shows, made again only when what they are made from has changed.

Kept in the memory of each process alone, for the cases read last. A summary cites the person: erasing a conversation
forgets it, in another process within a minute (`forget_erased`).
"""

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from api.cases.models import CaseRow
from api.conversations.models import ConversationRow
from bot.summary import Summary

KEPT = 500


@dataclass(frozen=True, slots=True)
class MadeFrom:
    """All that a summary depends on: messages are only ever added."""

    conversation_id: str
    last_seq: int
    reasons: Sequence[str]
    profile: Mapping[str, Any]
    evidence: Mapping[str, Any]
    memory: Mapping[str, Any]

    @classmethod
    def of(cls, case: CaseRow, conversation: ConversationRow, last_seq: int) -> "MadeFrom":
        """What the summary of a case is made from now."""
        facts = conversation.profile, conversation.evidence, conversation.memory
        return cls(conversation.id, last_seq, case.reasons, *facts)


class SummaryCache:
    """The summaries read last, by case."""

    def __init__(self) -> None:
        self._made: OrderedDict[str, tuple[MadeFrom, Summary]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._made)

    def get(self, case_id: str, made_from: MadeFrom) -> Summary | None:
        """The summary, when it was made from the same."""
        found = self._made.get(case_id)
        return found[1] if found and found[0] == made_from else None

    def keep(self, case_id: str, made_from: MadeFrom, summary: Summary) -> None:
        """Keep a summary; the one read the longest ago goes when there are many."""
        self._made[case_id] = (made_from, summary)
        self._made.move_to_end(case_id)
        if len(self._made) > KEPT:
            self._made.popitem(last=False)

    def conversations(self) -> set[str]:
        """Those of which a summary is kept."""
        return {source.conversation_id for source, _ in self._made.values()}

    def forget(self, conversation_id: str) -> None:
        """The conversation is erased."""
        gone = [case_id for case_id, (source, _) in self._made.items() if source.conversation_id == conversation_id]
        for case_id in gone:
            del self._made[case_id]
