"""What each sum of a message is: a price, money on an account, what an employer adds, a salary, one's own budget."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict

from bot.folding import fold
from bot.messages import Profile
from bot.profile import FIELDS
from bot.turn import Heard
from bot.wondering import asks

_PRICE_ASKED = frozenset({"ask_funding", "ask_eligibility", "ask_price"})
_WORDS_AROUND = 60


class _Words(BaseModel):
    """What stands before or after a sum of one kind; `field` is empty for a sum that is nobody's (a limit)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    field: str | None
    before: re.Pattern[str] | None = None
    after: re.Pattern[str] | None = None

    def fit(self, before: str, after: str) -> bool:
        """Whether the words around a sum tell this kind."""
        told_before = self.before is not None and self.before.search(before) is not None
        return told_before or (self.after is not None and self.after.search(after) is not None)


def amounts_of(heard: Heard, asked: str | None) -> Profile:
    """The facts that the sums of a message are; `asked` is the field that was asked for."""
    sums = sorted((entity for entity in heard.entities if entity.entity == "amount"), key=lambda one: one.start)
    facts: Profile = {}
    untold = []
    for entity, words in zip(sums, _told(heard, sums), strict=True):
        if words is None:
            untold.append(entity)
        elif words.field is not None:
            facts.setdefault(words.field, entity.value)
    if not untold:
        return facts
    if asked and FIELDS[asked].type == "eur" and asked not in facts:
        return facts | {asked: untold[0].value}
    accounts = [entity.start for entity in heard.entities if entity.entity == "topic" and entity.value == "cpf"]
    if accounts and "cpf_balance" not in facts:
        nearest = min(untold, key=lambda entity: min(abs(entity.start - start) for start in accounts))
        facts["cpf_balance"] = nearest.value
        untold.remove(nearest)
    if untold and (heard.intent in _PRICE_ASKED or asks("who_pays", heard.text)):
        facts.setdefault("training_cost", untold[0].value)
    return facts


def _told(heard: Heard, sums: list[Heard.Entity]) -> Iterator[_Words | None]:
    """For each sum, what the words between it and its neighbours tell of it; None where they tell nothing."""
    for position, entity in enumerate(sums):
        start = sums[position - 1].end if position else 0
        end = sums[position + 1].start if position + 1 < len(sums) else len(heard.text)
        before = fold(heard.text[max(start, entity.start - _WORDS_AROUND) : entity.start])
        after = fold(heard.text[entity.end : min(end, entity.end + _WORDS_AROUND)])
        yield next((words for words in _kinds().values() if words.fit(before, after)), None)


@cache
def _kinds() -> Mapping[str, _Words]:
    content = yaml.safe_load(Path(__file__).with_name("amounts.yml").read_text("utf-8"))
    return {name: _Words.model_validate(words) for name, words in content.items()}
