"""The jobs of a message: the one that is done, the one that is aimed at, those that are only mentioned."""

from bot.intents import AIMING_INTENTS, FREE_ANSWERS, LOOKING_INTO
from bot.messages import Profile
from bot.spotting import keeps_job, tells_own_job
from bot.state import State
from bot.turn import Heard
from bot.wondering import asks
from knowledge.catalogue import Catalogue

# A diploma of more families of jobs says nothing of the one that is wanted.
MOST_FAMILIES = 2


def jobs_told(heard: Heard, sent: State, asked: str | None) -> Profile:
    """The job done and the job aimed at, as the message tells them; `asked` is the field that was asked for."""
    if asks("hiring", heard.text):
        return {}
    facts: Profile = {}
    current, target, open_jobs = (
        heard.first("job", "current"),
        heard.first("job", "target"),
        heard.first("job", None),
    )
    if current and sent.knows("current_job") and _is_only_mentioned(heard):
        current, open_jobs = None, open_jobs or current
    # An employer speaks of those they hire.
    if current and heard.intent != "company_need" and sent.text("status") != "employer":
        facts["current_job"] = current
    if current and sent.text("status") == "student" and not sent.knows("target_job"):
        # A pupil has no job yet: the one they name is the one they want.
        facts, target = {}, current
    if target:
        facts["target_job"] = target
    anyone = target or open_jobs or current
    if asked == "target_job" and anyone is None and keeps_job(heard.text) and sent.knows("current_job"):
        facts["target_job"] = sent.profile["current_job"]
    if asked == "target_job" and anyone and heard.intent in FREE_ANSWERS:
        facts = {"target_job": anyone}
    elif asked == "current_job" and anyone and heard.intent in FREE_ANSWERS:
        facts = {"current_job": current or anyone}
    elif open_jobs and "target_job" not in facts and _is_aim(heard, current, sent, asked):
        facts["target_job"] = open_jobs
    elif heard.intent == "validate_experience" and _holds_what_is_aimed_at(heard, current, sent):
        facts.setdefault("target_job", current)
    return facts


def job_of(certification: object, facts: Profile, sent: State, catalogue: Catalogue) -> str | None:
    """The job that a certification aimed at leads to first, where none is told and it is for one job or two."""
    record = catalogue.certifications.get(str(certification))
    if record is None or record.kind != "rncp" or "target_job" in facts or sent.knows("target_job"):
        return None
    known = [catalogue.jobs[code] for code in record.rome if code in catalogue.jobs]
    if not known or len({job.parent for job in known}) > MOST_FAMILIES:
        return None
    return known[0].rome


def _holds_what_is_aimed_at(heard: Heard, current: str | None, sent: State) -> bool:
    """Whether the diploma wanted is that of the job done, since no other is named."""
    return current is not None and not heard.values("certification") and not sent.knows("target_job")


def _is_aim(heard: Heard, current: str | None, sent: State, asked: str | None) -> bool:
    """Whether a job named without a role is what the person aims at."""
    intent = heard.intent
    if current is not None and intent == "explore_jobs" and asks("ideas", heard.text):
        # One more job that is done, beside the first, by who asks for ideas of others.
        return False
    if intent == "correct":
        return asked != "current_job"
    return intent in AIMING_INTENTS or (intent in LOOKING_INTO and not sent.knows("target_job"))


def _is_only_mentioned(heard: Heard) -> bool:
    """Whether a job is asked or wondered about by who does not say that it is theirs: «et pâtissier, ça recrute ?»."""
    wonders = "?" in heard.text or heard.intent in AIMING_INTENTS | LOOKING_INTO
    return wonders and not tells_own_job(heard.text)


def in_another_job(facts: Profile, sent: State) -> Profile:
    """Years spent in a job that is not the one aimed at are years of work, no experience of it. Of a job not done as
    an employee, nothing is concluded."""
    if "experience_months" not in facts or "current_job" not in facts:
        return facts
    if facts["current_job"] == facts.get("target_job", facts["current_job"]):
        return facts
    kept = {name: value for name, value in facts.items() if name != "experience_months"}
    if facts.get("status", sent.text("status")) in {None, "employee", "jobseeker"}:
        kept.setdefault("seniority_months", facts["experience_months"])
    return kept
