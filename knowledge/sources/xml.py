"""XML read element by element, never held whole."""

from collections.abc import Iterator
from typing import Any, BinaryIO

from lxml import etree

from knowledge.sources.opening import BROKEN, UnfoldsTooMuch
from knowledge.sources.refusals import Refusal


def elements(stream: BinaryIO, name: str, tag: str) -> Iterator[tuple[int, Any]]:
    """Each element `tag` with its position from 1; a Refusal where the file breaks off, or holds none.

    A document type is refused: no official file has one, and entities hide in it. Nothing is fetched; a text of more
    than 10 MB breaks the file off.
    """
    position = 0
    try:
        parser = etree.iterparse(
            stream, events=("start", "end"), resolve_entities=False, no_network=True, load_dtd=False
        )
        for event, element in parser:
            if event == "start":
                if element.getparent() is None and element.getroottree().docinfo.doctype:
                    yield 1, Refusal(name, "1", "doctype")
                    return
            elif _local(element) == tag:
                position += 1
                yield position, element
                _release(element)
    except etree.XMLSyntaxError as error:
        yield position + 1, Refusal(name, str(position + 1), "broken_xml", str(error.lineno))
        return
    except UnfoldsTooMuch:
        yield position + 1, Refusal(name, str(position + 1), "unfolds_too_much")
        return
    except BROKEN:
        yield position + 1, Refusal(name, str(position + 1), "broken_archive")
        return
    if position == 0:
        yield 1, Refusal(name, "1", "no_record")


def _local(element: Any) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _release(element: Any) -> None:
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]
