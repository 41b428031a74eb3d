"""The spaCy pipeline of entities: one registered component per family of facts.

Every reader is a lexicon or a rule of ours: no statistical model is loaded, and words are ours too (`entities.text`).
A message travels in the `user_data` of its `Doc`, with what was found so far.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from nlu.entities.found import Found
from nlu.entities.text import Folded
from nlu.understanding import Context

Reader = Callable[[Folded, Context], Iterable[Found]]
_MESSAGE = "hub_message"
_FOUND = "hub_found"


def build(readers: Mapping[str, Reader]) -> Language:
    """A pipeline with a component `hub_<name>` for each reader, in their order."""
    nlp = spacy.blank("xx")
    for name, reader in readers.items():
        Language.component(f"hub_{name}", func=_component(reader))
        nlp.add_pipe(f"hub_{name}")
    return nlp


def run(nlp: Language, message: Folded, context: Context) -> Iterator[Found]:
    """What the components of `nlp` found in the message."""
    doc = Doc(nlp.vocab, user_data={_MESSAGE: (message, context), _FOUND: []})
    for _, component in nlp.pipeline:
        doc = component(doc)
    yield from doc.user_data[_FOUND]


def _component(reader: Reader) -> Callable[[Doc], Doc]:
    def component(doc: Doc) -> Doc:
        doc.user_data[_FOUND].extend(reader(*doc.user_data[_MESSAGE]))
        return doc

    return component
