"""What a route is made of."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from knowledge.records import Source
from knowledge.texts import Texts

TEXTS = Texts.load(Path(__file__).parents[1] / "texts" / "pathways.yml")

RouteId = Literal[
    "full",
    "blocks",
    "vae",
    "vae_partial",
    "apprenticeship",
    "professionnalisation",
    "work_based",
    "lower_level",
    "basics",
    "short",
    "business",
]
StepKind = Literal["check", "training", "vae", "work", "certification", "support"]


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do. `duration` and `cost` are None where no record gives them; `code` is a certification."""

    kind: StepKind
    title: str
    why: str = ""
    duration: str | None = None
    cost: float | None = None
    code: str | None = None


@dataclass(frozen=True, slots=True)
class Pathway:
    """A way from here to there. `why` speaks of the person; `changes` says what would change the advice."""

    id: RouteId
    title: str
    steps: tuple[Step, ...]
    why: tuple[str, ...]
    prerequisites: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class Pathways:
    """The ways found for an aim (said in French), the one that fits best first."""

    aim: str
    items: tuple[Pathway, ...]

    @property
    def sources(self) -> tuple[Source, ...]:
        """Those of all ways, each once."""
        return tuple(dict.fromkeys(source for item in self.items for source in item.sources))

    def text(self) -> str:
        """A complete answer in French, without any drawing."""
        if not self.items:
            return TEXTS.get("text.none")
        lines = [TEXTS.get("text.intro", aim=self.aim) if self.aim else TEXTS.get("text.intro_without_aim")]
        for number, item in enumerate(self.items, 1):
            lines.append(TEXTS.get("text.line", number=number, title=item.title))
            lines += [f"   {item.why[0]}"] if item.why else []
            lines += [f"   - {step.title}" for step in item.steps]
        lines += [
            TEXTS.get("text.source", title=source.title, day=source.checked_on.strftime("%d/%m/%Y"))
            for source in self.sources
        ]
        return "\n".join(lines)
