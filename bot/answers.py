"""Answers to questions: from a dated record with its source, or not at all."""

from collections.abc import Callable, Mapping

from bot import escalation, funding, proposals
from bot.asking import menu
from bot.besides import besides
from bot.certification import certification_meant, record_message
from bot.disability import about_disability
from bot.explaining import no_sure_answer, public_agreement
from bot.hubs import about_hub
from bot.messages import Effect, Say, shows
from bot.money_answers import apprentice_pay, is_it_open, price, who_pays
from bot.notices import PUBLIC_AGREEMENT, notice_message, sources_payload, topics_of
from bot.pathways import pathways
from bot.profile import job_label, labels
from bot.rephrasing import rephrase
from bot.sessions import sessions
from bot.state import State
from bot.turn import Turn
from bot.understood import understood
from bot.wondering import asks, is_question
from bot.wording import say

JOBS_SHOWN = 4
# Guesses further down the list are no more than noise.
GUESSES_TRIED = 2
ABROAD = "foreign_diploma"
NOTICES_SHOWN = 2

Answer = tuple[tuple[Effect, ...], State]


def answer(turn: Turn) -> Answer:
    """What is answered to the question of this turn, and the state after it."""
    reason = escalation.new_reason(turn, turn.state)
    if reason == ABROAD:
        # No plan and no notice says what a diploma of another country is worth: a person does.
        effects: tuple[Effect, ...] = ()
        state = turn.state
    else:
        effects, state = _whole_answer(turn, asking=reason is None)
    effects = (*understood(turn, turn.state), *effects)
    if not shows(effects, "question"):
        offered, state = escalation.offer(turn, state)
        effects = (*effects, *offered)
    return effects, state.note(answered_seq=turn.metadata.seq)


def _whole_answer(turn: Turn, *, asking: bool) -> Answer:
    """The answer to what the intent says, and to what the message asks besides."""
    effects, state = ANSWERS[turn.heard.intent](turn, turn.state)
    if more := besides(turn, state, effects, asking=asking):
        also, state = more
        return ((*also, *effects) if shows(effects, "question") else (*effects, *also)), state
    return effects, state


def best_answer(turn: Turn, state: State) -> Answer | None:
    """The answer to a question taken for a project, of which the interview makes nothing; None when no question is
    among the next guesses."""
    if not is_question(turn.heard.text) or turn.metadata.choice is not None:
        return None
    if turn.heard.values("topic"):
        return _info(turn, state)
    guess = next((one for one in turn.heard.guesses[:GUESSES_TRIED] if one in ANSWERS), None)
    return ANSWERS[guess](turn, state) if guess else None


def _info(turn: Turn, state: State) -> Answer:
    topics = topics_of(turn)
    said = [message for topic in topics if (message := notice_message(topic, turn.services.notices))]
    if said:
        if PUBLIC_AGREEMENT in topics:
            return public_agreement(turn, state)
        refused = funding.refusal(turn, state, topics[0]) if asks("what", turn.heard.text) else None
        return (*((refused,) if refused else ()), *said), state.note(topic=topics[0])
    certification = certification_meant(turn, state, named_only=True)
    if certification:
        return (record_message(certification),), state
    return no_sure_answer(turn, state)


def _certification_details(turn: Turn, state: State) -> Answer:
    if asks("level", turn.heard.text) and _names_only_a_type(turn):
        notice = notice_message("niveau_qualification", turn.services.notices)
        return (notice,) if notice else (), state
    certification = certification_meant(turn, state)
    if certification is None:
        return no_sure_answer(turn, state) if not topics_of(turn) else _info(turn, state)
    return (record_message(certification),), state


def _names_only_a_type(turn: Turn) -> bool:
    """Whether a diploma is named without what it is of: «le CAP»."""
    named = {str(value) for value in turn.heard.values("certification")}
    return bool(named) and not named & set(turn.services.catalogue.certifications) and not turn.heard.values("job")


def _schedule(turn: Turn, state: State) -> Answer:
    if paid := apprentice_pay(turn, state):
        return (paid,), state
    certification = certification_meant(turn, state)
    codes = [*([certification.code] if certification else []), *state.memory.proposed]
    if dated := sessions(turn, state, codes):
        return (dated,), state
    said: list[Effect] = [Say(text=say("answers.schedule"))]
    if turn.heard.values("modality"):
        said += [Say(text=note) for note in proposals.wishes(state)]
    job = turn.heard.first("job")
    if job and not turn.heard.values("certification"):
        return (*said, *proposals.about_job(turn, state, job)), state
    topics = [topic for topic in topics_of(turn) or [state.memory.topic or ""] if topic]
    notice = notice_message(topics[0], turn.services.notices) if topics else None
    asked_outright = notice is not None and not turn.heard.values("certification") and bool(topics_of(turn))
    if certification and certification.code not in state.memory.told and not asked_outright:
        said.append(record_message(certification))
        state = state.note(told=(*state.memory.told, certification.code))
    elif notice:
        said.append(notice)
    return tuple(said), state


def _steps(turn: Turn, state: State) -> Answer:
    topics = (
        topics_of(turn) or _talked_of(turn, state) or (["apprentissage"] if funding.wants_apprenticeship(state) else [])
    )
    said: list[Effect] = [
        message for topic in topics[:NOTICES_SHOWN] if (message := notice_message(topic, turn.services.notices))
    ]
    if not said and (ways := pathways(turn, state)):
        return (ways, Say(text=say("answers.steps_first"))), state
    if not said:
        said = [Say(text=say("answers.steps"))]
        cep = notice_message("cep", turn.services.notices)
        said += [cep] if cep else []
    return tuple(said), state


def _talked_of(turn: Turn, state: State) -> list[str]:
    """What was spoken of last, where its steps are asked about without its name: «comment on s'en sert ?»"""
    topic = turn.state.memory.topic
    requested = topic == state.memory.funding and asks("request", turn.heard.text)
    return [topic] if topic and (requested or asks("pointing", turn.heard.text)) else []


def _outcomes(turn: Turn, state: State) -> Answer:
    if paid := apprentice_pay(turn, state):
        return (paid,), state
    if asks("diplomas", turn.heard.text) and proposals.aim(state) is not None:
        return proposals.certifications(turn, state, again=True)
    certification = certification_meant(turn, state)
    if certification is None or not certification.rome:
        return (Say(text=say("answers.outcomes_unknown")),), state
    jobs = [job_label(code, turn.services.catalogue) for code in certification.rome[:JOBS_SHOWN]]
    text = say("answers.outcomes", title=certification.title, jobs=" ; ".join(jobs))
    payload = {**sources_payload((certification.source,)), "about": [certification.code]}
    return (Say(text=text, payload=payload),), state


def _privacy(turn: Turn, state: State) -> Answer:
    return (Say(text=say("answers.privacy")),), state


def _capabilities(turn: Turn, state: State) -> Answer:
    return (
        menu(say("answers.capabilities"), "find_training", "change_career", "validate_experience", "talk_to_human"),
    ), state


def _machine(turn: Turn, state: State) -> Answer:
    return (Say(text=say("answers.machine")),), state


def _summary(turn: Turn, state: State) -> Answer:
    said = labels(state.profile, turn.services.catalogue)
    facts = [f"• {say(f'profile.names.{field}')} : {text}" for field, text in said.items()]
    if not facts:
        return (Say(text=say("answers.summary_empty")),), state
    codes = [code for code in state.memory.proposed if code in turn.services.catalogue.certifications]
    shown = [f"• {turn.services.catalogue.certifications[code].title} ({code})" for code in codes]
    parts = [say("answers.summary"), *facts, *([say("answers.summary_proposed"), *shown] if shown else [])]
    url = f"/api/conversations/{turn.metadata.conversation}/plan.pdf"
    document = Say(
        kind="document",
        text=say(f"answers.document.{'kiosk' if turn.metadata.channel == 'kiosk' else 'web'}"),
        payload={"url": url, "label": say("answers.document.label")},
    )
    return (Say(text="\n".join(parts)), document), state.note(ended_seq=turn.metadata.seq)


ANSWERS: Mapping[str, Callable[[Turn, State], Answer]] = {
    "ask_info": _info,
    "ask_certification": _certification_details,
    "ask_funding": who_pays,
    "ask_eligibility": is_it_open,
    "ask_price": price,
    "ask_schedule": _schedule,
    "ask_steps": _steps,
    "ask_outcomes": _outcomes,
    "ask_hub": about_hub,
    "ask_disability": about_disability,
    "ask_privacy": _privacy,
    "ask_capabilities": _capabilities,
    "ask_rephrase": rephrase,
    "bot_challenge": _machine,
    "get_summary": _summary,
}
