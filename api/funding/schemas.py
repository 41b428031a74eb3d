"""What `POST /api/funding/plan` takes."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from knowledge.funding import Training

Euros = Annotated[Decimal, Field(ge=0, le=1_000_000, decimal_places=2)]
Count = Annotated[int, Field(ge=0, le=100_000)]


class TrainingItem(BaseModel):
    """The training, as far as it is known."""

    model_config = ConfigDict(extra="forbid")

    kind: Literal["rncp", "rs", "clea", "bilan", "vae", "licence_b", "business_creation", "other"] | None = None
    certification: Annotated[str, Field(max_length=40)] | None = None
    cost: Euros | None = None
    hours: Count | None = None
    months: Count | None = None
    full_time: bool | None = None
    on_working_time: bool | None = None
    start_date: date | None = None
    level: Annotated[int, Field(ge=0, le=8)] | None = None
    distance_km: Count | None = None
    hours_per_week: Count | None = None
    internal: bool | None = None

    def record(self) -> Training:
        """As the rules see it."""
        return Training(**self.model_dump())


class PlanRequest(BaseModel):
    """`profile` holds fields of the profile of the contract; `on` is today when it is not given."""

    model_config = ConfigDict(extra="forbid")

    profile: dict[str, JsonValue] = Field(default_factory=dict, max_length=80)
    training: TrainingItem = Field(default_factory=TrainingItem)
    on: date | None = None
