"""The knowledge of one installation, opened: the records in memory and the search over them."""

from sqlalchemy.exc import OperationalError, ProgrammingError

from api.settings import Settings
from knowledge.catalogue import Catalogue
from knowledge.database import sync_engine
from knowledge.errors import Unavailable
from knowledge.search.embedding import load_embedder
from knowledge.search.engine import SearchEngine
from knowledge.search.vector_cache import Progress


class NotPrepared(Unavailable):
    """The database holds no tables yet."""

    code = "not_prepared"


def open_knowledge(settings: Settings, progress: Progress | None = None) -> tuple[Catalogue, SearchEngine]:
    """Read the database and index it; texts that are new are embedded (`progress` is told), the others come from disk.

    Raises NotPrepared when the tables are not there.
    """
    engine = sync_engine(settings.database)
    try:
        catalogue = Catalogue.load(engine)
    except (OperationalError, ProgrammingError) as error:
        raise NotPrepared from error
    finally:
        engine.dispose()
    embedder = load_embedder(settings.embedding_model)
    return catalogue, SearchEngine.open(catalogue, embedder, settings.data_dir / "search", progress)
