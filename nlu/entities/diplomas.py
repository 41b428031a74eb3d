"""Diplomas: the level that the person holds, or the certification they want or ask about. Never both on the same
words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice

from knowledge.catalogue import Catalogue
from knowledge.search.reading import Lexicon
from knowledge.search.words import content_words, singular
from nlu.entities.certification_titles import CertificationTitles, Key, title_key
from nlu.entities.clauses import clause, is_denied, is_of_someone_else
from nlu.entities.found import Found
from nlu.entities.lexicons import any_match, lexicon, rules
from nlu.entities.text import Folded, Token
from nlu.understanding import Context

_CODE = re.compile(r"\b(r\.?n\.?c\.?p|rs)[ n°:.-]{0,4}(\d{2,6})\b")
_ASKED_LEVEL = re.compile(
    r"\b(?:formations?|diplomes?|certif\w*|titres?|postes?|quel|un|le|du|au|les|vise\w*|passer|master|licence|bts|"
    r"reprendre|jusqu'(?:a|au))\s(?:de |d'un |en )?@"
)
_SPECIALITY = re.compile(
    r"(?:\s(?:option |mention |specialite )?(?:de la |de l'|de |d'|en |du |des )?(?!en\b|et\b|mais\b|avec\b|depuis\b|"
    r"puis\b|comme\b|poche\b|obtenu|valide|deja\b|seulement\b|pour\b|qui\b|que\b|je\b|a\b|au\b|sur\b|dans\b|alternance|c'est|ca\b|est\b|"
    r"sans\b|il y\b|moi\b|mon\b|chez\b|plus\b|\d)[a-z][a-z-]+){1,2}"
)
_OF_A_JOB = re.compile(r"(?:\b(?:une?|comme|suis|devenir|d'|postes? d[e']|metier d[e']|moi|salaires?)\s?|^\W*)$")
# «J'ai 36 ans, un bac pro…»: what is had is told one after the other.
_ENUMERATED = re.compile(
    r"\b(?:pas|jamais)\b[^.;!?,]{2,25} mais (?:j'ai )?(?:juste |seulement )?(?:un |une )$|"
    r"\b(?:j'ai|il a|elle a|qui a|avec) [^.;!?,]{2,25}"
    r"(?:, (?:et )?(?:un |une |mon |son |le )?| et (?:un |une |mon |son ))$"
)
_FAILED = re.compile(
    r"[^.;!?@]{0,20}\b(?:je (?:ne )?l'ai (?:pas|rate|loupe|jamais|plante)|"
    r"(?:pas|jamais|non) (?:ete )?(?:validee?|obtenue?|finie?|terminee?|eue?|reussie?)\b|"
    r"sans (?:la |le |l')?(?:valider|finir|obtenir|terminer|avoir))"
)
_LONGEST_TITLE = 12
_MOST_DIPLOMAS = 30
_REMEMBERED = 10_000
_HELD_FIELDS = frozenset({"education_level"})


@dataclass(frozen=True, slots=True)
class Diploma:
    """A kind of diploma: the name it is given as a value, its level, the types of its records, how it is written."""

    type: str
    level: int | None
    types: tuple[str, ...]
    pattern: re.Pattern[str]
    capitals: bool


class DiplomaReader:
    """Reads diplomas, with the certification itself where the words name exactly one."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._titles = CertificationTitles(catalogue)
        self._lexicon = Lexicon.load()
        self._acronyms_in_full: dict[str, str] = {}
        self._topics = {name.replace("é", "e") for name in lexicon("topics")["names"]}

    def find(self, message: Folded, context: Context) -> Iterator[Found]:
        """Certifications and levels of the message."""
        for match in _CODE.finditer(message.folded):
            kind = match.group(1).replace(".", "").upper()
            yield Found("certification", f"{kind}{match.group(2).lstrip('0')}", *match.span(), weight=-9)
        yield from self._typed(message, context)
        yield from self._acronyms(message, context)
        yield from self._generic(message)
        yield from _levels(message, context)

    def _typed(self, message: Folded, context: Context) -> Iterator[Found]:
        for diploma in _diplomas():
            for match in islice(diploma.pattern.finditer(message.folded), _MOST_DIPLOMAS):
                if _is_written_so(message, diploma, match.start()):
                    code, end = self._speciality(message, diploma.types, match.end())
                    level = self._titles.levels.get(code or "") or diploma.level
                    yield from _fact(message, context, code or diploma.type, level, match.start(), end, match.end())

    def _acronyms(self, message: Folded, context: Context) -> Iterator[Found]:
        brands = frozenset(lexicon("education")["brands"])
        for token in message.tokens:
            code = self._titles.acronyms.get(token.text)
            if code is None and token.text in brands:
                code = self._titles.holding(token.text) or token.text.upper()
            if code and token.text not in self._topics and self._is_acronym(message, token):
                if token.text in lexicon("education")["also_jobs"] and _OF_A_JOB.search(message.before(token.start)):
                    continue
                yield from _fact(
                    message, context, code, self._titles.levels.get(code), token.start, token.end, token.end
                )

    def _is_acronym(self, message: Folded, token: Token) -> bool:
        if token.text in lexicon("education")["brands"]:
            return True
        return message.written(token.start, token.end).isupper() or not any(c in "aeiouy" for c in token.text[1:])

    def _generic(self, message: Folded) -> Iterator[Found]:
        """«diplôme d'ambulancier», «certificat Pix»: a title of any type."""
        for match in islice(_generic().finditer(message.folded), _MOST_DIPLOMAS):
            tokens = _following(message, match.end())
            for size in range(len(tokens), 0, -1):
                words = self._words(message, tokens[:size])
                code = self._titles.exact(words) or self._titles.exact((singular(match.group()), *words))
                if words and code and content_words(tokens[size - 1].text):
                    yield Found("certification", code, match.start(), tokens[size - 1].end)
                    break

    def _speciality(self, message: Folded, types: tuple[str, ...], place: int) -> tuple[str | None, int]:
        """The certification of these types that the words at `place` name, and where they end."""
        tokens = _following(message, place)
        for size in range(len(tokens), 0, -1):
            words = self._words(message, tokens[:size])
            if words and content_words(tokens[size - 1].text) and (code := self._titles.of_type(types, words)):
                return code, tokens[size - 1].end
        return None, place

    def _words(self, message: Folded, tokens: list[Token]) -> Key:
        written = message.folded[tokens[0].start : tokens[-1].end]
        return title_key(" ".join(self._expanded(word) for word in content_words(written)))

    def _expanded(self, word: str) -> str:
        """An acronym in full, as beside a diploma."""
        if word not in self._acronyms_in_full:
            full = (self._lexicon.read(f"bts {word}").expansions or {}).get(word, word)
            if len(self._acronyms_in_full) < _REMEMBERED:
                self._acronyms_in_full[word] = full
            return full
        return self._acronyms_in_full[word]


def _fact(
    message: Folded, context: Context, value: str, level: int | None, start: int, end: int, name_end: int
) -> Iterator[Found]:
    if is_denied(message, start, name_end) or _FAILED.match(message.folded, end):
        return
    if re.search(lexicon("education")["given_up"], clause(message, start, end)[0]):
        return
    if level is not None and _is_held(message, context, start, end):
        yield Found("education_level", level, start, _end_of_speciality(message, end))
    else:
        yield Found("certification", value, start, end)


def _end_of_speciality(message: Folded, end: int) -> int:
    """A diploma that one holds takes its speciality along: «un CAP menuisier» names no job."""
    match = _SPECIALITY.match(message.folded, end)
    return match.end() if match else end


def _is_held(message: Folded, context: Context, start: int, end: int) -> bool:
    if context.asked_field in _HELD_FIELDS:
        return True
    if is_of_someone_else(message, start, end):
        return False
    before, after = clause(message, start, end)
    near = f"{before[-60:]}@{after[:30]}"
    if any_match(rules("education", "surely_held"), near):
        return True
    if any_match(rules("education", "wanted"), near):
        return False
    if any_match(rules("education", "held"), near):
        return True
    if _ENUMERATED.search(message.before(start)) and (not after.strip() or _SPECIALITY.fullmatch(after.rstrip())):
        return True
    lonely = not before.strip(" -") and re.match(r"(?:\s(?:de|d'|en|option)?\s?\w+){0,3}\s*$", after) is not None
    return lonely and len(message.tokens) > 6 and "?" not in message.folded[end : end + len(after) + 2]


def _levels(message: Folded, context: Context) -> Iterator[Found]:
    for level, pattern in _level_patterns():
        for match in pattern.finditer(message.folded):
            start, end = match.span()
            before, after = clause(message, start, end)
            if level == 0:
                if not re.search(
                    r"\b(?:metiers?|formations?|emplois?|accessibles?|boulots?|jobs?|postes?|possible|diplome)\b[^,]{0,15}$",
                    before,
                ) and not is_of_someone_else(message, start, end):
                    yield Found("education_level", 0, start, end)
            elif not is_denied(message, start, end) and _is_level_held(context, before, after):
                yield Found("education_level", level, start, end)


def _is_level_held(context: Context, before: str, after: str) -> bool:
    if context.asked_field in _HELD_FIELDS:
        return True
    near = f"{before[-60:]}@{after[:30]}"
    asked = _ASKED_LEVEL.search(near)
    held = any_match((*rules("education", "surely_held"), *rules("education", "held")), near)
    held = held and "formation" not in before[-20:]
    return asked is None or held


def _is_written_so(message: Folded, diploma: Diploma, start: int) -> bool:
    return not diploma.capitals or (message.written(start, start + 3).strip().isupper() and not message.shouted)


def _following(message: Folded, place: int) -> list[Token]:
    """The words that may be the speciality of a diploma: those after it in its clause."""
    stop = re.compile(r"[,.;:!?\n(]|\s(?:a|au|pour|depuis|sur|chez|avec|qui|que|je|j'ai|et je|mais|par)\s").search(
        message.folded, place
    )
    end = stop.start() if stop else len(message.folded)
    return [t for t in message.tokens if place <= t.start < end][:_LONGEST_TITLE]


@cache
def _diplomas() -> tuple[Diploma, ...]:
    return tuple(
        Diploma(
            entry["type"],
            entry["level"],
            tuple(entry["types"]),
            re.compile(rf"(?<![\w+-])(?:{'|'.join(entry['names'])})(?![\w])"),
            entry.get("capitals", False),
        )
        for entry in lexicon("education")["diplomas"]
    )


@cache
def _generic() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{lexicon('education')['generic']})\b")


@cache
def _level_patterns() -> tuple[tuple[int, re.Pattern[str]], ...]:
    levels = lexicon("education")["levels"].items()
    return tuple((int(level), re.compile(rf"(?<!\w)(?:{'|'.join(names)})(?!\w)")) for level, names in levels)
