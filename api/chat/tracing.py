"""The trace of a turn on a terminal."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from api.chat.script import TEXTS
from api.chat.trace import Action, Change, Trace, shortened
from api.chat.visitor import Answer, Visitor
from connectors.rasa.trackers import turn_events
from knowledge.errors import NotFound


class NoTrace(NotFound):
    """The engine's own store is not on this machine. Parameter: `file`."""

    code = "no_trace"


def check_store(store: Path) -> None:
    """Raises NoTrace where the engine's store is not there."""
    if not store.is_file():
        raise NoTrace(file=store)


def show_trace(console: Console, store: Path, visitor: Visitor, answer: Answer) -> None:
    """Print what the turn just taken did. `store` is the engine's own store of conversations."""
    events = turn_events(store, visitor.id, visitor.said_seq)
    rows = list(_rows(Trace.of(events))) if events else [("", TEXTS.get("trace.none"))]
    rows.append((TEXTS.get("trace.duration"), TEXTS.get("trace.milliseconds", number=round(answer.milliseconds))))
    if not console.is_terminal:
        for label, said in rows:
            console.print(Text(f"  {label:<9} {said}"), soft_wrap=True)
        console.print()
        return
    table = Table.grid(padding=(0, 1))
    for label, said in rows:
        table.add_row(Text(label, "dim bold"), Text(said, "dim"))
    console.print(Padding(table, (0, 0, 1, 2)))


def _rows(trace: Trace) -> Iterator[tuple[str, str]]:
    """Label and content; what a turn does not have is left out."""
    named = {
        "intent": [f"{name} {confidence:.2f}" for name, confidence in trace.intents],
        "entities": [_entity(entity) for entity in trace.entities],
        "profile": [_change(change) for change in trace.profile],
        "actions": [_action(action) for action in trace.actions],
        "slots": [_change(change) for change in trace.slots],
        "reasons": [f"{TEXTS.get(f'trace.kinds.{kind}')} : {reason}" for kind, reason in trace.reasons],
    }
    for name, said in named.items():
        if said:
            yield TEXTS.get(f"trace.{name}"), (" → " if name == "actions" else " ; ").join(said)


def _entity(entity: Mapping[str, Any]) -> str:
    role = f"[{entity['role']}]" if entity.get("role") else ""
    return f"{entity['entity']}{role} = {shortened(entity['value'])} {entity['confidence']:.2f}"


def _change(change: Change) -> str:
    before = "" if change.before is None else f"{shortened(change.before)} → "
    return f"{change.name} = {before}{'∅' if change.after is None else shortened(change.after)}"


def _action(action: Action) -> str:
    how = TEXTS.get("trace.stood_back") if action.stood_back else action.policy
    said = f" : {', '.join(action.said)}" if action.said else ""
    return f"{action.name} ({how}{said})" if how else f"{action.name}{said}"
