"""The watch as the page shows it."""

from typing import Literal

from pydantic import BaseModel


class WatchItem(BaseModel):
    """One thing to look at. `url` is where to look, None when there is no page."""

    text: str
    detail: str | None = None
    url: str | None = None


class WatchSection(BaseModel):
    """One kind of thing. `todo` says what to do; `empty` what it means that there is none; `left_off` how many more
    there are."""

    id: Literal["certifications", "funding", "offers", "links", "messages"]
    title: str
    todo: str
    empty: str
    items: list[WatchItem]
    left_off: int


class Watch(BaseModel):
    """All that the team should look at."""

    sections: list[WatchSection]
