"""How to reach the person, and their name where they give it."""

import re
from collections.abc import Iterator

from phonenumbers import Leniency, PhoneNumberFormat, PhoneNumberMatcher, format_number

from nlu.entities.found import Found
from nlu.entities.text import Folded
from nlu.understanding import Context

_EMAIL = re.compile(r"[a-z0-9][a-z0-9._%+-]{0,63}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,4}")
_NAME = re.compile(
    r"(?:je m'appelle|mon nom (?:est|c'est)|mon prenom (?:est|c'est)|moi c'est|je me nomme|appelez-moi)"
    r"\s+([a-z'-]+(?: [a-z'-]+)?)"
)
_NOT_NAMES = frozenset({"et", "je", "j'ai", "de", "mais", "pour", "pas", "a", "la", "le"})


def find_contact(message: Folded, context: Context) -> Iterator[Found]:
    """E-mail addresses, phone numbers (E.164) and the person's own name."""
    for match in _EMAIL.finditer(message.folded):
        yield Found("email", match.group(), *match.span())
    for phone in PhoneNumberMatcher(message.text, "FR", leniency=Leniency.POSSIBLE):
        if len(str(phone.number.national_number)) >= len("612345678"):
            yield Found("phone", format_number(phone.number, PhoneNumberFormat.E164), phone.start, phone.end)
    for match in _NAME.finditer(message.folded):
        words = message.text[match.start(1) : match.end(1)].split()
        kept = words[:1] if len(words) > 1 and (words[1].lower() in _NOT_NAMES or not words[1][:1].isupper()) else words
        if kept and kept[0].lower() not in _NOT_NAMES:
            name = " ".join(kept)
            yield Found("person_name", name, match.start(1), match.start(1) + len(name))
