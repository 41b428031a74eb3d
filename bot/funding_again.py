"""The plan of who pays, made again once more is known."""

from bot import funding
from bot.funding import Answer
from bot.messages import Say
from bot.state import State
from bot.turn import Turn

# Asked for a plan and for nothing else: «I do not know» goes on with the plan.
_ASKED_HERE = frozenset(
    {
        *("cpf_balance", "cpf_hours", "seniority_months", "company_seniority_months", "registered_france_travail"),
        *("unemployment_benefit", "job_offer", "bilan_in_last_5_years", "employer_contribution", "activity"),
        *("monthly_gross_salary", "age", "company_size", "contract_type"),
    }
)

# Told of a training that was spoken of already, these change who pays for it.
_TOLD = _ASKED_HERE | {"training_hours", "training_months", "training_cost", "on_working_time", "training_full_time"}

_SUMS = frozenset({"training_cost", "cpf_balance", "employer_contribution"})
# Beside these there is more to say than the plan.
_SEARCHED = ("target_job", "target_certification")


def plan_again(turn: Turn, state: State, scheme: str | None) -> Say:
    """The plan said before, said again in the way the person is spoken to now; nothing new is asked."""
    said, _ = funding.funding(turn, state.note(funding_said=""), scheme)
    return next(effect for effect in said if isinstance(effect, Say))


def again(turn: Turn, state: State) -> Answer | None:
    """The plan made again, when it was the subject and this message answers what was asked for it; None when there is
    nothing more to say of it."""
    field = turn.asked_field
    if state.memory.funding is not None and field == "status" and state.evidence.get(field) == [turn.metadata.seq]:
        # Who pays was asked before anything could be said of it.
        return funding.funding(turn, state, state.memory.funding or None)
    if state.memory.funding is None or not (_is_answered(turn, state, field) or _is_changed(turn, state)):
        return None
    said, state = funding.funding(turn, state, state.memory.funding or None, again=True)
    silent = len(said) == 1 and isinstance(said[0], Say) and said[0].kind == "text"
    return None if silent else (said, state)


def made_sure(turn: Turn, state: State) -> Answer | None:
    """The plan made before the kind of training was known, once it is."""
    if state.memory.funding_unsure and funding.training_of(state).kind is not None:
        return funding.funding(turn, state, state.memory.funding or None, again=True)
    return None


def _is_answered(turn: Turn, state: State, field: str | None) -> bool:
    """Whether this message answers, or refuses, what was asked for the plan."""
    if field not in _ASKED_HERE:
        return False
    return state.evidence.get(field) == [turn.metadata.seq] or field in state.memory.refused


def _is_changed(turn: Turn, state: State) -> bool:
    """Whether this message tells, unasked, what changes a sum or a verdict of the plan."""
    told = [field for field in _TOLD if state.evidence.get(field) == [turn.metadata.seq]]
    searched = any(state.evidence.get(field) == [turn.metadata.seq] for field in _SEARCHED)
    if not told or searched or _SUMS & set(told):
        return bool(told) and not searched
    plan = turn.services.funding.plan(dict(state.profile), funding.training_of(state), turn.metadata.today)
    before = state.memory.funding_verdicts
    return any(before.get(line.scheme, line.verdict) != line.verdict for line in (*plan.lines, *plan.income))
