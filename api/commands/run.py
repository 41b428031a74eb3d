"""`hub serve`, `hub prepare`, `hub train`."""

import sys

import typer
from rich.console import Console

from api.settings import Settings

CANNOT_LISTEN = 2


def serve() -> None:
    """Serve until interrupted. Exit status 2 when an address is taken."""
    from api.errors import TEXTS
    from api.serve import CannotListen
    from api.serve import serve as run_server

    try:
        run_server(Settings(), Console())
    except CannotListen as error:
        sys.stderr.write(TEXTS.get(error.code, **error.params) + "\n")
        raise typer.Exit(CANNOT_LISTEN) from None


def prepare() -> None:
    """Prepare all that serving needs."""
    from api.prepare import prepare as run_steps

    run_steps(Settings(), Console())


def train() -> None:
    """Train understanding and dialogue."""
    from api.prepare import train as run_steps

    run_steps(Settings(), Console())
