"""Dialogues written beforehand with what the person knows and wants, in the format of the end-to-end evaluation."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, Self

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from knowledge.errors import InvalidInput


class DialogueInvalid(InvalidInput):
    """The file is not a list of dialogues: `file`, `why`."""

    code = "dialogue_invalid"


class Saying(BaseModel):
    """What the person says of themselves. `now`: at once, whatever was just asked; `pick`: the choice they touch
    instead where one has such a label."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    text: str
    when: Literal["idle", "now"] = "idle"
    pick: str | None = None

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, given: Any) -> Any:
        return {"text": given} if isinstance(given, str) else given


class Dialogue(BaseModel):
    """One person: what they say in order, what they answer when asked for a field (`other`: yes or no to the rest),
    which choices they touch, and the facts expected at the end (`expect.profile`)."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: str
    says: list[Saying]
    hub: str | None = None
    knows: Mapping[str, str | list[str]] = {}
    picks: Sequence[str] = ()
    by_choice: bool = False
    max_turns: int = 14
    expect: Mapping[str, Any] = {}

    @classmethod
    def read(cls, file: Path) -> list[Self]:
        """The dialogues of a file. Raises DialogueInvalid."""
        try:
            return [cls.model_validate(entry) for entry in yaml.safe_load(file.read_text(encoding="utf-8"))]
        except (OSError, ValueError, TypeError, yaml.YAMLError, ValidationError) as error:
            raise DialogueInvalid(file=file, why=str(error).splitlines()[0]) from None
