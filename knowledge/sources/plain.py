"""Plain text out of fields that may hold HTML."""

import re

from lxml import etree, html

from knowledge.sources.fiches import LONGEST_TEXT

_TAG = re.compile(r"<[a-zA-Z/!]|&[a-zA-Z#]")
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
        tree = html.fragment_fromstring(text.replace("\x00", ""), create_parent="div")
    except (etree.ParserError, ValueError):
        return re.sub(r"<[^>]*>", " ", text)
    for unwanted in tree.xpath(".//script|.//style|.//comment()"):
        unwanted.drop_tree()
    for element in tree.iter():
        if element.tag in _BLOCK:
            element.tail = "\n" + (element.tail or "")
            if element.tag == "li":
                element.text = "- " + (element.text or "")
            element.text = "\n" + (element.text or "")
    return str(tree.text_content())
