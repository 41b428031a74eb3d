"""The plan: each scheme judged in its order, money shared once, income and aid to the employer apart."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from knowledge.funding.aids import employer_aid, income_amount, ptp_pay
from knowledge.funding.calendar import Act, acts, cpf_leave_days
from knowledge.funding.judge import Judgment, judge_scheme
from knowledge.funding.lines import Line, line_of
from knowledge.funding.loading import Records
from knowledge.funding.money import Money, share
from knowledge.funding.records import SchemeRecord
from knowledge.funding.rules import Ledger, notice_days
from knowledge.funding.situation import Situation
from knowledge.funding.texts import TEXTS, euros, french_day

# Judged before money is shared; the others may depend on what is left.
_MONEY = ("cpf", "cpf_abondement_employeur", "cpf_c2p", "cpf_atmp")
_PLF_SINCE, _PLF_ENOUGH = date(2026, 10, 2), Decimal(150)


@dataclass(frozen=True, slots=True)
class Plan:
    """Amounts in euros; those of `income` are per month. `remaining` holds the fee."""

    on: date
    cost: Decimal | None
    lines: tuple[Line, ...]
    income: tuple[Line, ...]
    employer_aids: tuple[Line, ...]
    covered: Decimal | None
    remaining: Decimal | None
    fee: Decimal | None
    calendar: tuple[Act, ...]
    warnings: tuple[str, ...]
    questions: tuple[str, ...] = ()

    def line(self, scheme: str) -> Line | None:
        """The first line of a scheme."""
        return next((one for one in (*self.lines, *self.income) if one.scheme == scheme), None)


def make_plan(situation: Situation, records: Records, *, sums_only: bool = False) -> Plan:
    """A plan without its questions; with `sums_only`, without dates and warnings either."""
    schemes = [one for one in records.schemes.values() if situation.get("status") in one.statuses]
    judged = {one.id: _money_judgment(one, situation) for one in schemes if one.id in _MONEY}
    eligible = frozenset(name for name, judgment in judged.items() if judgment.verdict == "eligible")
    money = share(situation, eligible, records)
    ledger = Ledger(money.amounts.get("cpf", Decimal(0)), money.remaining)
    lines, income = [], []
    for scheme in schemes:
        judgment = judged.get(scheme.id) or _judgment(scheme, situation, ledger)
        if scheme.place == "income":
            amount = income_amount(scheme.id, situation, records) if judgment.open else None
            income.append(line_of(scheme, judgment, records, amount))
        else:
            lines.append(line_of(scheme, judgment, records, money.amounts.get(scheme.id)))
    income += _second(lines, "ptp", lambda line: ptp_pay(line, situation, records))
    aids = [
        replace(line, amount=amount) for line in lines if (amount := employer_aid(line, situation, records)) is not None
    ]
    found = [] if sums_only else sorted(acts(lines, situation, records), key=lambda act: (act.day, act.scheme))
    warnings = () if sums_only else tuple(_warnings(situation, records, [*lines, *income], money, found))
    return Plan(
        on=situation.on,
        cost=situation.training.cost,
        lines=tuple(lines),
        income=tuple(income),
        employer_aids=tuple(aids),
        covered=money.covered,
        remaining=money.remaining,
        fee=money.fee,
        calendar=tuple(act for act in found if act.day >= situation.on),
        warnings=warnings,
    )


def _money_judgment(scheme: SchemeRecord, situation: Situation) -> Judgment:
    judgment = judge_scheme(scheme, situation, Ledger())
    asked = scheme.id == "cpf_abondement_employeur" and situation.amount("employer_contribution") is None
    if asked and judgment.verdict == "eligible":
        body = TEXTS.get("decided_by", body=TEXTS.get("employer"))
        return replace(judgment, verdict="discretionary", reasons=(body,), missing=("employer_contribution",))
    return judgment


def _judgment(scheme: SchemeRecord, situation: Situation, ledger: Ledger) -> Judgment:
    judgment = judge_scheme(scheme, situation, ledger)
    if scheme.id == "aref" and judgment.verdict == "discretionary" and ledger.cpf > 0:
        # Training paid at least in part by the CPF: the allowance goes on by right.
        return replace(judgment, verdict="eligible", reasons=judgment.reasons[1:] or judgment.reasons)
    return judgment


def _second(lines: Iterable[Line], scheme: str, amount: Callable[[Line], Decimal | None]) -> Iterator[Line]:
    """The same line again, with the income that it brings."""
    for line in lines:
        if line.scheme == scheme and (found := amount(line)) is not None:
            yield replace(line, amount=found)


def _warnings(
    situation: Situation, records: Records, lines: Iterable[Line], money: Money, found: Iterable[Act]
) -> Iterator[str]:
    by_id: Mapping[str, Line] = {line.scheme: line for line in lines}
    for act in found:
        if act.day < situation.on and act.scheme != "cpf":
            name = records.schemes[act.scheme].name
            yield TEXTS.get("warnings.past", name=name, day=french_day(act.day))
    yield from _cpf_warnings(situation, by_id, records)
    if (ptp := by_id.get("ptp")) and ptp.open and situation.training.start_date:
        training = situation.training
        if training.on_working_time is not False and (training.full_time is None or training.months is None):
            yield TEXTS.get("warnings.ptp_notice", days=notice_days(situation))
    if (period := by_id.get("periode_reconversion")) and period.open and situation.training.internal:
        yield TEXTS.get("warnings.internal")
    for name, line in by_id.items():
        if line.open and (what := records.schemes[name].to_confirm):
            yield TEXTS.get("warnings.confirm", name=line.name, what=what)
    budget = situation.amount("budget")
    if budget is not None and money.remaining is not None and budget < money.remaining:
        yield TEXTS.get("warnings.budget", left=euros(money.remaining), budget=euros(budget))


def _cpf_warnings(situation: Situation, by_id: Mapping[str, Line], records: Records) -> Iterator[str]:
    cpf = by_id.get("cpf")
    if cpf is None or not cpf.open:
        return
    start, days = situation.training.start_date, cpf_leave_days(situation)
    if start is not None and days is not None and start - timedelta(days=days) < situation.on:
        yield TEXTS.get("warnings.cpf_leave", day=french_day(start - timedelta(days=days)))
    given = situation.amount("employer_contribution") or Decimal(0)
    if situation.on >= _PLF_SINCE and situation.training.kind != "vae" and given < _PLF_ENOUGH:
        yield TEXTS.get("warnings.plf")
    if cpf.verdict == "eligible" and cpf.amount:
        for other in records.schemes["cpf"].excludes:
            if (line := by_id.get(other)) and line.open:
                yield TEXTS.get("warnings.conflict", name=line.name, other=cpf.name)
