"""From one understood message to what is known of the person."""

import re
from collections.abc import Callable

from pydantic import JsonValue

from bot.escalation import reasons
from bot.messages import Profile
from bot.profile import AGE_OF_CONTACT, CONTACT_FIELDS, FIELDS, check
from bot.spotting import asks_in_full, is_not_own_money, kind_of, speaks_for_another, spotted, wished
from bot.state import State
from bot.turn import Heard, TurnMetadata
from knowledge.catalogue import Catalogue
from knowledge.errors import InvalidInput

PROJECT_INTENTS = frozenset(
    {
        "find_training",
        "change_career",
        "explore_jobs",
        "review_skills",
        "validate_experience",
        "start_business",
        "learn_basics",
        "company_need",
    }
)
SPECIFIC_PROJECTS = PROJECT_INTENTS - {"find_training", "change_career", "explore_jobs"}
AIMING_INTENTS = frozenset(
    {"find_training", "change_career", "start_business", "validate_experience", "company_need", "explore_jobs"}
)
# Asked of a job while none is aimed at: it is the one looked into.
LOOKING_INTO = frozenset({"ask_schedule", "ask_outcomes", "ask_certification", "ask_price"})
REFUSALS = frozenset({"deny", "dont_know", "cancel"})
FREE_ANSWERS = frozenset({"inform", "correct", "nlu_fallback", "greet", "out_of_scope"}) | PROJECT_INTENTS
QUERY_MAX_CHARS = 300

_DURATION = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?)?")
_ROLE_FIELD = {
    "seniority": "seniority_months",
    "company_seniority": "company_seniority_months",
    "experience": "experience_months",
}
_MAX_NAME_WORDS = 3
_ASIDE = frozenset({"age", "location", "duration", "amount", "date", "company_size", "email", "phone", "person_name"})


def listen(heard: Heard, sent: State, metadata: TurnMetadata, catalogue: Catalogue) -> State:
    """The state of the conversation once this message is heard. A touched choice says just what it means."""
    if metadata.choice is not None:
        return _listen_choice(sent, metadata)
    facts = _valid(_facts(heard, sent, metadata.asked_field), catalogue)
    if _is_a_child(facts, sent):
        facts = {name: value for name, value in facts.items() if name not in CONTACT_FIELDS}
    state = sent.learn(facts, metadata.seq)
    if "target_job" in facts:
        state = state.note(aims=_hesitation(heard, str(facts["target_job"]), catalogue))
    state = _note_request(state, heard, metadata)
    state = _note_refusal(state, heard, metadata.asked_field, facts)
    state = _note_how_to_speak(state, heard)
    topics = heard.values("topic")
    settles = heard.intent in REFUSALS | {"affirm"}
    return state.note(
        topic=str(topics[-1]) if topics else state.memory.topic,
        about=kind_of(heard.text, topics) or state.memory.about,
        pending=state.memory.pending if settles else None,
        misunderstood=state.memory.misunderstood if heard.intent in {"nlu_fallback", "complain"} else 0,
    )


def months(duration: str) -> int | None:
    """An ISO 8601 duration in whole months (weeks and days as part of a month), or None when it is not one or counts
    hours."""
    match = _DURATION.fullmatch(duration)
    if match is None or not any(match.groups()[:4]):
        return None
    years, month, weeks, days = (int(part or 0) for part in match.groups()[:4])
    return 12 * years + month + (7 * weeks + days) // 30


def _note_how_to_speak(state: State, heard: Heard) -> State:
    """Who learns the basics is spoken to in easy sentences; who wants the full ones gets them."""
    if asks_in_full(heard.text):
        return state.note(simple=False)
    for_others = state.text("beneficiary") == "other" or state.text("status") == "employer"
    basics = heard.intent == "learn_basics" or "low_literacy" in reasons(heard.text, heard.intent, None)
    return state.note(simple=True) if basics and not for_others else state


def _is_a_child(facts: Profile, sent: State) -> bool:
    age = facts.get("age", sent.number("age"))
    return isinstance(age, int) and age < AGE_OF_CONTACT


def _hesitation(heard: Heard, chosen: str, catalogue: Catalogue) -> tuple[str, ...]:
    """The jobs aimed at in one message, the chosen one first; none when there is only one."""
    named = [str(job) for job in heard.values("job", "target") if job in catalogue.jobs]
    aims = tuple(dict.fromkeys([chosen, *named]))
    return aims if len(aims) > 1 else ()


def _listen_choice(sent: State, metadata: TurnMetadata) -> State:
    assert metadata.choice is not None  # noqa: S101 - the caller checked
    state = sent.learn(dict(metadata.choice.facts), metadata.seq).note(misunderstood=0)
    if "target_job" in metadata.choice.facts:
        state = state.note(aims=())
    if metadata.choice.refused:
        state = _refuse(state, metadata.choice.refused)
    if metadata.choice.intent in PROJECT_INTENTS:
        return _note_project(state, metadata.choice.intent, metadata.seq)
    return state


def _facts(heard: Heard, sent: State, asked: str | None) -> Profile:
    facts: Profile = {}
    for reader in _READERS:
        facts.update(reader(heard, sent, asked))
    return {**spotted(heard.text, asked, {**sent.profile, **facts}), **facts}


def _situation(heard: Heard, sent: State, asked: str | None) -> Profile:
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
        values = heard.values(entity)
        if values:
            facts[field] = values[-1]
    names = heard.values("person_name")
    if names:
        facts["first_name"] = names[0]
    if speaks_for_another(heard.text):
        facts["beneficiary"] = "other"
    if "contract_type" in facts and "status" not in facts and sent.text("status") != "public_agent":
        facts["status"] = "employee"
    if heard.intent == "company_need" and "status" not in facts and not sent.knows("status"):
        facts["status"] = "employer"
    return facts


def _place(heard: Heard, sent: State, asked: str | None) -> Profile:
    communes = [value for value in heard.values("location") if isinstance(value, str) and len(value) == len("08105")]
    return {"location": communes[-1]} if communes else {}


def _jobs(heard: Heard, sent: State, asked: str | None) -> Profile:
    facts: Profile = {}
    current, target, open_jobs = (
        heard.first("job", "current"),
        heard.first("job", "target"),
        heard.first("job", None),
    )
    # An employer speaks of those they hire.
    if current and heard.intent != "company_need" and sent.text("status") != "employer":
        facts["current_job"] = current
    if target:
        facts["target_job"] = target
    anyone = target or open_jobs or current
    if asked == "target_job" and anyone and heard.intent in FREE_ANSWERS:
        facts = {"target_job": anyone}
    elif asked == "current_job" and anyone and heard.intent in FREE_ANSWERS:
        facts = {"current_job": current or anyone}
    elif open_jobs and "target_job" not in facts and _is_aim(heard.intent, sent, asked):
        facts["target_job"] = open_jobs
    elif heard.intent == "validate_experience" and _holds_what_is_aimed_at(heard, current, sent):
        facts.setdefault("target_job", current)
    return facts


def _holds_what_is_aimed_at(heard: Heard, current: str | None, sent: State) -> bool:
    """Whether the diploma wanted is that of the job done, since no other is named."""
    return current is not None and not heard.values("certification") and not sent.knows("target_job")


def _is_aim(intent: str, sent: State, asked: str | None) -> bool:
    """Whether a job named without a role is what the person aims at."""
    if intent == "correct":
        return asked != "current_job"
    return intent in AIMING_INTENTS or (intent in LOOKING_INTO and not sent.knows("target_job"))


def _certification(heard: Heard, sent: State, asked: str | None) -> Profile:
    wanted = heard.first("certification")
    if wanted and (heard.intent in PROJECT_INTENTS or asked in {"target_certification", "target_job"}):
        return {"target_certification": wanted}
    return {}


def _modality(heard: Heard, sent: State, asked: str | None) -> Profile:
    said = [value for value in heard.values("modality") if isinstance(value, str)]
    if not said:
        return {}
    kept = () if heard.intent == "correct" else sent.texts("modality")
    merged: list[JsonValue] = list(dict.fromkeys([*kept, *said]))
    return {"modality": merged}


def _durations(heard: Heard, sent: State, asked: str | None) -> Profile:
    facts: Profile = {}
    for entity in heard.entities:
        if entity.entity != "duration":
            continue
        length = months(str(entity.value))
        field = _ROLE_FIELD.get(entity.role or "")
        if asked in _ROLE_FIELD.values() and entity.role in {None, "other", *_ROLE_FIELD}:
            field = asked
        if field and length is not None:
            facts[field] = length
        elif entity.role == "training":
            facts.update(_training_length(str(entity.value), length))
    return facts


def _training_length(value: str, length: int | None) -> Profile:
    if length is not None:
        return {"training_months": length}
    match = _DURATION.fullmatch(value)
    return {"training_hours": int(match.group(5))} if match and match.group(5) else {}


def _amounts(heard: Heard, sent: State, asked: str | None) -> Profile:
    amounts = [entity for entity in heard.entities if entity.entity == "amount"]
    if not amounts:
        return {}
    accounts = [entity.start for entity in heard.entities if entity.entity == "topic" and entity.value == "cpf"]
    if asked and FIELDS[asked].type == "eur" and not accounts:
        return {asked: amounts[0].value}
    own = [entity for entity in amounts if not is_not_own_money(heard.text[: entity.start])]
    if accounts and own:
        nearest = min(own, key=lambda entity: min(abs(entity.start - start) for start in accounts))
        return {"cpf_balance": nearest.value}
    if heard.intent in {"ask_funding", "ask_eligibility", "ask_price"}:
        return {"training_cost": amounts[0].value}
    return {}


def _asked_answers(heard: Heard, sent: State, asked: str | None) -> Profile:
    if asked is None:
        return {}
    if FIELDS[asked].type == "bool" and heard.intent in {"affirm", "deny"}:
        # Of what is sensitive, «no» refuses that it be kept: nothing is.
        return {} if FIELDS[asked].sensitive and heard.intent == "deny" else {asked: heard.intent == "affirm"}
    if asked == "start_date" and (day := heard.first("date")):
        return {"start_date": day if len(day) == len("2027-01-15") else f"{day}-01"}
    if asked == "first_name":
        return _first_name(heard)
    return {}


def _first_name(heard: Heard) -> Profile:
    said = heard.first("person_name")
    if said:
        return {"first_name": said}
    words = heard.text.strip().rstrip(".!").split()
    bare = heard.intent in FREE_ANSWERS and 0 < len(words) <= _MAX_NAME_WORDS and all(w.isalpha() for w in words)
    return {"first_name": " ".join(word.capitalize() for word in words)} if bare else {}


_READERS: tuple[Callable[[Heard, State, str | None], Profile], ...] = (
    _situation,
    _place,
    _jobs,
    _certification,
    _modality,
    _durations,
    _amounts,
    _asked_answers,
)


def _valid(facts: Profile, catalogue: Catalogue) -> Profile:
    """Only what the profile may hold: a value that does not fit is left out, never guessed at."""
    kept: Profile = {}
    for field, value in facts.items():
        try:
            kept[field] = check(field, value, catalogue)
        except InvalidInput:
            continue
    return kept


def _note_request(state: State, heard: Heard, metadata: TurnMetadata) -> State:
    if heard.intent in PROJECT_INTENTS:
        state = _note_project(state, heard.intent, metadata.seq)
    aims = heard.intent in PROJECT_INTENTS or metadata.asked_field == "target_job"
    if not aims or heard.intent in REFUSALS:
        return state
    if heard.first("job", "target") or heard.first("certification") or _fresh(state, "target_job", metadata.seq):
        return state.note(query=None)
    if heard.intent in FREE_ANSWERS and not state.knows("target_job"):
        said = _query(heard) if _says_something(heard, metadata) else None
        # What says nothing of the aim leaves the words told before.
        return state.note(query=said or (state.memory.query if metadata.asked_field == "target_job" else None))
    return state


def _query(heard: Heard) -> str | None:
    """The words of the request, without the facts that say nothing of it; None when no word is left."""
    text = heard.text
    for entity in sorted(heard.entities, key=lambda one: -one.start):
        if entity.entity in _ASIDE:
            text = f"{text[: entity.start]} {text[entity.end :]}"
    return wished(text)[:QUERY_MAX_CHARS] or None


def _says_something(heard: Heard, metadata: TurnMetadata) -> bool:
    """Whether the words themselves can be searched: a subject is named, or the question was about it."""
    return metadata.asked_field == "target_job" or bool(heard.values("sector")) or heard.intent == "company_need"


def _fresh(state: State, field: str, seq: int) -> bool:
    return state.evidence.get(field) == [seq]


def _note_project(state: State, intent: str, seq: int) -> State:
    project = state.text("project")
    if project is None or intent in SPECIFIC_PROJECTS or project not in SPECIFIC_PROJECTS:
        state = state.learn({"project": intent}, seq)
    return state.note(request_seq=state.memory.request_seq or seq)


def _note_refusal(state: State, heard: Heard, asked: str | None, facts: Profile) -> State:
    if asked and asked not in facts and heard.intent in REFUSALS and state.memory.pending is None:
        return _refuse(state, asked)
    return state


def _refuse(state: State, field: str) -> State:
    return state.note(refused=tuple(dict.fromkeys([*state.memory.refused, field])))
