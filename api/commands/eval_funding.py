"""`hub eval funding`."""

from pathlib import Path
from typing import Annotated

import typer

from knowledge.funding import Funding
from knowledge.funding.evaluation import read_cases, score
from knowledge.texts import Texts

TEXTS = Texts.load(Path(__file__).parents[1] / "texts" / "funding.yml")
_WORST = 8


def eval_funding(file: Annotated[Path, typer.Argument(exists=True, dir_okay=False)]) -> None:
    """Run each situation of the file; print what differs, with the reasons of the program, then the figures."""
    result = score(read_cases(file), Funding.load())
    for case, differences in result.differences:
        typer.echo(TEXTS.get("eval.case", id=case.id, story=case.story[:100]))
        for one in differences:
            typer.echo(TEXTS.get("eval.differs", what=one.what, expected=one.expected, got=one.got))
            if one.reasons:
                typer.echo(TEXTS.get("eval.reasons", reasons=" ".join(one.reasons)))
    worst = sorted(result.schemes.items(), key=lambda pair: pair[1][0] / pair[1][1])[:_WORST]
    typer.echo(TEXTS.get("eval.worst", schemes="  ".join(f"{name} {good}/{n}" for name, (good, n) in worst)))
    share = f"{result.right / max(1, result.checks):.3f}"
    figures = {"good": result.good, "cases": result.cases, "right": result.right, "checks": result.checks}
    typer.echo(TEXTS.get("eval.total", share=share, **figures))
