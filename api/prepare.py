"""Everything the assistant needs before it serves, each step done only when something changed."""

import time
from collections.abc import Callable
from pathlib import Path

from rich.console import Console
from sqlalchemy.orm import Session

from api.knowledge.opening import open_knowledge
from api.layout import rasa_settings, understanding_dir
from api.migrate import upgrade
from api.settings import Settings
from connectors.rasa.training import train as train_dialogue
from knowledge.database import sync_engine
from knowledge.search.embedding import load_embedder
from knowledge.starter import load_starter
from knowledge.texts import Texts
from nlu.training import train as train_understanding
from nlu.versions import Versions

TEXTS = Texts.load(Path(__file__).parent / "texts" / "cli.yml")

# A step answers whether there was something to do; None when it cannot tell.
Step = Callable[[Settings], bool | None]


def prepare(settings: Settings, console: Console) -> None:
    """Tables, starter records, search index, understanding and dialogue models. Raises HubError."""
    for name, step in _STEPS.items():
        _run(name, step, settings, console)


def train(settings: Settings, console: Console) -> None:
    """Understanding and dialogue models only; a new model of understanding waits for someone to put it in service,
    where another serves. Raises HubError."""
    _run("understanding", _understanding_that_waits, settings, console)
    _run("dialogue", _STEPS["dialogue"], settings, console)
    versions = Versions(understanding_dir(settings))
    latest, serving = versions.all()[-1], versions.in_service()
    if serving is not None and serving.number != latest.number:
        console.print(TEXTS.get("prepare.waiting", number=latest.number, serving=serving.number))


def refresh_index(settings: Settings) -> None:
    """Embed what changed in the knowledge and write the index."""
    open_knowledge(settings)


def _run(name: str, step: Step, settings: Settings, console: Console) -> None:
    label = TEXTS.get(f"prepare.{name}")
    started = time.monotonic()
    with console.status(f"{label}…"):
        changed = step(settings)
    seconds = f"{time.monotonic() - started:.1f}".replace(".", ",")
    ending = TEXTS.get("prepare.unchanged") if changed is False else TEXTS.get("prepare.done", seconds=seconds)
    console.print(f"→ {label} : {ending}")


def _migrate(settings: Settings) -> None:
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    upgrade(settings.database)


def _starter(settings: Settings) -> bool:
    engine = sync_engine(settings.database)
    with Session(engine) as session, session.begin():
        changed = load_starter(session, settings.clock.now())
    engine.dispose()
    return changed


def _understanding(settings: Settings) -> bool | None:
    return train_understanding(understanding_dir(settings), load_embedder(settings.embedding_model)).trained


def _understanding_that_waits(settings: Settings) -> bool:
    embedder = load_embedder(settings.embedding_model)
    return train_understanding(understanding_dir(settings), embedder, waits=True).trained


def _dialogue(settings: Settings) -> bool:
    return train_dialogue(rasa_settings(settings))


_STEPS: dict[str, Step] = {
    "migrate": _migrate,
    "starter": _starter,
    "index": refresh_index,
    "understanding": _understanding,
    "dialogue": _dialogue,
}
