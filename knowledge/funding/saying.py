"""A plan said in French: complete without any drawing, short enough to be read."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from knowledge.funding.lines import Line
from knowledge.funding.plan import Plan
from knowledge.funding.situation import NOT_ASKED
from knowledge.funding.texts import TEXTS, euros, french_day
from knowledge.records import Source

_ONESELF = "autofinancement"
_ACCOUNTS = frozenset({"cpf", "cpf_agent_public"})
_TOP_UPS = frozenset({"cpf_abondement_employeur"})
_CONTRACTS = frozenset({"contrat_apprentissage", "contrat_professionnalisation"})
_POSSIBLE = frozenset({"eligible", "discretionary", "uncertain"})
_MOST_NAMES, _MOST_ACTS, _MOST_SOURCES = 4, 3, 5


def plan_text(plan: Plan, scheme: str | None = None, could: Sequence[str] = (), *, warns: bool = True) -> str:
    """Who pays, what remains, what is not sure, when to act, with sources. `scheme` was asked about: it comes first.

    `could`: sentences on what would change the sum. `warns`: with what is pending or to be confirmed in general.
    """
    asked = plan.line(scheme) if scheme else None
    lines = [
        *(_asked(asked) if asked else ()),
        *(_first(plan) if asked is None else ()),
        *_money(plan),
        *_others(plan, asked),
        *_dates(plan),
        *(plan.warnings if warns else ()),
    ]
    if could:
        lines += [TEXTS.get("plan.could"), *(f"• {sentence}" for sentence in could)]
    return "\n".join([*(lines or [TEXTS.get("plan.nothing")]), *_sources(plan, asked)])


def brief_text(plan: Plan, scheme: str | None = None) -> str:
    """After one more answer: the verdict on the scheme asked about, who pays, what remains."""
    asked = plan.line(scheme) if scheme else None
    lines = [*(_asked(asked) if asked else ()), *_money(plan)]
    if not lines:
        decided = [line.name for line in plan.lines if line.verdict == "discretionary"][:_MOST_NAMES]
        lines = [TEXTS.get("plan.may_pay", names=", ".join(decided))] if decided else [TEXTS.get("plan.nothing")]
    return "\n".join([TEXTS.get("plan.with_this"), *lines, *_sources(plan, asked)])


def first_to_look_at(plan: Plan) -> Line | None:
    """Which scheme to look at first: the money that is sure; else one's own account, whose balance is to be told
    (L6323-4: it is used first); else what somebody decides: contracts of employment after the rest, and what is only
    added to an account at the end."""
    sure = [line for line in plan.lines if line.verdict == "eligible" and line.amount]
    account = [line for line in plan.lines if line.scheme in _ACCOUNTS and line.verdict == "uncertain"]
    decided = [line for line in plan.lines if line.verdict == "discretionary"]
    decided.sort(key=lambda line: (line.scheme in _TOP_UPS, line.scheme in _CONTRACTS))
    return next(iter((*sure, *account, *decided)), None)


def _first(plan: Plan) -> Iterator[str]:
    """Said only where there is a choice, to who may also pay themselves: an employer's schemes are no such order."""
    line = first_to_look_at(plan)
    possible = [one for one in plan.lines if one.verdict in _POSSIBLE and one.scheme != _ONESELF]
    if line and len(possible) > 1 and plan.line(_ONESELF):
        yield TEXTS.get(f"plan.first_{line.verdict}", name=line.name)


def changes_text(plan: Plan, before: Mapping[str, str]) -> str:
    """After one more answer that changes no sum: the verdicts that were not these `before`, those that may pay
    first."""
    changed = [line for line in (*plan.lines, *plan.income) if before.get(line.scheme) != line.verdict]
    named = {line.scheme: line for line in sorted(changed, key=lambda line: not line.open)[:_MOST_NAMES]}
    said = [_changed(line) for line in named.values()]
    sources = dict.fromkeys(line.sources[0] for line in named.values() if line.sources)
    return "\n".join([TEXTS.get("plan.with_this"), *said, *(_source(one) for one in sources)])


def _changed(line: Line) -> str:
    """What is refused is refused for a reason."""
    verdict = f"• {line.name} : {TEXTS.get(f'verdicts.{line.verdict}')}"
    return " ".join([verdict, *line.reasons[:1]]) if line.verdict == "ineligible" else verdict


def _asked(line: Line) -> Iterator[str]:
    yield f"{line.name} : {TEXTS.get(f'verdicts.{line.verdict}')}"
    yield from (f"• {reason}" for reason in line.reasons)


def _money(plan: Plan) -> Iterator[str]:
    if plan.cost is not None:
        yield TEXTS.get("plan.cost", amount=euros(plan.cost))
    paying = [line for line in plan.lines if line.verdict == "eligible" and line.amount]
    if plan.cost is None and paying:
        yield TEXTS.get("plan.ceilings")
    for line in paying:
        if line.amount is not None:
            yield "• " + TEXTS.get("plan.pays", name=line.name, amount=euros(line.amount))
    if plan.remaining is not None:
        left = plan.remaining
        yield TEXTS.get("plan.remaining", amount=euros(left)) if left else TEXTS.get("plan.nothing_left")
        if plan.fee:
            yield TEXTS.get("plan.fee", amount=euros(plan.fee))


def _others(plan: Plan, asked: Line | None) -> Iterator[str]:
    others = [line for line in plan.lines if line is not asked and line.scheme != _ONESELF]
    for verdict, key in (("discretionary", "plan.may_pay"), ("uncertain", "plan.unsure")):
        names = [line.name for line in others if line.verdict == verdict and not _unclaimed(line)][:_MOST_NAMES]
        if names:
            yield TEXTS.get(key, names=", ".join(names))
    for line in plan.income:
        if line.amount is not None and line.open:
            decided = TEXTS.get("plan.income_decided") if line.verdict == "discretionary" else ""
            yield TEXTS.get("plan.income", name=line.name, amount=euros(line.amount), decided=f" {decided}".rstrip())


def _unclaimed(line: Line) -> bool:
    """Whether only facts that nobody is asked about are missing."""
    return bool(line.missing) and set(line.missing) <= set(NOT_ASKED)


def _dates(plan: Plan) -> Iterator[str]:
    for act in plan.calendar[:_MOST_ACTS]:
        yield TEXTS.get("plan.act", day=french_day(act.day), act=act.act)


def _sources(plan: Plan, asked: Line | None) -> Iterator[str]:
    paying = [line for line in plan.lines if line.verdict == "eligible" and line.amount]
    cited: Iterable[Line] = [line for line in (asked, *paying) if line] or plan.lines[:1]
    found = dict.fromkeys(source for line in cited for source in line.sources[:2])
    yield from (_source(source) for source in list(found)[:_MOST_SOURCES])


def _source(source: Source) -> str:
    return TEXTS.get("plan.source", title=source.title, day=source.checked_on.strftime("%d/%m/%Y"))
