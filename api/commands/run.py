"""`hub serve`, `hub prepare`, `hub train`."""

from rich.console import Console

from api.settings import Settings


def serve() -> None:
    """Serve until interrupted."""
    from api.serve import serve as run_server

    run_server(Settings(), Console())


def prepare() -> None:
    """Prepare all that serving needs."""
    from api.prepare import prepare as run_steps

    run_steps(Settings(), Console())


def train() -> None:
    """Train understanding and dialogue."""
    from api.prepare import train as run_steps

    run_steps(Settings(), Console())
