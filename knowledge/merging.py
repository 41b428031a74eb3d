"""Laying an official record over the starter record of the same code: its facts win, what it leaves out is kept."""

from dataclasses import replace

from knowledge.records import Certification, Commune, Job, JobTitle


def merge_certifications(starter: Certification, official: Certification) -> Certification:
    """Official title, type, level, state, jobs, blocks and source; the project's own summary, keywords and acronyms."""
    return replace(
        official,
        type=official.type or starter.type,
        level=official.level if official.level is not None else starter.level,
        rome=_precise_first(starter.rome, official.rome),
        replaced_by=tuple(dict.fromkeys(official.replaced_by + starter.replaced_by)),
        acronyms=tuple(dict.fromkeys(starter.acronyms + official.acronyms)),
        summary=starter.summary,
        keywords=starter.keywords,
        certifiers=official.certifiers or starter.certifiers,
        access=official.access or starter.access,
        objectives=official.objectives or starter.objectives,
        ends_on=official.ends_on or starter.ends_on,
    )


def merge_jobs(starter: Job, official: Job) -> Job:
    """Official label, parent and titles; then the starter's titles that are not among them."""
    known = {title.label.casefold() for title in official.titles}
    added = tuple(title for title in _once(starter.titles) if title.label.casefold() not in known)
    return replace(official, titles=official.titles + added)


def merge_communes(starter: Commune, official: Commune) -> Commune:
    """Official facts; coordinates and postcodes from the starter where the official file has none."""
    if official.latitude is None:
        official = replace(official, latitude=starter.latitude, longitude=starter.longitude)
    return replace(official, postcodes=official.postcodes or starter.postcodes)


def _precise_first(starter: tuple[str, ...], official: tuple[str, ...]) -> tuple[str, ...]:
    """Official jobs; first those that the starter names too, as one older code stands for several jobs."""
    if not official:
        return starter
    return tuple(sorted(official, key=lambda rome: rome not in starter))


def _once(titles: tuple[JobTitle, ...]) -> tuple[JobTitle, ...]:
    return tuple({title.label.casefold(): title for title in reversed(titles)}.values())[::-1]
