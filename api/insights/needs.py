"""What a person asks for and cannot have here: judged on published offers and on the funding plan they were shown."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from api.insights.facts import Fact
from knowledge.catalogue import Catalogue
from knowledge.unmet import Wish, unmet

# The rhythms that an offer can have and a person must have.
_RHYTHMS = frozenset({"evening", "weekend", "part_time", "remote", "apprenticeship"})
_DEFAULT_KM = 50


def need(
    catalogue: Catalogue,
    profile: Mapping[str, Any],
    codes: Sequence[str],
    plans: Sequence[Mapping[str, Any]],
    on: date,
) -> Fact | None:
    """The need of this person that has no answer, if any. `codes` are the certifications that would do, `plans` the
    funding plans just shown; None while nothing is aimed at."""
    asked = profile.get("target_job") or profile.get("target_certification")
    if not asked:
        return None
    reason = (unmet(catalogue, codes, _wish(profile), on) if codes else None) or _unaffordable(profile, plans)
    commune = catalogue.communes.get(str(profile.get("location")))
    return Fact("need", str(asked), reason, commune.department if commune else None) if reason else None


def _wish(profile: Mapping[str, Any]) -> Wish:
    start = profile.get("start_date")
    return Wish(
        near=profile.get("location"),
        km=profile.get("mobility_km") or _DEFAULT_KM,
        rhythms=_RHYTHMS & frozenset(profile.get("modality") or ()),
        start=date.fromisoformat(start) if start else None,
    )


def _unaffordable(profile: Mapping[str, Any], plans: Sequence[Mapping[str, Any]]) -> str | None:
    """What remains to pay is over the budget that the person told."""
    budget = profile.get("budget")
    remaining = [plan["remaining"] for plan in plans if plan.get("remaining") is not None]
    over = budget is not None and any(each > budget for each in remaining)
    return "not_affordable" if over else None
