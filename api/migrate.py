"""The database's tables, brought to the current revision."""

from pathlib import Path

from alembic import command
from alembic.config import Config

from knowledge.database import sync_engine

MIGRATIONS = Path(__file__).parent / "migrations"


def upgrade(url: str, revision: str = "head") -> None:
    """Create or change the tables of `url` so that they are those of a revision, the current ones unless told
    otherwise; nothing is lost, nothing is done twice."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    engine = sync_engine(url)
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
    engine.dispose()
