"""The one clock. Rules never read the time in any other way."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")


@dataclass(frozen=True, slots=True)
class Clock:
    """What the program takes for now.

    `fixed_today` (setting `HUB_TODAY`) fixes the day; the time of day goes on.
    """

    fixed_today: date | None = None

    def today(self) -> date:
        """The day in France."""
        return self.fixed_today or datetime.now(PARIS).date()

    def now(self) -> datetime:
        """The instant, in UTC, on the day of `today`."""
        now = datetime.now(UTC)
        if self.fixed_today is None:
            return now
        return datetime.combine(self.fixed_today, now.timetz())
