"""Durations as messages hold them (ISO 8601), counted in months or in hours."""

import re

_DURATION = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?)?")


def months(duration: str) -> int | None:
    """An ISO 8601 duration in whole months (weeks and days as part of a month), or None when it is not one or counts
    hours."""
    match = _DURATION.fullmatch(duration)
    if match is None or not any(match.groups()[:4]):
        return None
    years, month, weeks, days = (int(part or 0) for part in match.groups()[:4])
    return 12 * years + month + (7 * weeks + days) // 30


def hours(duration: str) -> int | None:
    """The hours of an ISO 8601 duration, or None."""
    match = _DURATION.fullmatch(duration)
    return int(match.group(5)) if match and match.group(5) else None
