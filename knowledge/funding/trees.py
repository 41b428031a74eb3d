"""Why a verdict, and what another one would need: each criterion of a scheme with its state, for both sides."""

from collections.abc import Iterator

from knowledge.funding.criteria import outcomes
from knowledge.funding.evaluation import Case, training_of
from knowledge.funding.explaining import criterion_line
from knowledge.funding.funding import Funding
from knowledge.funding.outcomes import Failed, Met, Outcome
from knowledge.funding.plan import make_plan
from knowledge.funding.records import Criterion
from knowledge.funding.rules import Ledger
from knowledge.funding.situation import Situation
from knowledge.funding.texts import TEXTS, lacking


def got_tree(case: Case, scheme: str, funding: Funding) -> list[str]:
    """Each criterion that applies: met, refused with its sentence, or unknown with what is missing."""
    return [_node(criterion, outcome) for criterion, outcome in _judged(case, scheme, funding)]


def expected_tree(case: Case, scheme: str, verdict: str, funding: Funding) -> list[str]:
    """What would have to be otherwise for this verdict."""
    record = funding.scheme(scheme)
    judged = _judged(case, scheme, funding)
    lines = list(_needed(judged, verdict))
    if verdict == "closed" and record.closed is None:
        lines.append(TEXTS.get("tree.not_closed"))
    if verdict in {"eligible", "discretionary"} and (verdict == "discretionary") != bool(record.decided_by):
        body = record.decided_by
        lines.append(TEXTS.get("tree.decided", body=body) if body else TEXTS.get("tree.by_right"))
    return lines or [TEXTS.get("tree.nothing")]


def _needed(judged: list[tuple[Criterion, Outcome]], verdict: str) -> Iterator[str]:
    if verdict in {"eligible", "discretionary"}:
        for criterion, outcome in judged:
            if not isinstance(outcome, Met):
                yield TEXTS.get("tree.should_be_met", criterion=criterion_line(criterion))
    elif verdict == "ineligible" and not any(isinstance(outcome, Failed) for _, outcome in judged):
        yield TEXTS.get("tree.should_fail")
    elif verdict == "uncertain":
        for _, outcome in judged:
            if isinstance(outcome, Failed):
                yield TEXTS.get("tree.should_be_unknown", reason=outcome.reason)
        if all(isinstance(outcome, Met) for _, outcome in judged):
            yield TEXTS.get("tree.all_known")


def _node(criterion: Criterion, outcome: Outcome) -> str:
    if isinstance(outcome, Met):
        return TEXTS.get("tree.met", criterion=criterion_line(criterion))
    if isinstance(outcome, Failed):
        return TEXTS.get("tree.failed", reason=outcome.reason)
    missing = lacking(outcome.missing) if outcome.missing else outcome.reason
    return TEXTS.get("tree.unknown", criterion=criterion_line(criterion), missing=missing)


def _judged(case: Case, scheme: str, funding: Funding) -> list[tuple[Criterion, Outcome]]:
    situation = Situation(case.profile, training_of(case.training).filled_from(case.profile), case.on)
    plan = make_plan(situation, funding.records)
    cpf = plan.line("cpf")
    ledger = Ledger((cpf.amount if cpf else None) or Ledger().cpf, plan.remaining)
    return outcomes(funding.scheme(scheme), situation, ledger)
