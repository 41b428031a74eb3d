"""`hub knowledge search`."""

import sys
from collections.abc import Iterable, Iterator
from typing import Annotated

import typer

from api.settings import Settings


def search(
    queries: Annotated[list[str] | None, typer.Argument()] = None,
    limit: Annotated[int, typer.Option(min=1, max=50)] = 10,
    json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """Search for each argument, or for each line of the standard input when there is none."""
    from rich.console import Console

    from api.knowledge.opening import open_knowledge
    from api.knowledge.report import print_answer
    from api.knowledge.schemas import CertificationAnswer
    from knowledge.search.query import SearchQuery

    _catalogue, engine = open_knowledge(Settings())
    console = Console()
    for text in queries or _lines(sys.stdin):
        answer = CertificationAnswer.of(engine.search(SearchQuery(text, limit=limit)))
        if json:
            sys.stdout.write(answer.model_dump_json() + "\n")
            sys.stdout.flush()
        else:
            print_answer(answer, console)


def _lines(stream: Iterable[str]) -> Iterator[str]:
    return (line.strip() for line in stream if line.strip())
