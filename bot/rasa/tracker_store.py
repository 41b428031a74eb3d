"""Rasa's own store of conversations in SQLite, with what a turn reads and writes again and again kept at hand.

Rasa builds the tracker of a conversation from all its events at each message, opens the file twice, and has the disk
confirm each write. Here the tracker of the turn before is kept in memory, and the file stays open, in SQLite's
write-ahead mode. A tracker leaves the memory when a turn takes it and comes back once saved: a turn that fails leaves
none behind, and the next one reads the file. Once another process wrote to the file (the application that erases a
conversation, another engine beside this one), all of them leave.
Named in endpoints.yml; run by the Python of Rasa's environment.
"""

import itertools
from collections import OrderedDict

from rasa.core.tracker_store import SQLTrackerStore
from sqlalchemy import create_engine, event
from sqlalchemy.orm import sessionmaker
from sqlalchemy.pool import StaticPool

# Conversations that go on at the same time; others are read from the file.
AT_HAND = 64


class TrackersAtHand(SQLTrackerStore):
    """The trackers last saved, by sender, each with how many of its events are in the file."""

    def __init__(self, domain, host=None, event_broker=None, **settings):
        super().__init__(domain=domain, host=host, event_broker=event_broker, **settings)
        # One connection: SQLite tells a connection when another one wrote.
        self.engine = create_engine(self.engine.url, poolclass=StaticPool, connect_args={"check_same_thread": False})
        event.listen(self.engine, "connect", _write_ahead)
        self.sessionmaker = sessionmaker(bind=self.engine)
        self._at_hand = OrderedDict()
        self._written = {}
        self._version = None

    async def retrieve(self, sender_id):
        """The tracker of the conversation's last session."""
        self._forget_what_changed()
        tracker, self._written[sender_id] = self._at_hand.pop(sender_id, (None, None))
        return await super().retrieve(sender_id) if tracker is None else tracker

    async def save(self, tracker):
        """Write the events that are new, then keep the tracker at hand."""
        await super().save(tracker)
        self._written.pop(tracker.sender_id, None)
        self._at_hand[tracker.sender_id] = tracker, len(tracker.events)
        if len(self._at_hand) > AT_HAND:
            self._at_hand.popitem(last=False)

    def _additional_events(self, session, tracker):
        written = self._written.get(tracker.sender_id)
        if written is None:
            return super()._additional_events(session, tracker)
        return itertools.islice(tracker.events, written, None)

    def _forget_what_changed(self):
        with self.engine.connect() as connection:
            version = connection.exec_driver_sql("PRAGMA data_version").scalar()
        if version != self._version:
            self._version = version
            self._at_hand.clear()


def _write_ahead(connection, _record):
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL"):
        connection.execute(f"PRAGMA {pragma}")
