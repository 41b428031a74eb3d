"""What a correction corrects: the fact whose old value it repeats, or the one told last that its number may replace."""

from collections.abc import Iterator

from bot.measures import months
from bot.messages import Profile
from bot.profile import FIELDS, MONTHS
from bot.spotting import stands_alone
from bot.state import State
from bot.turn import Heard
from nlu.entities.numbers import numbers
from nlu.entities.text import Folded

_NUMBERS = frozenset(name for name, field in FIELDS.items() if field.type in {"int", "eur"})
# A number that replaces another is of its size: «60… enfin non, 62».
_TIMES = 4
_YEAR = 12


def repeated(heard: Heard, sent: State) -> tuple[str, ...]:
    """The lengths of work of the profile that the durations of a correction repeat, to say that they are wrong."""
    told = [months(str(value)) for value in heard.values("duration")]
    if heard.intent != "correct" or len(told) < 2:
        return ()
    return tuple(name for name in sorted(MONTHS & sent.profile.keys()) if sent.profile[name] in told)


def bare_number(heard: Heard, sent: State) -> Profile:
    """The fact that a correction replaces by a number alone: «enfin non, 62»."""
    said = list(_left(heard))
    fields = _told_last(sent)
    old = [name for name in fields if sent.profile[name] in said]
    near = [(name, value) for name in old or fields for value in said if _may_replace(name, value, sent)]
    if len({value for _, value in near}) != 1:
        return {}
    field, value = min(near, key=lambda pair: abs(_counted(pair[0], pair[1], sent) - (sent.number(pair[0]) or 0)))
    return {field: _counted(field, value, sent)}


def _left(heard: Heard) -> Iterator[int]:
    """The whole numbers of the message that are no fact by themselves."""
    message = Folded.of(heard.text)
    for number in numbers(message):
        start, end = message.span(number.start, number.end)
        others = (one for one in heard.entities if one.entity != "amount")
        taken = any(one.start < end and start < one.end for one in others)
        whole = number.exact and number.value > 1 and float(number.value).is_integer()
        if whole and not taken and stands_alone(heard.text[end:]):
            yield int(number.value)


def _told_last(sent: State) -> list[str]:
    """The numbers of the profile that came with the last message that told some."""
    told = {name: max(seqs) for name, seqs in sent.evidence.items() if name in _NUMBERS and sent.number(name)}
    return [name for name, seq in told.items() if seq == max(told.values())]


def _counted(field: str, value: int, sent: State) -> int:
    """The value in the unit of the profile: of whole years, the number is years too."""
    years = field in MONTHS and (sent.number(field) or 1) % _YEAR == 0
    return value * _YEAR if years else value


def _may_replace(field: str, value: int, sent: State) -> bool:
    known, new = sent.number(field) or 0, _counted(field, value, sent)
    return known != new and max(known, new) <= _TIMES * min(known, new)
