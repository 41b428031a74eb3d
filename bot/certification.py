"""The certification talked about, and what its record says."""

from bot.messages import Say
from bot.notices import sources_payload
from bot.proposals import level_label
from bot.state import State
from bot.turn import Turn
from bot.wording import say
from knowledge.records import Certification
from knowledge.search.engine import SearchQuery

BLOCKS_SHOWN = 6


def certification_meant(turn: Turn, state: State, *, named_only: bool = False) -> Certification | None:
    """The certification that is talked about: named in the message, found by its words, or proposed last."""
    records = turn.services.catalogue.certifications
    named = [str(value) for value in turn.heard.values("certification") if str(value) in records]
    if named:
        return records[named[0]]
    if turn.heard.values("certification"):
        found = turn.services.search.search(SearchQuery(text=turn.heard.text, limit=1))
        if found.confident and found.hits:
            return found.hits[0].certification
    if named_only:
        return None
    proposed = [code for code in state.memory.proposed if code in records]
    return records[proposed[0]] if proposed else None


def record_message(record: Certification) -> Say:
    lines = [say("answers.record", title=record.title, type=record.type or record.kind.upper(), code=record.code)]
    if record.level:
        lines.append(say("answers.record_level", level=level_label(record.level)))
    if record.summary:
        lines.append(record.summary)
    if record.blocks:
        lines.append(say("answers.record_blocks", n=len(record.blocks)))
        lines += [f"• {block.label}" for block in record.blocks[:BLOCKS_SHOWN]]
    if not record.active:
        lines.append(say("answers.record_expired"))
    return Say(text="\n".join(lines), payload={**sources_payload((record.source,)), "about": [record.code]})
