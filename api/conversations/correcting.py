"""What is known of the person is corrected on a page. What changed is told in the conversation: a fact always has
the message that says it."""

from collections.abc import Mapping

from pydantic import JsonValue
from sqlalchemy.ext.asyncio import AsyncSession

from api.conversations import store
from api.conversations.fallback import TEXTS
from api.conversations.models import ConversationRow
from api.conversations.schemas import UNWRITABLE
from api.services import Services
from bot.profile import FIELDS, check, label
from bot.wording import say
from knowledge.catalogue import Catalogue
from knowledge.errors import InvalidInput


async def correct(
    services: Services,
    session: AsyncSession,
    conversation: ConversationRow,
    changes: Mapping[str, JsonValue],
    told_as: str = "corrected",
) -> None:
    """A value replaces, null removes, in a `locked` conversation; `told_as` is the sentence that tells it.
    Raises InvalidInput, whose `field` says which, and changes nothing."""
    for name, value in changes.items():
        if name not in FIELDS or UNWRITABLE.search(str(value)):
            raise InvalidInput(field=name if name in FIELDS else None)
    checked = {name: check(name, value, services.catalogue) for name, value in changes.items() if value is not None}
    new = {name: value for name, value in checked.items() if conversation.profile.get(name) != value}
    gone = {name for name, value in changes.items() if value is None}
    conversation.profile = {name: value for name, value in (conversation.profile | new).items() if name not in gone}
    conversation.evidence = {name: seqs for name, seqs in conversation.evidence.items() if name not in gone}
    if new:
        words = TEXTS.get(told_as, facts=_facts(new, services.catalogue))
        told = await store.append(session, conversation, author="system", text=words, now=services.clock.now())
        conversation.evidence = conversation.evidence | {name: [told.seq] for name in new}


def _facts(values: Mapping[str, JsonValue], catalogue: Catalogue) -> str:
    return " ; ".join(
        say("summary.fact", name=say(f"profile.names.{name}"), value=label(name, value, catalogue))
        for name, value in values.items()
    )
