"""A notice as a message with its sources."""

from pydantic import JsonValue

from bot.messages import Say, Sentence
from bot.state import State
from bot.turn import Turn
from bot.wording import say, speech
from knowledge.notices import NoticeIndex
from knowledge.records import Notice, Source

_SAID_AS = "notices."
PUBLIC_AGREEMENT = "accord_employeur_public"
_FOR_PUBLIC_AGENTS = {"cpf": "cpf_agent_public", "accord_employeur": PUBLIC_AGREEMENT}


def notice_message(topic: str, index: NoticeIndex) -> Say | None:
    """What a scheme or a notion is, in plain words, with where it comes from and when that was checked; None when
    unknown."""
    notice = index.by_id(topic)
    if notice is None:
        return None
    speech().said.append(Sentence(key=_SAID_AS + notice.id))
    return _message(notice)


def topic_for(topic: str, state: State) -> str:
    """The notion as it is for this person: of public agents, other rules hold."""
    counts_in_hours = state.knows("cpf_hours") or state.text("status") == "public_agent"
    return _FOR_PUBLIC_AGENTS.get(topic, topic) if counts_in_hours else topic


def topics_of(turn: Turn) -> list[str]:
    """The notions that a message names, as they are for this person; else the one that its words lead to."""
    index = turn.services.notices
    named = [str(value) for value in turn.heard.values("topic") if index.by_id(str(value))]
    found = index.by_alias(turn.heard.text)
    topics = named or ([found.id] if found else [])
    return list(dict.fromkeys(topic_for(topic, turn.state) for topic in topics))


def notion_of(key: str) -> str | None:
    """The notion of a notice that was said under this key; None for any other sentence."""
    return key.removeprefix(_SAID_AS) if key.startswith(_SAID_AS) else None


def sources_payload(sources: tuple[Source, ...]) -> dict[str, JsonValue]:
    """The payload that shows sources."""
    return {"sources": [{"title": s.title, "url": s.url, "checked_on": s.checked_on.isoformat()} for s in sources]}


def cited(source: Source) -> str:
    """Where a text comes from, and when that was checked, as a sentence."""
    return say("answers.source", title=source.title, day=source.checked_on.strftime("%d/%m/%Y"))


def _message(notice: Notice) -> Say:
    body = f"{notice.title}.\n{notice.simple}" if speech().simple else notice.text
    return Say(text=f"{body.strip()}\n{cited(notice.sources[0])}", payload=sources_payload(notice.sources))
