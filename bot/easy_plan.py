"""The plan of who pays and the ways to a diploma, in easy-to-read French: what comes first, how much, what is left,
what to do now."""

from collections.abc import Iterator

from bot.profile import number_label
from bot.wording import say
from knowledge.funding import Funding
from knowledge.funding.lines import Line
from knowledge.funding.plan import Plan
from knowledge.funding.saying import first_to_look_at
from knowledge.pathways import Pathway, Pathways

_OTHERS_SHOWN = 2


def easy_plan(plan: Plan, funding: Funding, scheme: str | None) -> str:
    """The plan in few short lines; `scheme` was asked about: it comes first."""
    asked = plan.line(scheme) if scheme else None
    lines = [say(f"paying.asked.{asked.verdict}", name=asked.name)] if asked else []
    first = first_to_look_at(plan)
    if first and first is not asked:
        lines.append(say("paying.first", name=first.name))
    if first:
        lines += _how_much(first, funding)
    elif not asked:
        lines.append(say("paying.nothing"))
    lines += [*_left(plan), _to_do(plan)]
    cited = asked or first
    lines += [_source(cited)] if cited else []
    return "\n".join(lines)


def easy_ways(found: Pathways) -> str:
    """The way that fits best, step by step, and the names of two others."""
    best, *others = found.items
    steps = [say("paying.step", step=step.title) for step in best.steps]
    other = [say("paying.other_way", title=one.title) for one in others[:_OTHERS_SHOWN]]
    cited = [say("answers.source", title=one.title, day=one.checked_on.strftime("%d/%m/%Y")) for one in found.sources]
    return "\n".join([say("paying.way", title=best.title), *steps, *_length(best), *other, *cited[:1]])


def _how_much(line: Line, funding: Funding) -> Iterator[str]:
    if line.amount:
        yield say("paying.pays", amount=_euros(float(line.amount)))
    if line.verdict == "uncertain":
        yield say("paying.missing")
    body = funding.scheme(line.scheme).decided_by
    if line.verdict == "discretionary" and body:
        yield say("paying.decided", body=body)


def _left(plan: Plan) -> Iterator[str]:
    if plan.remaining is None:
        yield say("paying.no_price")
    else:
        yield say("paying.left", amount=_euros(float(plan.remaining))) if plan.remaining else say("paying.nothing_left")


def _to_do(plan: Plan) -> str:
    if plan.calendar:
        act = plan.calendar[0]
        return say("paying.dated", day=act.day.strftime("%d/%m/%Y"), act=act.act)
    return say("paying.now")


def _length(way: Pathway) -> Iterator[str]:
    if not any(step.duration for step in way.steps):
        yield say("paying.unknown_length")


def _source(line: Line) -> str:
    source = line.sources[0]
    return say("answers.source", title=source.title, day=source.checked_on.strftime("%d/%m/%Y"))


def _euros(amount: float) -> str:
    return say("profile.euros", amount=number_label(amount))
