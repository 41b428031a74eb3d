"""The summary that a counsellor reads of a conversation, as a page of Markdown."""

from api.chat.markdown import escaped
from api.chat.script import TEXTS
from bot.summary import Summary, SummaryItem
from bot.summary.rendering import parts


def summary_to_markdown(title: str, summary: Summary, transcript: str) -> str:
    """The page, with a final line feed; `transcript` is the file of the conversation, beside which it is read."""
    cited = {item.text: _cited(item) for item in summary.items()}
    by_line = {f"{text[:1].upper()}{text[1:]}": seqs for text, seqs in cited.items()}
    blocks = [f"# {escaped(TEXTS.get('summary.title', title=title))}", TEXTS.get("summary.of", file=transcript)]
    for part in parts(summary):
        lines = (f"- {escaped(line)} {by_line.get(line, '')}".rstrip() for line in part.lines)
        blocks += [f"## {part.title}", "\n".join(lines)]
    return "\n\n".join(blocks) + "\n"


def _cited(item: SummaryItem) -> str:
    return TEXTS.get("summary.cited", seqs=", ".join(map(str, item.evidence)))
