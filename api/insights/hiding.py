"""Small numbers hidden, so that no figure is about fewer than `THRESHOLD` conversations. Pure.

Primary suppression: a cell under the threshold goes into the rest. Complementary suppression: while the rest could be
worked out of the total (one cell alone, or a sum under the threshold), the smallest cell shown joins it. The rest is
one number without names: nobody can tell how many cells it holds.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

THRESHOLD = 5
"""Below, a figure could be about someone a reader knows."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What may be read of a table of counts. `cells` by code, the largest first; `rest` all the others together;
    `total` None when even it is too small."""

    cells: Mapping[str, int] = field(default_factory=dict)
    rest: int = 0
    total: int | None = None


def shown(counts: Mapping[str, int]) -> Shown:
    """What may be read of these counts; those of 0 are left out."""
    ranked = sorted(((n, code) for code, n in counts.items() if n > 0), key=lambda one: (-one[0], one[1]))
    open_ = [one for one in ranked if one[0] >= THRESHOLD]
    hidden = ranked[len(open_) :]
    while hidden and open_ and _gives_away(hidden):
        hidden.append(open_.pop())
    rest = sum(n for n, _ in hidden)
    if not ranked or (hidden and _gives_away(hidden)):
        return Shown()
    return Shown({code: n for n, code in open_}, rest, sum(n for n, _ in ranked))


def shown_within(counts: Mapping[str, int], group_of: Mapping[str, str], groups: Shown) -> Shown:
    """As `shown`, for cells that lie within groups of which `groups` may be read too (towns in departments): the rest
    of each group must not be worked out of the group either. The groups that are hidden are one."""
    parts: defaultdict[str | None, dict[str, int]] = defaultdict(dict)
    for code, n in counts.items():
        group = group_of[code]
        parts[group if group in groups.cells else None][code] = n
    found = [shown(part) for part in parts.values()]
    cells = {code: n for part in found for code, n in part.cells.items()}
    rest = sum(part.rest for part in found)
    ranked = dict(sorted(cells.items(), key=lambda one: (-one[1], one[0])))
    return Shown(ranked, rest, sum(cells.values()) + rest if cells or rest else None)


def readable(number: int) -> int | None:
    """A number alone; None when it is too small to be read."""
    return number if number == 0 or number >= THRESHOLD else None


def _gives_away(hidden: list[tuple[int, str]]) -> bool:
    return len(hidden) < 2 or sum(n for n, _ in hidden) < THRESHOLD
