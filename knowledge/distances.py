"""How far two places are, as the crow flies."""

import math

from knowledge.records import Commune

_EARTH_RADIUS_KM = 6371.0


def distance_km(from_: tuple[float, float], to: tuple[float, float]) -> float:
    """Great-circle distance in kilometres between two points (latitude, longitude) in degrees: haversine formula."""
    (lat1, lon1), (lat2, lon2) = ((math.radians(a), math.radians(b)) for a, b in (from_, to))
    half = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * _EARTH_RADIUS_KM * math.asin(min(1.0, math.sqrt(half)))


def position(commune: Commune | None) -> tuple[float, float] | None:
    """Where a commune is, None where unknown."""
    if commune is None or commune.latitude is None or commune.longitude is None:
        return None
    return commune.latitude, commune.longitude
