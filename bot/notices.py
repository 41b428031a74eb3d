"""A notice as a message with its sources."""

from pydantic import JsonValue

from bot.messages import Say
from bot.wording import say
from knowledge.notices import NoticeIndex
from knowledge.records import Notice, Source


def notice_message(topic: str, index: NoticeIndex, *, simple: bool = False) -> Say | None:
    """What a scheme or a notion is, in plain words, with where it comes from and when that was checked; None when
    unknown."""
    notice = index.by_id(topic)
    return _message(notice, simple=simple) if notice else None


def sources_payload(sources: tuple[Source, ...]) -> dict[str, JsonValue]:
    """The payload that shows sources."""
    return {"sources": [{"title": s.title, "url": s.url, "checked_on": s.checked_on.isoformat()} for s in sources]}


def _message(notice: Notice, *, simple: bool) -> Say:
    first = notice.sources[0]
    cited = say("answers.source", title=first.title, day=first.checked_on.strftime("%d/%m/%Y"))
    body = notice.simple if simple else notice.text
    return Say(text=f"{body.strip()}\n{cited}", payload=sources_payload(notice.sources))
