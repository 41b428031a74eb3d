"""What is asked of apprenticeship that is no price of a training: the pay, by a future apprentice; the aid and the age,
by an employer."""

from datetime import timedelta

from bot.messages import Say
from bot.notices import sources_payload
from bot.state import State
from bot.turn import Turn
from bot.wondering import asks
from bot.wording import say
from knowledge.funding.apprentice_pay import ApprenticePay
from knowledge.funding.texts import euros, french_day
from knowledge.pathways.routes import OLDEST_APPRENTICE

SCHEME = "contrat_apprentissage"
TOPIC = "apprentissage"
_DAY = timedelta(days=1)


def pay(turn: Turn, state: State) -> Say | None:
    """What the law grants an apprentice of this age, or of each age when it is not known; None when it is not known for
    today."""
    known = turn.services.funding.apprentice_pay(turn.metadata.today)
    if not known:
        return None
    age = state.number("age")
    fitting = [one for one in known if age is not None and one.first_age <= age <= (one.last_age or age)]
    day = french_day(turn.metadata.today)
    lines = [say("apprentices.intro", day=day), *map(_line, fitting or known), say("apprentices.ending")]
    sources = turn.services.funding.records.cited[SCHEME]
    return Say(text="\n".join(lines), payload=sources_payload(sources))


def for_employer(turn: Turn, state: State) -> tuple[Say, ...]:
    """Beside the plan, to an employer who speaks of an apprentice: that the person named is too old for it, or the aid
    that is paid for it; nothing to anybody else."""
    if state.text("status") != "employer" or state.memory.topic != TOPIC:
        return ()
    age = max((value for value in turn.heard.values("age") if isinstance(value, int)), default=0)
    if age > OLDEST_APPRENTICE:
        sources = turn.services.funding.records.cited[SCHEME]
        return (Say(text=say("apprentices.too_old", age=age), payload=sources_payload(sources[:1])),)
    return _aid(turn, state) if asks("aid", turn.heard.text) else ()


def _aid(turn: Turn, state: State) -> tuple[Say, ...]:
    staff = state.number("company_size")
    known = turn.services.funding.apprentice_aid(turn.metadata.today, staff or 0)
    if not known:
        return ()
    lines = [say("apprentices.aid", day=french_day(turn.metadata.today))]
    lines += [say(f"apprentices.aid_level.{one.last_level}", amount=euros(one.amount)) for one in known]
    if until := known[0].until:
        lines.append(say("apprentices.aid_start", day=french_day(until + _DAY)))
    if staff is None:
        lines.append(say("apprentices.aid_small"))
    text = "\n".join([*lines, say("apprentices.aid_ending")])
    return (Say(text=text, payload=sources_payload((known[0].source,))),)


def _line(one: ApprenticePay) -> str:
    first, second, third = map(euros, one.amounts)
    ages = say("apprentices.oldest", first=one.first_age)
    if one.last_age is not None:
        ages = say("apprentices.ages", first=one.first_age, last=one.last_age)
    if len(set(one.amounts)) == 1:
        return say("apprentices.same", ages=ages, amount=first)
    return say("apprentices.line", ages=ages, first=first, second=second, third=third)
