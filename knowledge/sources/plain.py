"""Plain text out of fields that may hold HTML."""

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree, html

from knowledge.sources.fiches import LONGEST_TEXT

_TAG = re.compile(r"<[a-zA-Z/!]|&[a-zA-Z#]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_UNSEEN = {"script", "style"}
_BLOCK = {"p", "div", "li", "br", "tr", "ul", "ol", "table", "h1", "h2", "h3", "h4", "h5", "h6"}


def plain_text(text: str | None, longest: int = LONGEST_TEXT) -> str:
    """The text without its tags, a line for each paragraph or item, spaces made one; cut at `longest` characters."""
    text = (text or "")[: longest * 4]
    if _TAG.search(text):
        text = _without_tags(text)
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "\n".join(line for line in lines if line)[:longest]


def _without_tags(text: str) -> str:
    try:
        tree = html.fragment_fromstring(_CONTROL.sub(" ", text), create_parent="div")
    except (etree.ParserError, ValueError):
        return re.sub(r"<[^>]*>", " ", text)
    return _CONTROL.sub(" ", "".join(_pieces(tree)))


def _pieces(element: Any) -> Iterator[str]:
    if isinstance(element.tag, str) and element.tag not in _UNSEEN:
        around = "\n" if element.tag in _BLOCK else ""
        yield around + ("- " if element.tag == "li" else "") + (element.text or "")
        for child in element:
            yield from _pieces(child)
            yield child.tail or ""
        yield around
