"""The public holidays of a hub. Alsace-Moselle has two more: Good Friday and 26 December (local law of 1892)."""

from datetime import date
from functools import cache

from jours_feries_france import JoursFeries

_ALSACE_MOSELLE = frozenset({"57", "67", "68"})


def public_holidays(insee: str, around: date) -> frozenset[date]:
    """The holidays of this year and of the next one in the commune `insee`."""
    zone = "Alsace-Moselle" if insee[:2] in _ALSACE_MOSELLE else "Métropole"
    return _of_year(around.year, zone) | _of_year(around.year + 1, zone)


@cache
def _of_year(year: int, zone: str) -> frozenset[date]:
    return frozenset(JoursFeries.for_year(year, zone=zone).values())
