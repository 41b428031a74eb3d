"""Reading large XML files element by element. Nothing is fetched, no entity is resolved, no tree is kept."""

from collections.abc import Iterator
from typing import Any, BinaryIO, cast

from lxml import etree


class BrokenXml(Exception):
    """The file cannot be read any further: `reason` and `value` as in a `Refusal`."""

    def __init__(self, reason: str, value: str) -> None:
        super().__init__(f"{reason} {value}")
        self.reason = reason
        self.value = value


def elements(stream: BinaryIO, root: str, tag: str) -> Iterator[Any]:
    """Each `tag` of a file whose root is `root`. An element is emptied when the next one is asked for.

    Raises BrokenXml where the file is cut off or ill-formed, has another root, or declares a document type
    (official files have none, and declared entities can be made to fill the memory).
    """
    reader = etree.iterparse(
        stream, events=("end",), tag=tag, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    first = True
    try:
        for _, element in reader:
            if first:
                _check(element.getroottree(), root)
                first = False
            yield element
            _release(element)
    except etree.XMLSyntaxError as error:
        raise BrokenXml("broken_xml", str(error.lineno)) from error
    if first:
        _check(cast(Any, reader).root.getroottree(), root)
        raise BrokenXml("no_record", tag)


def _check(tree: Any, root: str) -> None:
    if tree.docinfo.internalDTD is not None:
        raise BrokenXml("document_type", tree.docinfo.doctype)
    if tree.getroot().tag != root:
        raise BrokenXml("root", str(tree.getroot().tag)[:100])


def _release(element: Any) -> None:
    element.clear()
    while element.getprevious() is not None:
        del element.getparent()[0]
