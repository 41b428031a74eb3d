"""Messages of the contract as whoever talks over HTTP reads them. Light: the terminal starts without the knowledge."""

from typing import Any

from pydantic import BaseModel, ConfigDict


class Choice(BaseModel):
    """A button: its id, and what it says."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: str
    label: str


class Message(BaseModel):
    """A message of the contract."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    seq: int
    author: str
    text: str
    kind: str
    payload: dict[str, Any] | None

    @property
    def choices(self) -> list[Choice]:
        """The buttons under it."""
        return [Choice.model_validate(choice) for choice in (self.payload or {}).get("choices", [])]

    @property
    def links(self) -> list[str]:
        """Where what it says was read. Title and date are in the text, which is complete by contract."""
        return [source["url"] for source in (self.payload or {}).get("sources", [])]
