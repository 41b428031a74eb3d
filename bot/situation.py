"""The situation of the person, as one message tells it: status and contract, age, diploma."""

from pydantic import JsonValue

from bot.messages import Profile
from bot.spotting import (
    job_ended,
    says_registered,
    works_for_employer,
    works_for_public,
)
from bot.state import State
from bot.turn import Heard
from bot.wondering import asks, tells_of_oneself


def situation_told(heard: Heard, sent: State, asked: str | None) -> Profile:
    """What the message says of the situation; `asked` is the field that was asked for."""
    facts = _named(heard)
    if sent.text("status") == "employer" and heard.intent != "correct" and not tells_of_oneself(heard.text):
        # «Si je recrute deux chômeurs»: whom an employer speaks of is not what they are.
        facts.pop("status", None)
    if asked == "target_job" and sent.knows("status"):
        # «Chef d'entreprise», «indépendant»: what is aimed at is not what one is.
        facts.pop("status", None)
    if asked == "education_level" and "education_level" not in facts and asks("none", heard.text):
        facts["education_level"] = 0
    if "status" not in facts and not sent.knows("status") and works_for_public(heard.text):
        facts["status"] = "public_agent"
    if "status" not in facts and _has_left(heard, sent):
        facts.pop("contract_type", None)
        facts["status"] = "jobseeker"
    facts.update(_registered(heard.text, {**sent.profile, **facts}))
    return _with_the_status_implied(facts, heard, sent)


def _with_the_status_implied(facts: Profile, heard: Heard, sent: State) -> Profile:
    """The facts, with the status that the rest of the message implies."""
    if "contract_type" in facts and "status" not in facts and sent.text("status") != "public_agent":
        facts["status"] = "employee"
    if heard.intent == "company_need" and "status" not in facts and not sent.knows("status"):
        facts["status"] = "employer"
    if "status" not in facts and not sent.knows("status") and works_for_employer(heard.text):
        facts["status"] = "employee"
    return facts


def _has_left(heard: Heard, sent: State) -> bool:
    """Whether the job that was done is over: said so, or by who corrects themselves and is registered as jobless."""
    if job_ended(heard.text):
        return True
    registered = heard.intent == "correct" and sent.text("status") == "employee" and says_registered(heard.text)
    return bool(registered)


def _registered(text: str, known: Profile) -> Profile:
    """Who is registered at France Travail looks for a job, as long as nothing else was said."""
    return {"status": "jobseeker"} if "status" not in known and says_registered(text) else {}


def _named(heard: Heard) -> Profile:
    """The facts that the message names as they are."""
    facts: Profile = {}
    for entity, field in (
        ("status", "status"),
        ("contract_type", "contract_type"),
        ("education_level", "education_level"),
        ("age", "age"),
        ("company_size", "company_size"),
        ("email", "email"),
        ("phone", "phone"),
    ):
        values = _now(heard, entity) or heard.values(entity)
        if values:
            facts[field] = values[-1]
    names = heard.values("person_name")
    if names:
        facts["first_name"] = names[0]
    return facts


def _now(heard: Heard, entity: str) -> list[JsonValue]:
    """The values that are not said of an earlier time: «avant, j'avais fait deux ans d'intérim»."""
    told = [one for one in heard.entities if one.entity == entity]
    return [one.value for one in told if not asks("before_now", heard.text[: one.start])]
