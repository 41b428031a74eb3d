"""The `hub` command. Each subcommand imports its room only when it runs, so that `hub --help` is instant."""

import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import typer

from knowledge.errors import HubError
from knowledge.texts import Texts

TEXTS = Texts.load(Path(__file__).parent / "texts" / "cli.yml")

app = typer.Typer(help=TEXTS.get("hub"), no_args_is_help=True, pretty_exceptions_enable=False, add_completion=False)
_GROUPS = {
    name: typer.Typer(help=TEXTS.get(f"groups.{name}"), no_args_is_help=True)
    for name in ("accounts", "nlu", "knowledge", "funding", "watch", "eval")
}
for _name, _group in _GROUPS.items():
    app.add_typer(_group, name=_name)

# group, command, where it is implemented
_COMMANDS: tuple[tuple[str | None, str, str], ...] = (
    (None, "serve", "api.commands.run:serve"),
    (None, "chat", "api.commands.chat:chat"),
    (None, "prepare", "api.commands.run:prepare"),
    (None, "train", "api.commands.run:train"),
    ("accounts", "reset", "api.commands.accounts:reset"),
    ("nlu", "parse", "api.commands.nlu_parse:parse"),
    ("nlu", "lint", "api.commands.nlu_corpus:lint"),
    ("nlu", "annotate", "api.commands.nlu_corpus:annotate"),
    ("nlu", "audit", "api.commands.nlu_corpus:audit"),
    ("nlu", "export", "api.commands.nlu_export:export"),
    ("nlu", "models", "api.commands.nlu_models:models"),
    ("nlu", "use", "api.commands.nlu_models:use"),
    ("knowledge", "import", "api.commands.knowledge_import:import_"),
    ("knowledge", "update", "api.commands.knowledge_update:update"),
    ("knowledge", "status", "api.commands.knowledge_status:status"),
    ("knowledge", "search", "api.commands.knowledge_search:search"),
    ("funding", "plan", "api.commands.funding:plan"),
    ("funding", "explain", "api.commands.funding:explain"),
    ("funding", "coverage", "api.commands.funding:coverage"),
    ("funding", "case", "api.commands.funding_cases:case"),
    ("funding", "cases", "api.commands.funding_cases:cases"),
    ("funding", "check", "api.commands.funding:check"),
    ("watch", "links", "api.commands.watch:links"),
    ("eval", "funding", "api.commands.eval_funding:eval_funding"),
    ("eval", "intents", "api.commands.eval_intents:eval_intents"),
    ("eval", "nlu", "api.commands.eval_nlu:eval_nlu"),
    ("eval", "summaries", "api.commands.eval_summaries:eval_summaries"),
    ("eval", "search", "api.commands.eval_search:eval_search"),
)


def _implementation(path: str) -> Callable[..., Any]:
    module, name = path.split(":")
    function: Callable[..., Any] = getattr(import_module(module), name)
    return function


for _parent, _command, _path in _COMMANDS:
    _key = f"commands.{_parent}.{_command}" if _parent else f"commands.{_command}"
    (_GROUPS[_parent] if _parent else app).command(_command, help=TEXTS.get(_key))(_implementation(_path))


def main() -> None:
    """Run the command; an error that a person may be told of is a French sentence on stderr and exit status 1."""
    try:
        app()
    except HubError as error:
        errors = Texts.load(Path(__file__).parent / "texts" / "errors.yml")
        sys.stderr.write(errors.get(error.code, **error.params) + "\n")
        raise SystemExit(1) from None
