"""Which criteria and which dated values a set of situations exercises."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.funding.criteria import outcomes
from knowledge.funding.evaluation import Case, training_of
from knowledge.funding.funding import Funding
from knowledge.funding.outcomes import Met
from knowledge.funding.plan import make_plan
from knowledge.funding.rules import Ledger
from knowledge.funding.situation import Situation

Criterion = tuple[str, int]
Period = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Coverage:
    """Ids of cases: where each criterion (scheme, place) is met, and where it is not; where each value holds."""

    met: dict[Criterion, list[str]]
    unmet: dict[Criterion, list[str]]
    values: dict[Period, list[str]]

    @property
    def missing(self) -> tuple[str, ...]:
        """What no case exercises on both sides."""
        criteria = [f"{scheme} {place + 1}" for (scheme, place), ids in self.met.items() if not ids]
        refusals = [f"{scheme} {place + 1} (refus)" for (scheme, place), ids in self.unmet.items() if not ids]
        values = [f"{name} {place + 1}" for (name, place), ids in self.values.items() if not ids]
        return (*criteria, *refusals, *values)


def coverage(cases: Sequence[Case], funding: Funding) -> Coverage:
    """Run the cases. A value is exercised by a case of its days that shows a scheme which carries it; those that no
    scheme carries (the SMIC) hold for every request."""
    records = funding.records
    met: defaultdict[Criterion, list[str]] = defaultdict(list)
    unmet: defaultdict[Criterion, list[str]] = defaultdict(list)
    values: defaultdict[Period, list[str]] = defaultdict(list)
    for scheme in records.schemes.values():
        for place in range(len(scheme.criteria)):
            met[scheme.id, place], unmet[scheme.id, place] = [], []
    for name, record in records.values.items():
        for place in range(len(record.values)):
            values[name, place] = []
    carried = {name for scheme in records.schemes.values() for name in scheme.values}
    for case in cases:
        situation = Situation(case.profile, training_of(case.training).filled_from(case.profile), case.on)
        plan = make_plan(situation, records)
        ledger = Ledger(remaining=plan.remaining)
        shown = [records.schemes[line.scheme] for line in (*plan.lines, *plan.income)]
        for scheme in shown:
            for criterion, outcome in outcomes(scheme, situation, ledger):
                found = met if isinstance(outcome, Met) else unmet
                found[scheme.id, scheme.criteria.index(criterion)].append(case.id)
        names = {name for scheme in shown for name in scheme.values} | (set(records.values) - carried)
        for name in names:
            for place, value in enumerate(records.values[name].values):
                if (value.since is None or value.since <= case.on) and (value.until is None or case.on <= value.until):
                    values[name, place].append(case.id)
    return Coverage(dict(met), dict(unmet), dict(values))
