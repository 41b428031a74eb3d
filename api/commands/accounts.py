"""`hub accounts reset`: a way in for who lost theirs, from the machine itself."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy.ext.asyncio import async_sessionmaker

from api.settings import Settings
from knowledge.errors import NotFound
from knowledge.texts import Texts

TEXTS = Texts.load(Path(__file__).parents[1] / "texts" / "cli.yml")


class UnknownAccount(NotFound):
    """No active account has this e-mail; `email` says which."""

    code = "unknown_account"


def reset(
    email: Annotated[str, typer.Argument(help=TEXTS.get("accounts.email"))],
    second_step: Annotated[bool, typer.Option("--second-step", help=TEXTS.get("accounts.second_step"))] = False,
) -> None:
    """Print a link to choose a password; with `--second-step`, the second step is turned off too."""
    typer.echo(TEXTS.get("accounts.link", url=asyncio.run(_reset(Settings(), email, second_step=second_step))))


async def _reset(settings: Settings, email: str, *, second_step: bool) -> str:
    from api.accounts.links import new_link
    from api.accounts.second_step import turn_off
    from api.accounts.service import account_of
    from knowledge.database import async_engine

    engine = async_engine(settings.database)
    try:
        async with async_sessionmaker(engine)() as session, session.begin():
            account = await account_of(session, email)
            if account is None:
                raise UnknownAccount(email=email)
            if second_step:
                await turn_off(session, account)
            return await new_link(session, account, settings, settings.clock.now())
    finally:
        await engine.dispose()
