"""`hub eval funding`."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from knowledge.funding import Funding
from knowledge.funding.evaluation import Case, Difference, read_cases, score
from knowledge.funding.trees import expected_tree, got_tree
from knowledge.texts import Texts

TEXTS = Texts.load(Path(__file__).parents[1] / "texts" / "funding.yml")
_WORST = 8


def eval_funding(file: Annotated[Path, typer.Argument(exists=True, dir_okay=False)]) -> None:
    """Run each situation of the file; print what differs, with the reasons of the program, then the figures."""
    funding = Funding.load()
    result = score(read_cases(file), funding)
    for case, differences in result.differences:
        typer.echo(TEXTS.get("eval.case", id=case.id, story=case.story[:100]))
        for one in differences:
            typer.echo(TEXTS.get("eval.differs", what=one.what, expected=one.expected, got=one.got))
            if one.reasons:
                typer.echo(TEXTS.get("eval.reasons", reasons=" ".join(one.reasons)))
            for line in _trees(case, one, funding):
                typer.echo(line)
    worst = sorted(result.schemes.items(), key=lambda pair: pair[1][0] / pair[1][1])[:_WORST]
    typer.echo(TEXTS.get("eval.worst", schemes="  ".join(f"{name} {good}/{n}" for name, (good, n) in worst)))
    share = f"{result.right / max(1, result.checks):.3f}"
    figures = {"good": result.good, "cases": result.cases, "right": result.right, "checks": result.checks}
    typer.echo(TEXTS.get("eval.total", share=share, **figures))


def _trees(case: Case, difference: Difference, funding: Funding) -> Iterator[str]:
    """Both sides of a verdict, criterion by criterion; nothing for an amount or a date."""
    if difference.what not in funding.records.schemes:
        return
    yield TEXTS.get("eval.got_tree", verdict=difference.got)
    yield from (f"      {line}" for line in got_tree(case, difference.what, funding))
    for verdict in difference.expected.split("/"):
        yield TEXTS.get("eval.expected_tree", verdict=verdict)
        yield from (f"      {line}" for line in expected_tree(case, difference.what, verdict, funding))
