"""The official sources, as `sources.yml` names them."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, model_validator

DATASETS = "https://www.data.gouv.fr/api/1/datasets/"


class OfficialSource(BaseModel):
    """One file: either a resource of a data set (`dataset`, `title`) or a fixed `url`; kept under the name `file`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    file: str
    stale_days: int
    dataset: str | None = None
    title: str | None = None
    url: str | None = None

    @model_validator(mode="after")
    def _one_address(self) -> "OfficialSource":
        if (self.url is None) == (self.dataset is None or self.title is None):
            raise ValueError("url, or dataset and title")
        return self


@cache
def official_sources() -> Mapping[str, OfficialSource]:
    """Each source by its name."""
    entries = yaml.safe_load(Path(__file__).with_name("sources.yml").read_text("utf-8"))
    return {name: OfficialSource.model_validate(entry) for name, entry in entries.items()}
