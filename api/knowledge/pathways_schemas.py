"""Routes and positioning as the contract shows them."""

from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from api.knowledge.schemas import SourceItem
from knowledge.pathways import Pathway, Pathways
from knowledge.positioning import Positioning

Rome = Annotated[str, Field(pattern=r"^[A-N]\d{4}$")]


class PathwayRequest(BaseModel):
    """What `POST /api/pathways` asks. `profile` holds fields of the profile of the contract."""

    model_config = ConfigDict(extra="forbid")

    profile: dict[str, JsonValue] = Field(default_factory=dict, max_length=80)
    target_job: Rome | None = None
    certification: Annotated[str, Field(pattern=r"^(RNCP|RS)\d{1,6}$")] | None = None


class StepItem(BaseModel):
    """A step of a route."""

    kind: str
    title: str
    duration: str | None
    cost: float | None
    why: str
    code: str | None


class PathwayItem(BaseModel):
    """A route."""

    id: str
    title: str
    steps: list[StepItem]
    why: list[str]
    prerequisites: list[str]
    changes: list[str]

    @classmethod
    def of(cls, pathway: Pathway) -> Self:
        """A route as JSON."""
        steps = (
            StepItem(
                kind=step.kind,
                title=step.title,
                duration=step.duration,
                cost=step.cost,
                why=step.why,
                code=step.code,
            )
            for step in pathway.steps
        )
        return cls(
            id=pathway.id,
            title=pathway.title,
            steps=list(steps),
            why=list(pathway.why),
            prerequisites=list(pathway.prerequisites),
            changes=list(pathway.changes),
        )


class PathwaysReply(BaseModel):
    """The reply of `POST /api/pathways`. `text` alone is a complete answer."""

    items: list[PathwayItem]
    sources: list[SourceItem]
    text: str

    @classmethod
    def of(cls, found: Pathways) -> Self:
        """Routes as JSON."""
        sources = (SourceItem(title=s.title, url=s.url, checked_on=s.checked_on) for s in found.sources)
        return cls(items=[PathwayItem.of(item) for item in found.items], sources=list(sources), text=found.text())


class PositioningRequest(BaseModel):
    """What `POST /api/positioning` asks. `held`: codes of skills that the person says they have."""

    model_config = ConfigDict(extra="forbid")

    target_job: Rome
    current_job: Rome | None = None
    held: list[Annotated[str, Field(max_length=80)]] = Field(default_factory=list, max_length=200)


class SkillItem(BaseModel):
    """A skill of the job, and how it is held."""

    code: str
    label: str
    held: Literal["declared", "implied", "missing"]


class CoveringItem(BaseModel):
    """A block that covers missing skills."""

    certification: str
    title: str
    block: str
    label: str
    skills: list[str]


class PositioningReply(BaseModel):
    """The reply of `POST /api/positioning`. `coverage` is between 0 and 1."""

    job: str
    skills: list[SkillItem]
    coverage: float
    blocks: list[CoveringItem]
    advice: Literal["vae", "partial", "full", "unknown"]
    reasons: list[str]

    @classmethod
    def of(cls, found: Positioning) -> Self:
        """A positioning as JSON."""
        skills = (SkillItem(code=one.skill.code, label=one.skill.label, held=one.how) for one in found.skills)
        blocks = (
            CoveringItem(
                certification=one.certification.code,
                title=one.certification.title,
                block=one.block.code,
                label=one.block.label,
                skills=[skill.label for skill in one.skills],
            )
            for one in found.blocks
        )
        return cls(
            job=found.job,
            skills=list(skills),
            coverage=round(found.coverage, 3),
            blocks=list(blocks),
            advice=found.advice,
            reasons=list(found.reasons),
        )
