"""The action plan as portable data: JSON-LD for a skills portfolio, with the codes of ROME, RNCP and RS.

Terms of the European Learning Model (`elm`) where it has one, else of schema.org; those of neither are ours (`hub`).
"""

from collections.abc import Mapping
from typing import Any

from bot.action_plan import ActionPlan
from bot.state import State
from knowledge.catalogue import Catalogue
from knowledge.records import Certification

MEDIA_TYPE = "application/ld+json"
_CONTEXT: Mapping[str, str] = {
    "elm": "http://data.europa.eu/snb/model/elm/",
    "schema": "https://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dcterms": "http://purl.org/dc/terms/",
    "hub": "urn:hub-des-competences:plan#",
}
_EQF = "http://data.europa.eu/snb/eqf/{level}"
_LOWEST_EQF = 1


def portfolio(plan: ActionPlan, state: State, catalogue: Catalogue) -> dict[str, Any]:
    """What the person aims at, holds and does. No name, no contact, nothing sensitive; what is not known is absent."""
    found: dict[str, Any] = {
        "@context": dict(_CONTEXT),
        "@type": "hub:ActionPlan",
        "dcterms:created": plan.day.isoformat(),
        "dcterms:language": "fr",
        "hub:aimsAt": [_occupation(job, catalogue) for job in plan.aims],
        "hub:considers": [_qualification(record) for record in plan.trainings],
        "hub:does": _today(state, catalogue),
        "elm:EQFLevel": _level(state.number("education_level")),
    }
    return {name: value for name, value in found.items() if value}


def _today(state: State, catalogue: Catalogue) -> dict[str, Any] | None:
    job, months = state.text("current_job"), state.number("experience_months")
    if job is None:
        return None
    occupation = _occupation(job, catalogue)
    return occupation | {"hub:experience": f"P{months}M"} if months else occupation


def _occupation(rome: str, catalogue: Catalogue) -> dict[str, Any]:
    job = catalogue.jobs.get(rome)
    return {
        "@type": "schema:Occupation",
        "schema:name": _french(job.label if job else rome),
        "schema:occupationalCategory": {
            "@type": "schema:CategoryCode",
            "schema:codeValue": rome,
            "schema:inCodeSet": "ROME 4.0",
        },
    }


def _qualification(record: Certification) -> dict[str, Any]:
    found: dict[str, Any] = {
        "@type": "elm:Qualification",
        "dcterms:title": _french(record.title),
        "elm:identifier": {
            "@type": "elm:Identifier",
            "skos:notation": record.code,
            "elm:schemeName": record.kind.upper(),
        },
        "elm:EQFLevel": _level(record.level),
        "schema:url": record.source.url,
    }
    return {name: value for name, value in found.items() if value}


def _level(level: int | None) -> dict[str, str] | None:
    """French levels 3 to 8 are those of the European framework (decree 2019-14)."""
    return {"@id": _EQF.format(level=level)} if level is not None and level >= _LOWEST_EQF else None


def _french(text: str) -> dict[str, str]:
    return {"@value": text, "@language": "fr"}
