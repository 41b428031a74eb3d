"""Where a person stands against a job: the skills it needs, those they hold, and what covers the gaps."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from knowledge.catalogue import Catalogue
from knowledge.records import Block, Certification, Job, Skill
from knowledge.search.lexical import analyse
from knowledge.texts import Texts

TEXTS = Texts.load(Path(__file__).parent / "texts" / "positioning.yml")

Advice = Literal["vae", "partial", "full", "unknown"]
# Marks of ours, which a counsellor may overrule: no text of law sets them.
COVERAGE_FOR_VAE, COVERAGE_FOR_PARTIAL = 0.7, 0.4

_SHARED_STEMS, _SAME_WORDS = 0.5, 0.75
_MOST_BLOCKS = 5


@dataclass(frozen=True, slots=True)
class HeldSkill:
    """A skill of the job aimed at, and how it is held: said by the person, implied by the present job, or not."""

    skill: Skill
    how: Literal["declared", "implied", "missing"]


@dataclass(frozen=True, slots=True)
class CoveringBlock:
    """A block of a certification, and the missing skills that it covers."""

    certification: Certification
    block: Block
    skills: tuple[Skill, ...]


@dataclass(frozen=True, slots=True)
class Positioning:
    """`coverage`: share of the skills held, 0 to 1; `blocks`: what covers the gaps, the widest first."""

    job: str
    skills: tuple[HeldSkill, ...]
    coverage: float
    blocks: tuple[CoveringBlock, ...]
    advice: Advice

    @property
    def gaps(self) -> tuple[Skill, ...]:
        """The skills that are missing."""
        return tuple(held.skill for held in self.skills if held.how == "missing")

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why this advice, in French."""
        if self.advice == "unknown":
            return (TEXTS.get("advice.unknown"),)
        held = len(self.skills) - len(self.gaps)
        return (
            TEXTS.get(f"advice.{self.advice}"),
            TEXTS.get("reason", held=held, needed=len(self.skills), job=self.job),
            TEXTS.get("rule", vae=round(COVERAGE_FOR_VAE * 100), partial=round(COVERAGE_FOR_PARTIAL * 100)),
        )


def position(
    target_job: str,
    catalogue: Catalogue,
    *,
    current_job: str | None = None,
    held: Iterable[str] = (),
    certifications: Sequence[Certification] = (),
) -> Positioning:
    """Compare the key skills of a job with those declared (`held`, codes of skills) or implied by the present job.

    `certifications`: those whose blocks may cover the gaps, the fittest first. Raises KeyError for an unknown job.
    """
    job = catalogue.jobs[target_job]
    here = catalogue.jobs.get(current_job or "")
    declared, present = set(held), _Present(here, catalogue)
    needed = (catalogue.skills[code] for code in job.key_skills if code in catalogue.skills)
    skills = tuple(
        HeldSkill(skill, "declared" if skill.code in declared else "implied" if present.implies(skill) else "missing")
        for skill in needed
    )
    missing = tuple(one.skill for one in skills if one.how == "missing")
    coverage = 1 - len(missing) / len(skills) if skills else 0.0
    return Positioning(job.label, skills, coverage, _covering(missing, certifications), _advice(skills, coverage))


class _Present:
    """What the present job implies: its skills, and those that are said in nearly the same words."""

    def __init__(self, job: Job | None, catalogue: Catalogue) -> None:
        codes = (*job.key_skills, *job.other_skills) if job else ()
        self._codes = frozenset(codes)
        self._stems = [set(analyse(catalogue.skills[code].label)) for code in codes if code in catalogue.skills]

    def implies(self, skill: Skill) -> bool:
        """Whether who does this job has the skill."""
        needs = set(analyse(skill.label))
        return skill.code in self._codes or any(
            len(needs & stems) >= _SAME_WORDS * max(len(needs), 2) for stems in self._stems
        )


def _advice(skills: Sequence[HeldSkill], coverage: float) -> Advice:
    if not skills:
        return "unknown"
    if coverage >= COVERAGE_FOR_VAE:
        return "vae"
    return "partial" if coverage >= COVERAGE_FOR_PARTIAL else "full"


def _covering(missing: Sequence[Skill], certifications: Sequence[Certification]) -> tuple[CoveringBlock, ...]:
    """Blocks of the first certification that has some which speak of the missing skills."""
    wanted = [(skill, set(analyse(skill.label))) for skill in missing]
    for certification in certifications:
        found = []
        for block in certification.blocks:
            stems = set(analyse(f"{block.label} {block.skills}"))
            covered = tuple(skill for skill, needs in wanted if _speaks_of(stems, needs))
            if covered:
                found.append(CoveringBlock(certification, block, covered))
        if found:
            return tuple(sorted(found, key=lambda one: -len(one.skills))[:_MOST_BLOCKS])
    return ()


def _speaks_of(stems: set[str], needs: set[str]) -> bool:
    return bool(needs) and len(needs & stems) >= _SHARED_STEMS * len(needs)
