"""The spaCy pipeline of entities: one registered component per family of facts.

Every reader is a lexicon or a rule of ours: no statistical model is loaded, and words are ours too (`entities.text`).
A message travels in the `user_data` of its `Doc`, with what was found so far.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import cast

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from nlu.entities.found import Found
from nlu.entities.text import Folded
from nlu.understanding import Context

Reader = Callable[[Folded, Context], Iterable[Found]]
_FACTORY = "hub_reader"
_MESSAGE = "hub_message"
_FOUND = "hub_found"


class ReaderComponent:
    """A component of the pipeline that runs one reader, given after the pipeline was put together."""

    def __init__(self, reader: Reader | None = None) -> None:
        self.reader = reader

    def __call__(self, doc: Doc) -> Doc:
        """Add to the message of `doc` what the reader finds in it."""
        if self.reader is not None:
            doc.user_data[_FOUND].extend(self.reader(*doc.user_data[_MESSAGE]))
        return doc


def build(readers: Mapping[str, Reader]) -> Language:
    """A pipeline with a component `hub_<name>` for each reader, in their order."""
    nlp = spacy.blank("xx")
    for name, reader in readers.items():
        cast("ReaderComponent", nlp.add_pipe(_FACTORY, name=f"hub_{name}")).reader = reader
    return nlp


def run(nlp: Language, message: Folded, context: Context) -> Iterator[Found]:
    """What the components of `nlp` found in the message."""
    doc = Doc(nlp.vocab, user_data={_MESSAGE: (message, context), _FOUND: []})
    for _, component in nlp.pipeline:
        doc = component(doc)
    yield from doc.user_data[_FOUND]


def _create(nlp: Language, name: str) -> ReaderComponent:
    return ReaderComponent()


Language.factory(_FACTORY, func=_create)
