"""Rasa's own command line, without two things that a turn pays for and nobody uses.

Rasa 3.6.21 has `jsonschema` check the schema of an action's reply against the schema of schemas each time, though it
never changes: more than half of the time of a turn, as profiled. Here that is done once; the reply itself is still
checked each time. It also sends all the events of the conversation along with each call of an action: the actions read
the state and the last message, never the events, so none are sent.
Run by the Python of Rasa's environment: python start.py run …
"""

import json

from jsonschema import Draft202012Validator
from rasa.__main__ import main
from rasa.core.actions.action import RemoteAction
from rasa.shared.core.trackers import EventVerbosity

_checked = set()
_check = Draft202012Validator.check_schema


def _check_once(schema, *arguments, **named):
    key = json.dumps(schema, sort_keys=True, default=str)
    if key not in _checked:
        _check(schema, *arguments, **named)
        _checked.add(key)


def _call_without_events(action, tracker, _domain):
    state = tracker.current_state(EventVerbosity.NONE)
    return {"next_action": action.name(), "sender_id": tracker.sender_id, "tracker": state}


if __name__ == "__main__":
    Draft202012Validator.check_schema = staticmethod(_check_once)
    RemoteAction._action_call_format = _call_without_events
    main()
