"""The prepared application of `access_matrix.yml`: who asks, and what there is to ask for."""

import asyncio
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
from sqlalchemy import select, update

from api.accounts.first import bootstrap_accounts
from api.accounts.models import AccountRow
from api.app import create_public_app
from api.appointments.models import AppointmentRow
from api.learning.models import ReviewRow
from api.notifications.models import OutboxRow
from api.services import Services
from bot.messages import OpenHandover
from tests.api.conftest import CLAIRE, Person, ScriptedEngine, client_of, open_conversation, sign_in

PASSWORD = CLAIRE[1]
HUB, OTHER_HUB = "charleville-mezieres", "troyes"
# role and hubs of each asker
TEAM: Mapping[str, tuple[str, list[str]]] = {
    "own": ("counsellor", [HUB]),
    "other": ("counsellor", [OTHER_HUB]),
    "manager": ("manager", [HUB]),
    "other_manager": ("manager", [OTHER_HUB]),
    "regional": ("regional", [HUB, OTHER_HUB]),
    "administrator": ("administrator", ["*"]),
}
# Someone whose account is changed.
COLLEAGUE = "colleague"


@dataclass(frozen=True, slots=True)
class Prepared:
    """A database file with one waiting case in `HUB`, and what opens it. `cookies` and `csrf` are by asker."""

    file: Path
    cookies: dict[str, str]
    csrf: dict[str, str]
    token: str
    values: dict[str, str]

    def request(self, asker: str, method: str, path: str, line: Mapping[str, Any]) -> httpx.Request:
        """The request of a line as this asker sends it."""
        headers = {"no_token": {}, "other_token": {"Authorization": "Bearer autre"}}.get(asker, self._signed(asker))
        if asker == "token":
            headers = {"Authorization": f"Bearer {self.token}"}
        url = f"http://hub.test{path.format_map(self.values | line.get('path', {}))}"
        return httpx.Request(method, url, headers=headers, json=line.get("body"), params=line.get("query"))

    def _signed(self, asker: str) -> dict[str, str]:
        who = "administrator" if asker == "csrf" else asker
        if who not in self.cookies:
            return {}
        csrf = "faux" if asker == "csrf" else self.csrf[who]
        return {"Cookie": f"hub_session={self.cookies[who]}", "X-CSRF-Token": csrf}


async def prepare(services: Services, engine: ScriptedEngine) -> Prepared:
    """Sign everyone in and open a case, over HTTP."""
    await _accounts(services)
    app = create_public_app(services)
    cookies, csrf = {}, {}
    for asker in TEAM:
        async with client_of(app) as http:
            csrf[asker] = (await sign_in(http, (f"{asker}@hub.test", PASSWORD))).csrf
            cookies[asker] = http.cookies["hub_session"]
    async with client_of(app) as http:
        person = await open_conversation(http, hub=HUB)
        engine.answers = [[OpenHandover(reasons=("asked",), text="Je transmets.")]]
        await person.say("je veux parler à quelqu'un")
        values = await _values(services, person)
    file = services.settings.data_dir / "hub.sqlite3"
    await services.engine.dispose()
    await asyncio.to_thread(_settle, file)
    return Prepared(file, cookies, csrf, person.token, values)


async def _values(services: Services, person: Person) -> dict[str, str]:
    """What fills the {…} of the paths: what was prepared."""
    case_id = (await person.state())["handover"]["case_id"]
    now = services.clock.now()
    review = ReviewRow(id="r" * 32, hub=HUB, text="jvoudré", reason="not_understood", guesses=[], at=now)
    sending = OutboxRow(id="s" * 32, channel="mail", template="case_opened", content={}, hub=HUB, status="dead")
    sending.attempts, sending.created_at, sending.next_attempt_at = 1, now, now
    date = AppointmentRow(
        id="a" * 32, conversation_id=person.id, case_id=case_id, hub=HUB, status="confirmed", slots=[]
    )
    date.mode, date.minutes, date.sequence, date.starts_at = "phone", 45, 0, now + timedelta(days=7)
    date.created_at = date.updated_at = now
    async with services.sessions() as session, session.begin():
        session.add_all((review, sending, date))
        account_id = await session.scalar(select(AccountRow.id).where(AccountRow.email == f"{COLLEAGUE}@hub.test"))
    return {
        "hub": HUB,
        "account_id": account_id or "",
        "conversation_id": person.id,
        "case_id": case_id,
        "review_id": review.id,
        "sending_id": sending.id,
        "appointment_id": date.id,
    }


async def _accounts(services: Services) -> None:
    team = {**TEAM, COLLEAGUE: ("counsellor", [HUB])}
    entries = ",".join(f"{asker}@hub.test:{PASSWORD}" for asker in team)
    async with services.sessions() as session, session.begin():
        await bootstrap_accounts(session, entries, services.clock)
    async with services.sessions() as session, session.begin():
        for asker, (role, hubs) in team.items():
            account = update(AccountRow).where(AccountRow.email == f"{asker}@hub.test")
            await session.execute(account.values(role=role, hubs=hubs))


def _settle(file: Path) -> None:
    """Everything in one file, to be copied."""
    connection = sqlite3.connect(file)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
