"""How to reach the person: e-mail, phone, and their own name where they give it."""

import re
from collections.abc import Iterator

from phonenumbers import Leniency, PhoneNumberFormat, PhoneNumberMatcher, format_number

from nlu.entities.found import Found
from nlu.entities.lexicons import lexicon
from nlu.entities.text import Folded
from nlu.understanding import Context

_EMAIL = re.compile(r"[a-z0-9][a-z0-9._%+-]{0,63}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,4}")
_NAME = r"[a-z][a-z'-]{1,30}"
_PHONE = r"(?:\+33|0)\s?[1-9](?:[ .-]?\d\d){4}"
_DESCRIBES = re.compile(
    r"(?:ien|ienne|ais|aise|ois|oise|aine?|ole?|ique|eure?|euse|trice|iste|iere?|ee|ante?|elle|if|ive)s?$"
)
_SHORTEST_NUMBER = 9


def find_contact(message: Folded, _context: Context) -> Iterator[Found]:
    """E-mail addresses in lower case and phone numbers in E.164."""
    for match in _EMAIL.finditer(message.folded):
        yield Found("email", message.written(*match.span()).lower(), *match.span())
    for phone in PhoneNumberMatcher(message.folded, "FR", leniency=Leniency.POSSIBLE):
        if len(str(phone.number.national_number)) >= _SHORTEST_NUMBER:
            yield Found("phone", format_number(phone.number, PhoneNumberFormat.E164), phone.start, phone.end)


class NameReader:
    """Reads the person's own name."""

    def __init__(self, vocabulary: frozenset[str]) -> None:
        """`vocabulary`: folded words that are no name."""
        self._never = frozenset(lexicon("names")["not_names"])
        self._words = vocabulary | self._never
        self._introduced = re.compile(rf"(?<!\w){lexicon('names')['introduced']}")
        self._confirmed = re.compile(lexicon("names")["confirmed"])
        greeting = lexicon("names")["greeting"]
        self._pair = re.compile(rf"(?:^|[,:;(\n]\s?|\b{greeting},? )({_NAME}) ({_NAME})(?=\s*[,:;).\n]|\s*$)")
        self._aged = re.compile(rf"(?:^\W*|^\W*{greeting}\W+)({_NAME}), ?\d\d (?:ans|piges)\b")
        self._beside_phone = (
            re.compile(rf"(?:^|[.,:;!?(\n]\s*)({_NAME}),?\s+(?:au |c'est (?:le |au )?|tel\S* )?{_PHONE}"),
            re.compile(rf"{_PHONE},?\s+({_NAME})\s*[.!]?$"),
        )
        self._opening = re.compile(rf"^\W*(?:{lexicon('names')['greeting']}\W+)?")

    def find(self, message: Folded, context: Context) -> Iterator[Found]:
        """Names of the message, as written."""
        for match in self._introduced.finditer(message.folded):
            yield from self._name(message, match.end(), sure="appelle" in match.group() or "nom" in match.group())
        for match in self._confirmed.finditer(message.folded):
            yield Found("person_name", message.written(*match.span(1)), *match.span(1))
        yield from self._signed(message)
        aged = self._aged.match(message.folded)
        if aged and message.is_capital(aged.start(1)) and self._may_be_name(aged.group(1)):
            yield Found("person_name", message.written(*aged.span(1)), *aged.span(1))
        for pattern in self._beside_phone:
            for match in pattern.finditer(message.folded):
                if message.is_capital(match.start(1)) and self._may_be_name(match.group(1)):
                    yield Found("person_name", message.written(*match.span(1)), *match.span(1))
        if context.asked_field == "first_name" and len(message.tokens) <= 3:
            start = self._opening.match(message.folded)
            yield from self._name(message, start.end() if start else 0, sure=True)

    def _name(self, message: Folded, start: int, *, sure: bool) -> Iterator[Found]:
        """The name that begins at `start`; one that is not `sure` must have a capital or be no known word."""
        end, place = start, start
        while match := re.compile(_NAME).match(message.folded, place):
            word = match.group()
            capital = message.is_capital(match.start())
            unknown = word not in self._words and word.split("'")[0] not in self._words
            first = end == start
            if not self._goes_on(message, start, first=first, capital=capital, unknown=unknown):
                break
            if first and not sure and not (unknown and (capital or "suis" not in message.before(start, 5))):
                break
            if first and not sure and _DESCRIBES.search(word):
                break
            end, place = match.end(), match.end() + 1
            if message.folded[end : end + 1] != " ":
                break
        if end > start:
            yield Found("person_name", message.written(start, end), start, end)

    def _signed(self, message: Folded) -> Iterator[Found]:
        """Two capitalised words, at the beginning or beside a comma, of which one at least is no known word."""
        for match in () if message.shouted else self._pair.finditer(message.folded):
            first, second = match.span(1), match.span(2)
            capitals = message.is_capital(first[0]) and message.is_capital(second[0])
            if capitals and self._may_be_name(*match.groups()):
                yield Found("person_name", message.written(first[0], second[1]), first[0], second[1])

    def _may_be_name(self, *words: str) -> bool:
        parts = {part for word in words for part in re.split("['-]", word)}
        return not parts & self._never and any(word not in self._words for word in words)

    @staticmethod
    def _goes_on(message: Folded, start: int, *, first: bool, capital: bool, unknown: bool) -> bool:
        """Whether a word belongs to the name; the second word of «Paul habite» does not."""
        if capital:
            return unknown or first
        return unknown and (first or not message.is_capital(start))
