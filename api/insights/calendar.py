"""What weeks, months, quarters and years are called."""

from datetime import date

from api.insights.period import Period
from api.insights.texts import TEXTS


def period_label(period: Period) -> str:
    """«septembre 2026 à novembre 2026», «semaine du 16 novembre 2026», «4e trimestre 2026»: one unit, or the first
    and the last."""
    first, last = (unit_label(period, unit) for unit in (period.units[0], period.units[-1]))
    return first if first == last else TEXTS.get("period", start=first, end=last)


def unit_label(period: Period, first: date) -> str:
    """One week, month, quarter or year of a period, by its first day."""
    if period.by == "week":
        return week_label(first)
    if period.by == "quarter":
        return TEXTS.get(f"quarters.{(first.month + 2) // 3}", year=first.year)
    return str(first.year) if period.by == "year" else month_label(first)


def week_label(monday: date) -> str:
    """«semaine du 16 novembre 2026»."""
    day = TEXTS.get("first_of_month") if monday.day == 1 else monday.day
    return TEXTS.get("week", day=day, month=month_label(monday))


def month_label(month: date) -> str:
    """«novembre 2026»."""
    return f"{TEXTS.lines('months')[month.month - 1]} {month.year}"
