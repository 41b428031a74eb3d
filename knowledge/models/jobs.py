"""The tables of jobs."""

from sqlalchemy import JSON, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from knowledge.database import Base


class JobRow(Base):
    """A job of ROME 4.0. Lists hold codes, in the order of the record."""

    __tablename__ = "jobs"

    rome: Mapped[str] = mapped_column(String(5), primary_key=True)
    label: Mapped[str] = mapped_column(Text)
    domain: Mapped[str] = mapped_column(String(3))
    parent: Mapped[str] = mapped_column(String(5), index=True)
    origin: Mapped[str] = mapped_column(String(10))
    definition: Mapped[str] = mapped_column(Text, default="")
    key_skills: Mapped[list[str]] = mapped_column(JSON, default=list)
    other_skills: Mapped[list[str]] = mapped_column(JSON, default=list)
    near: Mapped[list[str]] = mapped_column(JSON, default=list)
    further: Mapped[list[str]] = mapped_column(JSON, default=list)
    riasec: Mapped[str] = mapped_column(String(2), default="")
    interests: Mapped[list[str]] = mapped_column(JSON, default=list)
    sectors: Mapped[list[str]] = mapped_column(JSON, default=list)


class JobTitleRow(Base):
    """A name by which people call a job."""

    __tablename__ = "job_titles"

    rome: Mapped[str] = mapped_column(ForeignKey("jobs.rome", ondelete="CASCADE"), primary_key=True)
    label: Mapped[str] = mapped_column(String(200), primary_key=True)
    colloquial: Mapped[bool] = mapped_column(default=False)


class SkillRow(Base):
    """Something that a job needs."""

    __tablename__ = "skills"

    code: Mapped[str] = mapped_column(String(80), primary_key=True)
    label: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(String(10))
    origin: Mapped[str] = mapped_column(String(10))


class InterestRow(Base):
    """A centre of interest of ROME."""

    __tablename__ = "interests"

    code: Mapped[str] = mapped_column(String(10), primary_key=True)
    label: Mapped[str] = mapped_column(Text)
    definition: Mapped[str] = mapped_column(Text)
