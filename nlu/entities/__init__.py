"""The facts of a message: one reader per family, together a spaCy pipeline."""

from collections.abc import Iterator

from knowledge.catalogue import Catalogue
from knowledge.search.embedding import Embedder
from knowledge.search.jobs import JobFinder
from nlu import pipeline
from nlu.entities.calendar import find_dates
from nlu.entities.contact import NameReader, find_contact
from nlu.entities.counts import find_ages, find_births, find_company_sizes
from nlu.entities.diplomas import DiplomaReader
from nlu.entities.durations import find_durations
from nlu.entities.found import resolve
from nlu.entities.handicaps import find_handicaps
from nlu.entities.jobs import JobReader
from nlu.entities.modalities import find_modalities
from nlu.entities.money import find_amounts
from nlu.entities.places import PlaceReader
from nlu.entities.relations import relate
from nlu.entities.sectors import find_sectors
from nlu.entities.situation import find_situation
from nlu.entities.text import Folded, known_words
from nlu.entities.topics import TopicReader
from nlu.understanding import Context, Entity


class EntityExtractor:
    """Finds the entities of the contract in a message, normalised, with spans in what the person wrote.

    Never raises, whatever the string; only its first 4,000 characters are read.
    """

    def __init__(self, catalogue: Catalogue, embedder: Embedder | None = None, finder: JobFinder | None = None) -> None:
        """`finder` saves building the table of job titles twice; `embedder` is kept for readers by meaning."""
        known = known_words(_vocabulary(catalogue))
        self._nlp = pipeline.build(
            {
                "contact": find_contact,
                "names": NameReader(known).find,
                "amounts": find_amounts,
                "durations": find_durations,
                "ages": find_ages,
                "births": find_births,
                "company_sizes": find_company_sizes,
                "dates": find_dates,
                "diplomas": DiplomaReader(catalogue).find,
                "situation": find_situation,
                "handicaps": find_handicaps,
                "jobs": JobReader(finder or JobFinder(catalogue.jobs, known), known).find,
                "topics": TopicReader(catalogue.notices, known).find,
                "modalities": find_modalities,
                "places": PlaceReader(catalogue, known).find,
                "sectors": find_sectors,
            }
        )

    def extract(self, text: str, context: Context) -> tuple[Entity, ...]:
        """The entities of `text`, in its order."""
        message = Folded.of(text, for_another=context.for_another)
        found = relate(message, resolve(pipeline.run(self._nlp, message, context)))
        return tuple(one.as_entity(message) for one in found)


def _vocabulary(catalogue: Catalogue) -> Iterator[str]:
    """Texts whose words are French words, well spelt."""
    for record in catalogue.certifications.values():
        if record.active:
            yield record.title
            yield record.summary
            yield from record.keywords
    for job in catalogue.jobs.values():
        yield from (title.label for title in job.titles)
    for notice in catalogue.notices.values():
        yield notice.text
        yield notice.simple
