"""From the ROME codes that records give to the jobs of ROME 4.0."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from knowledge.records import Job

_JOB_CODE = re.compile(r"[A-N]\d{2}(?!00)\d{2}")


def jobs_by_parent(jobs: Iterable[Job]) -> Mapping[str, tuple[str, ...]]:
    """By ROME code, older or not, the ROME 4.0 jobs that it stands for: the job of the same code first, then by code."""
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for job in jobs:
        for code in dict.fromkeys((job.rome, job.parent)):
            groups[code].append(job.rome)
    return {code: tuple(sorted(romes, key=lambda rome: (rome != code, rome))) for code, romes in groups.items()}


def to_rome_4(codes: Iterable[str], bridge: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The jobs of ROME 4.0 that older `codes` stand for, each once.

    A job code that no known job has or had is kept as it is; codes of whole domains (`K21`, `M1400`) name no job and go.
    """
    found: dict[str, None] = {}
    for code in codes:
        known = bridge.get(code) or ((code,) if _JOB_CODE.fullmatch(code) else ())
        found.update(dict.fromkeys(known))
    return tuple(found)
