"""What says who someone is, taken out of a message that is kept for learning."""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

import yaml

from nlu.understanding import Entity

_PLACEHOLDERS = Path(__file__).parent / "lexicon" / "placeholders.yml"
_IDENTIFYING = frozenset({"person_name", "email", "phone"})
# Addresses, and numbers long enough to be those of a person, a file or an account; codes of the registers stay.
_EMAIL = re.compile(r"\S+@\S+")
_LINK = re.compile(r"\b(?:https?://|www\.)\S+", re.IGNORECASE)
_NUMBER = re.compile(r"(?<![\w])(?:\d[ .-]?){6,}\d?(?!\w)")
_STREET = re.compile(
    r"\b\d{1,4},? ?(?:bis |ter )?"
    r"(?:rue|avenue|av\.?|boulevard|bd|place|impasse|all[ée]e|chemin|route|quai|cours) [^,.;!?]+",
    re.IGNORECASE,
)
_TITLED = re.compile(r"\b(?:M\.|Mr|Mme|Mlle|Madame|Monsieur|Dr|Docteur) [A-ZÀ-Ý][\w'-]+(?: [A-ZÀ-Ý][\w'-]+){0,2}")


def anonymous(text: str, entities: Iterable[Entity], known: Iterable[str] = ()) -> str:
    """`text` with names, addresses and long numbers replaced by what they are. `known` are words said elsewhere that
    identify the person (their name, their e-mail). A counsellor still reads the result before it is learnt."""
    marks = _placeholders()
    identifying = [entity for entity in entities if entity.entity in _IDENTIFYING]
    for entity in sorted(identifying, key=lambda one: -one.start):
        text = text[: entity.start] + marks[entity.entity] + text[entity.end :]
    for word in known:
        text = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", marks["person_name"], text, flags=re.IGNORECASE)
    for pattern, kind in ((_EMAIL, "email"), (_LINK, "link"), (_STREET, "address"), (_TITLED, "person_name")):
        text = pattern.sub(marks[kind], text)
    return _NUMBER.sub(marks["number"], text)


@cache
def _placeholders() -> Mapping[str, str]:
    with _PLACEHOLDERS.open(encoding="utf-8") as stream:
        read: dict[str, str] = yaml.safe_load(stream)
    return read
