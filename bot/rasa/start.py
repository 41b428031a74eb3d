"""Rasa's own command line, with one thing done once instead of at each reply of an action.

Rasa 3.6.21 has `jsonschema` check the schema of an action's reply against the schema of schemas each time, though it
never changes: more than half of the time of a turn, as profiled. The reply itself is still checked each time.
Run by the Python of Rasa's environment: python start.py run …
"""

import json

from jsonschema import Draft202012Validator
from rasa.__main__ import main

_checked = set()
_check = Draft202012Validator.check_schema


def _check_once(schema, *arguments, **named):
    key = json.dumps(schema, sort_keys=True, default=str)
    if key not in _checked:
        _check(schema, *arguments, **named)
        _checked.add(key)


if __name__ == "__main__":
    Draft202012Validator.check_schema = staticmethod(_check_once)
    main()
