"""The spaCy pipeline of entities: one registered component per family, in the order of `COMPONENTS`."""

from collections.abc import Callable, Iterable, Iterator

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from nlu.entities.found import Found
from nlu.entities.text import Folded
from nlu.understanding import Context

Reader = Callable[[Folded, Context], Iterable[Found]]
CONTEXT = "hub_context"
FOUND = "hub_found"


def build(readers: dict[str, Reader]) -> Language:
    """A French pipeline with a component `hub_<name>` for each reader. The tokenizer is spaCy's; no statistical model
    is loaded."""
    nlp = spacy.blank("fr")
    for name, reader in readers.items():
        component = f"hub_{name}"
        Language.component(component, func=_component(reader))
        nlp.add_pipe(component)
    return nlp


def run(nlp: Language, message: Folded, context: Context) -> Iterator[Found]:
    """What the components of `nlp` found in the message."""
    doc = Doc(nlp.vocab)
    doc.user_data.update({CONTEXT: (message, context), FOUND: []})
    for _, component in nlp.pipeline:
        doc = component(doc)
    yield from doc.user_data[FOUND]


def _component(reader: Reader) -> Callable[[Doc], Doc]:
    def component(doc: Doc) -> Doc:
        doc.user_data[FOUND].extend(reader(*doc.user_data[CONTEXT]))
        return doc

    return component
