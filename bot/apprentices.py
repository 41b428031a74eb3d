"""«C'est payé combien ?» asked by a future apprentice: the pay, not the price of the training."""

from bot.messages import Say
from bot.notices import sources_payload
from bot.state import State
from bot.turn import Turn
from bot.wording import say
from knowledge.funding.apprentice_pay import ApprenticePay
from knowledge.funding.texts import euros, french_day

SCHEME = "contrat_apprentissage"


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


def _line(one: ApprenticePay) -> str:
    first, second, third = map(euros, one.amounts)
    ages = say("apprentices.oldest", first=one.first_age)
    if one.last_age is not None:
        ages = say("apprentices.ages", first=one.first_age, last=one.last_age)
    if len(set(one.amounts)) == 1:
        return say("apprentices.same", ages=ages, amount=first)
    return say("apprentices.line", ages=ages, first=first, second=second, third=third)
