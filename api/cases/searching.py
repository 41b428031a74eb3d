"""Cases that hold some words: in what was said or shown, in what is known of the person, in the notes.

Read and compared here rather than in SQL, because neither database folds accents without an extension. Nothing is kept
for it: what is erased is no longer found.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Select, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.cases.models import CaseNoteRow, CaseRow
from api.conversations.models import ConversationRow, MessageRow
from bot.folding import fold
from bot.profile import labels
from knowledge.catalogue import Catalogue

# What the assistant says beside what it shows is the same for everyone.
_SHOWN = ("certifications", "jobs", "pathways")
_TELLING = or_(MessageRow.author.in_(("person", "counsellor")), MessageRow.kind.in_(_SHOWN))


async def holding(session: AsyncSession, catalogue: Catalogue, scope: Select[CaseRow], words: str) -> Sequence[CaseRow]:
    """Those of `scope` that hold every one of the words, in its order, whatever the case and the accents."""
    conversations = scope.with_only_columns(CaseRow.conversation_id).order_by(None)
    ids = scope.with_only_columns(CaseRow.id).order_by(None)
    said = await session.execute(
        select(MessageRow.conversation_id, MessageRow.text).where(
            MessageRow.conversation_id.in_(conversations), _TELLING
        )
    )
    noted = await session.execute(select(CaseNoteRow.case_id, CaseNoteRow.text).where(CaseNoteRow.case_id.in_(ids)))
    known = await session.execute(
        select(ConversationRow.id, ConversationRow.profile).where(ConversationRow.id.in_(conversations))
    )
    facts = ((key, text) for key, profile in known for text in labels(profile, catalogue).values())
    about = _gathered([*((key, text) for key, text in said), *((key, text) for key, text in noted), *facts])
    return [
        case for case in await session.scalars(scope) if holds_all(words, about[case.id] + about[case.conversation_id])
    ]


def holds_all(words: str, texts: Iterable[str]) -> bool:
    """Whether each of the words is somewhere in the texts, as it is or within another.

    >>> holds_all("epinal  fleur", ["Je suis fleuriste.", "Épinal (88000)"])
    True
    """
    folded = [fold(text) for text in texts]
    return all(any(word in text for text in folded) for word in fold(words).split())


def _gathered(texts: Iterable[tuple[str, str]]) -> Mapping[str, list[str]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for key, text in texts:
        found[key].append(text)
    return found
