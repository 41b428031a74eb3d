"""A conversation as a page of Markdown: what the person says is quoted. Neither ids nor times, so that the same
conversation is the same page."""

import re
from collections.abc import Iterable, Sequence

from api.chat.messages import Message
from api.chat.script import TEXTS
from api.chat.visitor import Answer

# What Markdown would read as markup: anywhere in a line, and where a line begins.
_ANYWHERE = re.compile(r"[\\`*_<>\[\]|]")
_AT_START = re.compile(r"^(\d*)([#+=.)-])")
_BULLET = "• "


def to_markdown(title: str, welcome: Sequence[Message], answers: Iterable[Answer]) -> str:
    """The page, with a final line feed."""
    blocks = [f"# {escaped(title)}", *_messages(welcome)]
    for answer in answers:
        words = "\n>\n".join(f"> {escaped(line)}" for line in answer.words.splitlines() if line.strip())
        blocks.append(TEXTS.get("markdown.touched", words=words) if answer.touched else words)
        blocks += _messages(answer.messages)
    return "\n\n".join(blocks) + "\n"


def _messages(messages: Sequence[Message]) -> list[str]:
    blocks: list[str] = []
    number = 0
    for message in messages:
        first = len(blocks)
        blocks += _paragraphs(message.text)
        if message.author != "bot":
            blocks[first:first] = [f"**{TEXTS.get(f'authors.{message.author}')}**"]
        choices = [f"{number + place}. {escaped(choice.label)}" for place, choice in enumerate(message.choices, 1)]
        number += len(choices)
        links = [f"- <{link}>" for link in message.links]
        blocks += ["\n".join(part) for part in (choices, links) if part]
    return blocks


def _paragraphs(text: str) -> list[str]:
    """A line of the message is a paragraph, lines that begin with a bullet are a list."""
    blocks: list[list[str]] = []
    listing = False
    for line in filter(None, map(str.strip, text.splitlines())):
        bullet = line.startswith(_BULLET)
        shown = f"- {escaped(line.removeprefix(_BULLET))}" if bullet else escaped(line)
        if bullet and listing:
            blocks[-1].append(shown)
        else:
            blocks.append([shown])
        listing = bullet
    return ["\n".join(block) for block in blocks]


def escaped(line: str) -> str:
    """A line in which nothing is markup."""
    return _AT_START.sub(r"\1\\\2", _ANYWHERE.sub(r"\\\g<0>", line))
