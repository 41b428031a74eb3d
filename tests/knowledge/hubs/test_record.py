"""What a team may write of its hub."""

import pytest
from pydantic import ValidationError

from knowledge.hubs.record import HubRecord

MORNING = {"day": "monday", "start": "09:00", "end": "12:00"}


def test_hours_are_put_in_the_order_of_the_week() -> None:
    record = HubRecord.model_validate(
        {"hours": [MORNING | {"day": "friday"}, MORNING | {"start": "13:30", "end": "17:00"}, MORNING]}
    )
    assert [(one.day, one.start.hour) for one in record.hours] == [("monday", 9), ("monday", 13), ("friday", 9)]


def test_a_number_is_kept_in_one_form() -> None:
    assert HubRecord.model_validate({"phone": "03 24 00 00 00"}).phone == "+33324000000"


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ({"phone": "12"}, "phone"),
        ({"phone": "bonjour"}, "phone"),
        ({"email": "hub"}, "mailbox"),
        ({"email": "a@b.fr\nBcc: x@y.fr"}, "mailbox"),
        ({"address": "a\nb"}, "string_pattern_mismatch"),
        ({"address": "  "}, "string_too_short"),
        ({"hours": [MORNING | {"end": "09:00"}]}, "range_reversed"),
        ({"hours": [MORNING, MORNING | {"start": "11:59", "end": "13:00"}]}, "ranges_overlap"),
        ({"closures": [{"first": "2026-12-02", "last": "2026-12-01"}]}, "closure_reversed"),
        ({"events": [{"on": "demain", "title": "Atelier"}]}, "date_from_datetime_parsing"),
        ({"invented": 1}, "extra_forbidden"),
    ],
)
def test_what_is_refused(content: dict[str, object], kind: str) -> None:
    with pytest.raises(ValidationError) as refused:
        HubRecord.model_validate(content)
    assert refused.value.errors()[0]["type"] == kind
