"""From one understood message to what is known of the person."""

from bot.escalation import reasons
from bot.facts import facts_of
from bot.intents import FREE_ANSWERS, PROJECT_INTENTS, REFUSALS, SPECIFIC_PROJECTS
from bot.jobs_told import job_of
from bot.messages import Profile
from bot.needs import kinds_of_need, needs_of, speaks_for_company
from bot.profile import CONTACT_FIELDS, check, too_young_for_contact
from bot.spotting import keeps_job, kind_of, likes, speaks_of_apprentice, whole_wish, wished, wishes
from bot.state import State
from bot.turn import Heard, TurnMetadata
from bot.wondering import asks, will_not_say
from knowledge.agreements import names_activity
from knowledge.catalogue import Catalogue
from knowledge.errors import InvalidInput

QUERY_MAX_CHARS = 300

_ASIDE = frozenset(
    {
        *("age", "location", "duration", "amount", "date", "company_size", "email", "phone", "person_name"),
        *("status", "contract_type", "education_level", "disability"),
    }
)


def listen(heard: Heard, sent: State, metadata: TurnMetadata, catalogue: Catalogue) -> State:
    """The state of the conversation once this message is heard. A touched choice says just what it means."""
    if metadata.choice is not None:
        return _listen_choice(sent, metadata)
    facts = _valid(facts_of(heard, sent, metadata.asked_field), catalogue)
    if job := job_of(facts.get("target_certification"), facts, sent, catalogue):
        facts["target_job"] = job
    if _is_a_child(facts, sent):
        facts = {name: value for name, value in facts.items() if name not in CONTACT_FIELDS}
    state = _without_the_old_job(sent, facts).learn(facts, metadata.seq)
    if "target_job" in facts:
        state = state.note(aims=_hesitation(heard, str(facts["target_job"]), catalogue))
    state = _note_request(state, heard, metadata)
    state = _note_refusal(state, heard, metadata.asked_field, facts)
    for field in will_not_say(heard.text):
        state = _refuse(state, field)
    state = _note_how_to_speak(state, heard)
    state = _note_need(state, heard, metadata, catalogue)
    topics = heard.values("topic") or (["apprentissage"] if _is_about_apprentice(heard, state) else [])
    settles = heard.intent in REFUSALS | {"affirm"}
    return state.note(
        topic=str(topics[-1]) if topics else state.memory.topic,
        about=kind_of(heard.text, topics) or state.memory.about,
        pending=state.memory.pending if settles else None,
        misunderstood=state.memory.misunderstood if heard.intent in {"nlu_fallback", "complain"} else 0,
    )


def _without_the_old_job(sent: State, facts: Profile) -> State:
    """The state without the contract of a job that is over."""
    left = sent.text("status") == "employee" and facts.get("status", "employee") != "employee"
    return sent.forget("contract_type", "company_seniority_months") if left else sent


def _is_about_apprentice(heard: Heard, state: State) -> bool:
    return state.text("status") == "employer" and speaks_of_apprentice(heard.text)


def _note_need(state: State, heard: Heard, metadata: TurnMetadata, catalogue: Catalogue) -> State:
    """What an employer needs, of whom and for when, and what they call their activity."""
    if not speaks_for_company(state):
        return state
    state = state.learn(_valid(needs_of(heard, state, metadata), catalogue), metadata.seq)
    if names_activity(heard.text):
        state = state.note(trade=heard.text[:QUERY_MAX_CHARS])
    return state.note(needs=tuple(dict.fromkeys([*state.memory.needs, *kinds_of_need(heard.text)])))


def _note_how_to_speak(state: State, heard: Heard) -> State:
    """Who learns the basics is spoken to in easy sentences; who wants the full ones gets them."""
    if asks("in_full", heard.text):
        return state.note(simple=False)
    for_others = state.text("beneficiary") == "other" or state.text("status") == "employer"
    basics = heard.intent == "learn_basics" or "low_literacy" in reasons(heard.text, heard.intent, None)
    return state.note(simple=True) if basics and not for_others else state


def _is_a_child(facts: Profile, sent: State) -> bool:
    return too_young_for_contact(facts.get("age", sent.number("age")))


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
    if metadata.choice.intent == "explore_jobs":
        # Who had no idea and now looks for some is asked again what they like.
        refused = tuple(field for field in state.memory.refused if field != "target_job")
        state = state.note(refused=refused, asked={**state.memory.asked, "target_job": 0})
    if metadata.choice.intent in PROJECT_INTENTS:
        return _note_project(state, metadata.choice.intent, metadata.seq)
    return state


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
    tells_likes = heard.intent in FREE_ANSWERS and not _aims_at_something(state) and likes(heard.text)
    if heard.intent in PROJECT_INTENTS:
        state = _note_project(state, heard.intent, metadata.seq)
    if tells_likes:
        state = _note_project(state, "explore_jobs", metadata.seq)
    aims = heard.intent in PROJECT_INTENTS or metadata.asked_field == "target_job" or tells_likes
    if not aims or heard.intent in REFUSALS:
        return state
    if heard.first("job", "target") or heard.first("certification") or _fresh(state, "target_job", metadata.seq):
        return state.note(query=None)
    if heard.intent in FREE_ANSWERS and not state.knows("target_job"):
        said = _query(heard) if _says_something(heard, metadata) else None
        # What says nothing of the aim leaves the words told before.
        return state.note(query=said or state.memory.query)
    return state


def _query(heard: Heard) -> str | None:
    """The words of the request, without the facts that say nothing of it; None when no word is left."""
    text = _about_fields(heard)
    for entity in sorted(heard.entities, key=lambda one: -one.start):
        if entity.entity in _ASIDE:
            text = f"{text[: entity.start]} {text[entity.end :]}"
    return wished(text)[:QUERY_MAX_CHARS] or None


def _about_fields(heard: Heard) -> str:
    """The message; only its wishes that name a field of work, where there are some and no taste is told."""
    if heard.intent == "explore_jobs" and (wish := whole_wish(heard.text)):
        start, end = wish
        return " " * start + heard.text[start:end] + " " * (len(heard.text) - end)
    fields = [one.start for one in heard.entities if one.entity == "sector"]
    if not fields or likes(heard.text):
        return heard.text
    kept = [(start, end) for start, end in wishes(heard.text) if any(start <= field < end for field in fields)]
    if not kept:
        return heard.text
    return "".join(
        letter if any(start <= place < end for start, end in kept) else " " for place, letter in enumerate(heard.text)
    )


def _says_something(heard: Heard, metadata: TurnMetadata) -> bool:
    """Whether the words themselves can be searched: a subject is named, or the question was about it."""
    named = bool(heard.values("sector")) or likes(heard.text)
    wishes_a_job = heard.intent == "explore_jobs" and whole_wish(heard.text) is not None
    answers = metadata.asked_field == "target_job" and not keeps_job(heard.text)
    return answers or named or wishes_a_job or heard.intent == "company_need"


def _aims_at_something(state: State) -> bool:
    """Whether a job or a certification is aimed at."""
    return state.knows("target_job") or state.knows("target_certification")


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
