"""Communes by the beginning of their name or postcode, for a list to choose from."""

from knowledge.catalogue import Catalogue
from knowledge.names import NameFinder
from knowledge.records import Commune

_HOME_REGION = "44"


class TownFinder:
    """The communes of a catalogue: those of Grand Est first, then by population."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._towns = sorted(
            catalogue.communes.values(), key=lambda town: (town.region != _HOME_REGION, -town.population, town.insee)
        )
        self._names = NameFinder((town.name, town) for town in self._towns)

    def find(self, text: str, limit: int) -> list[Commune]:
        """Those whose postcode or name begins so, or whose name holds a word that does."""
        if (number := text.strip()).isdigit():
            found = (town for town in self._towns if any(code.startswith(number) for code in town.postcodes))
            return list(found)[:limit]
        return self._names.find(text, limit)
