"""What is known of the person, each fact with the message that says it now."""

from bot.profile import CONTACT_FIELDS, FIELDS, label
from bot.summary.record import ConversationRecord, SummaryItem
from bot.wording import replies, say

# What guidance turns on comes first; the other facts follow as the contract lists them.
_FIRST = ("beneficiary", "project", "target_job", "target_certification", "status", "contract_type", "current_job")
_ORDER = (*_FIRST, *(name for name in FIELDS if name not in _FIRST))


def situation(record: ConversationRecord) -> list[SummaryItem]:
    """Every fact of the profile but the contact details. A fact without a message that says it is not told."""
    told = [name for name in _ORDER if name not in CONTACT_FIELDS and record.profile.get(name) not in (None, [])]
    return [
        SummaryItem(text=_fact(record, name), evidence=evidence, field=name)
        for name in told
        if (evidence := record.evidence_of(name))
    ]


def _fact(record: ConversationRecord, name: str) -> str:
    value = record.profile[name]
    other = f"values.{name}.{value}"
    spoken_to = record.reader == "person"
    # Some labels speak to the person: a counsellor reads of them.
    of_them = not spoken_to and f"summary.{other}" in replies()
    said = record.words(other) if of_them else label(name, value, record.catalogue)
    if name == "target_certification" and (known := record.catalogue.certifications.get(str(value))):
        said = f"{known.title} ({value})"
    if not spoken_to and f"summary.facts.{name}" in replies():
        return record.words(f"facts.{name}", value=said)
    return record.words("fact", name=say(f"profile.names.{name}"), value=said)
