"""Appointments over HTTP: wished by the person, set by the counsellor, and what calendars make of them."""

from datetime import UTC, date, datetime, time

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar
from sqlalchemy import select

from api.appointments.calendar import Invitation, calendar_file
from api.appointments.models import AppointmentRow
from api.notifications.delivery import deliver_due
from api.notifications.models import OutboxRow
from api.services import Services
from bot.messages import Appointment, Effect, OpenHandover
from tests.api.conftest import (
    EMAIL,
    JSON,
    Desk,
    HandClock,
    Person,
    ScriptedEngine,
    asks,
    case_of,
    error_of,
    open_conversation,
)
from tests.api.post import Mailbox, text_of

pytestmark = [pytest.mark.both_databases, pytest.mark.usefixtures("sending")]
WISH = {"mode": "phone", "slots": [{"day": "2026-12-01", "part": "morning"}]}
DATE = {"at": "2026-12-01T14:30:00+01:00", "mode": "phone"}


@pytest.fixture
async def case(reachable: Person, claire: Desk) -> str:
    """The address of a case that Claire holds."""
    case = await case_of(reachable)
    await claire.post(f"{case}/claim")
    return case


async def wish(person: Person, **body: object) -> httpx.Response:
    return await person.http.post(f"{person.path}/appointments", json=WISH | body, headers=person.headers)


async def last(person: Person) -> JSON:
    return dict((await person.state())["messages"][-1])


def event_of(file: bytes) -> tuple[str, JSON]:
    """The method of a calendar file, and what its event says."""
    calendar = Calendar.from_ical(file)
    (event,) = calendar.walk("VEVENT")
    return str(calendar["method"]), {name.lower(): event.decoded(name) for name in event}


def asks_for(**appointment: object) -> list[Effect]:
    """What the assistant does of a request for an appointment, from someone it can write to."""
    wanted = Appointment.model_validate({"mode": "onsite", **appointment})
    return [asks()[0], OpenHandover(reasons=("asked",), text="Je transmets.", appointment=wanted)]


class TestAskedWhileTalking:
    async def test_the_counsellor_sees_the_wish_and_the_person_gets_the_date(
        self, person: Person, engine: ScriptedEngine, claire: Desk, sending: Services, mailbox: Mailbox
    ) -> None:
        engine.answers = [asks_for(slots=WISH["slots"])]
        await person.say("je voudrais un rendez-vous mardi 1er décembre au matin")
        case = await case_of(person)
        (wished,) = (await claire.get(f"{case}/appointments")).json()["items"]
        assert (wished["status"], wished["mode"], wished["slots"]) == ("wished", "onsite", WISH["slots"])
        assert (await claire.get(case)).json()["contact"]["email"] == EMAIL
        await claire.post(f"{case}/claim")
        body = {"at": "2026-12-01T09:30:00+01:00", "mode": "onsite", "hub": "colmar"}
        assert (await claire.post(f"{case}/appointments/{wished['id']}/confirm", body)).status_code == 200
        file = (await last(person))["payload"]["file"]["url"]
        method, event = event_of((await person.http.get(file, headers=person.headers)).content)
        assert (method, event["dtstart"].isoformat()) == ("REQUEST", "2026-12-01T09:30:00+01:00")
        await deliver_due(sending)
        assert any("1er décembre" in text_of(mail) for mail in mailbox.mails if mail["To"] == EMAIL)

    async def test_a_new_day_replaces_the_wish_and_asking_again_without_one_keeps_it(
        self, person: Person, engine: ScriptedEngine
    ) -> None:
        engine.answers = [asks_for(), asks_for(mode="phone", slots=WISH["slots"]), asks_for()]
        for said, slots in (("un rdv", []), ("mardi matin plutôt", WISH["slots"]), ("alors, ce rdv ?", WISH["slots"])):
            await person.say(said)
            items = (await person.http.get(f"{person.path}/appointments", headers=person.headers)).json()["items"]
            assert [item["slots"] for item in items] == [slots]


class TestWish:
    async def test_it_opens_a_case_and_says_what_was_understood(self, person: Person, claire: Desk) -> None:
        reply = await wish(person)
        assert (reply.status_code, reply.json()["status"], reply.json()["at"]) == (201, "wished", None)
        told = await last(person)
        assert "mardi 1er décembre le matin" in told["text"]
        assert (await person.state())["handover"]["status"] == "pending"
        items = (await claire.get(f"{await case_of(person)}/appointments")).json()["items"]
        assert [item["slots"] for item in items] == [WISH["slots"]]

    async def test_a_new_one_replaces_it_and_no_slot_means_soon(self, person: Person) -> None:
        await wish(person)
        assert (await wish(person, slots=[])).status_code == 201
        assert "dès que possible" in (await last(person))["text"]
        items = (await person.http.get(f"{person.path}/appointments", headers=person.headers)).json()["items"]
        assert [item["slots"] for item in items] == [[]]

    async def test_a_day_that_is_past_is_refused(self, person: Person) -> None:
        reply = await wish(person, slots=[{"day": "2026-11-01", "part": "morning"}])
        assert error_of(reply) == (422, "appointment_date")

    async def test_under_15_it_is_at_the_hub(self, person: Person, engine: ScriptedEngine) -> None:
        engine.answers = [asks({"age": 14})]
        await person.say("j'ai 14 ans")
        assert error_of(await wish(person)) == (409, "appointment_too_young")
        assert (await wish(person, mode="onsite")).status_code == 201

    async def test_it_is_seen_by_nobody_else(self, person: Person) -> None:
        other = await open_conversation(person.http)
        reply = await person.http.get(f"{person.path}/appointments", headers=other.headers)
        assert error_of(reply) == (404, "not_found")


class TestDate:
    async def test_it_is_confirmed_changed_and_cancelled(
        self,
        sending: Services,
        mailbox: Mailbox,
        reachable: Person,
        claire: Desk,
        case: str,
        clock: HandClock,
    ) -> None:
        wished = (await wish(reachable)).json()["id"]
        events = []
        for path, body, subject in (
            ("confirm", DATE, "Votre rendez-vous au Hub des compétences"),
            (
                "confirm",
                DATE | {"at": "2026-12-02T09:00:00+01:00"},
                "Votre rendez-vous au Hub des compétences a changé",
            ),
            ("cancel", None, "Votre rendez-vous au Hub des compétences est annulé"),
        ):
            mailbox.mails.clear()
            assert (await claire.post(f"{case}/appointments/{wished}/{path}", body)).status_code == 200
            told = await last(reachable)
            assert (told["kind"], told["author"]) == ("appointment", "system")
            await deliver_due(sending)
            (mail,) = [mail for mail in mailbox.mails if mail["Subject"] == subject]
            assert told["text"] in text_of(mail)
            (file,) = mail.iter_attachments()
            assert (file.get_content_type(), file["Content-Type"].params["method"]) == (
                "text/calendar",
                "CANCEL" if path == "cancel" else "REQUEST",
            )
            events.append(event_of(file.get_payload(decode=True)))
        assert [method for method, _ in events] == ["REQUEST", "REQUEST", "CANCEL"]
        assert {event["uid"] for _, event in events} == {f"{wished}@hub-des-competences"}
        assert [event["sequence"] for _, event in events] == [0, 1, 2]
        assert f"mailto:{EMAIL}" in events[0][1]["attendee"]
        assert error_of(await claire.post(f"{case}/appointments/{wished}/confirm", DATE)) == (409, "appointment_ended")

    async def test_the_person_sees_it_and_takes_its_file(
        self,
        reachable: Person,
        claire: Desk,
        case: str,
    ) -> None:
        made = (await claire.post(f"{case}/appointments", DATE | {"hub": "colmar", "mode": "onsite"})).json()
        told = await last(reachable)
        assert "mardi 1er décembre à 14 h 30" in told["text"]
        assert {"at", "hub", "mode"} <= set(told["payload"])
        assert datetime.fromisoformat(told["payload"]["at"]) == datetime.fromisoformat(DATE["at"])
        file = await reachable.http.get(told["payload"]["file"]["url"], headers=reachable.headers)
        assert file.headers["content-type"].startswith("text/calendar")
        assert b"BEGIN:VTIMEZONE" in file.content
        _, event = event_of(file.content)
        assert (event["dtstart"].hour, event["dtstart"].tzinfo.key) == (14, "Europe/Paris")
        cancelled = await reachable.http.post(
            f"{reachable.path}/appointments/{made['id']}/cancel", headers=reachable.headers
        )
        assert cancelled.json()["status"] == "cancelled"

    async def test_only_the_holder_sets_one_and_in_the_future(
        self,
        reachable: Person,
        claire: Desk,
        case: str,
    ) -> None:
        path = f"{case}/appointments"
        assert error_of(await claire.post(path, DATE | {"at": "2026-11-20T10:00:00Z"})) == (422, "appointment_date")
        assert error_of(await claire.post(path, DATE | {"at": "2026-12-01T10:00:00"}))[0] == 422
        assert error_of(await claire.post(path, DATE | {"mode": "onsite"})) == (422, "appointment_place")
        assert error_of(await claire.post(path, DATE | {"hub": "nulle-part"})) == (422, "appointment_place")
        await claire.post(f"{case}/release")
        assert error_of(await claire.post(path, DATE)) == (409, "not_case_holder")

    async def test_erasing_the_conversation_erases_it(
        self,
        sending: Services,
        reachable: Person,
        claire: Desk,
        case: str,
    ) -> None:
        await claire.post(f"{case}/appointments", DATE)
        await reachable.http.delete(reachable.path, headers=reachable.headers)
        async with sending.sessions() as session:
            for table in (AppointmentRow, OutboxRow):
                assert list(await session.scalars(select(table))) == []


@given(
    day=st.dates(date(2026, 1, 1), date(2030, 1, 1)),
    hour=st.integers(6, 20),
    minutes=st.integers(10, 240),
    place=st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=120),
)
def test_a_calendar_reads_back_what_was_written(day: date, hour: int, minutes: int, place: str) -> None:
    starts = datetime.combine(day, time(hour), UTC)
    entry = Invitation("u1", 3, starts, starts, minutes, "Rendez-vous", "Détails", place, "a@hub.test", None, False)
    file = calendar_file(entry)
    method, event = event_of(file)
    assert method == "PUBLISH"
    assert event["dtstart"] == starts
    assert event["dtend"].timestamp() - event["dtstart"].timestamp() == minutes * 60
    assert str(event["location"]) == place
    assert max(map(len, file.split(b"\r\n"))) <= 75
