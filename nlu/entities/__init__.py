"""The facts of a message: one reader per family, together a spaCy pipeline."""

from knowledge.catalogue import Catalogue
from knowledge.search.embedding import Embedder
from knowledge.search.jobs import JobFinder
from nlu import pipeline
from nlu.entities.contact import find_contact
from nlu.entities.diplomas import DiplomaReader
from nlu.entities.found import resolve
from nlu.entities.jobs import JobReader
from nlu.entities.numbers import find_quantities
from nlu.entities.places import PlaceReader
from nlu.entities.sectors import find_sectors
from nlu.entities.situation import find_situation
from nlu.entities.text import Folded
from nlu.entities.topics import TopicReader
from nlu.understanding import Context, Entity


class EntityExtractor:
    """Finds the entities of the contract in a message, normalised, with spans in what the person wrote.

    Never raises, whatever the string; only its first 4,000 characters are read.
    """

    def __init__(self, catalogue: Catalogue, embedder: Embedder | None = None, finder: JobFinder | None = None) -> None:
        """`finder` saves building the table of job titles twice; `embedder` is kept for readers by meaning."""
        self._nlp = pipeline.build(
            {
                "contact": find_contact,
                "quantities": find_quantities,
                "diplomas": DiplomaReader(catalogue).find,
                "situation": find_situation,
                "jobs": JobReader(finder or JobFinder(catalogue.jobs)).find,
                "topics": TopicReader(catalogue.notices).find,
                "places": PlaceReader(catalogue).find,
                "sectors": find_sectors,
            }
        )

    def extract(self, text: str, context: Context) -> tuple[Entity, ...]:
        """The entities of `text`, in its order."""
        return resolve(pipeline.run(self._nlp, Folded.of(text), context))
