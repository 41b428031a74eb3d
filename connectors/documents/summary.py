"""Copies of a case's summary, as text and as a page to print. No name and no contact detail is in them."""

from dataclasses import asdict
from datetime import datetime

from bot.summary import Summary
from bot.summary.rendering import as_text, parts
from bot.wording import say
from connectors.documents.typesetting import compiled


def summary_text(summary: Summary, place: str, opened: datetime) -> str:
    """The summary under its heading; `place` is the hub, `opened` when the case was."""
    return "\n".join((say("summary.copy.title"), _head(place, opened), "", as_text(summary), ""))


def summary_pdf(summary: Summary, place: str, opened: datetime, now: datetime) -> bytes:
    """The same as one page. Slow: call it in a thread."""
    data = {
        "title": say("summary.copy.title"),
        "author": say("summary.copy.author"),
        "head": _head(place, opened),
        "details": say("summary.copy.details"),
        "parts": [asdict(part) for part in parts(summary)],
    }
    return compiled("summary", data, now)


def _head(place: str, opened: datetime) -> str:
    return say("summary.copy.head", place=place, day=opened.strftime("%d/%m/%Y"))
