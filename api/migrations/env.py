"""Alembic's environment: runs on the connection that `api.migrate` hands over."""

from alembic import context

import knowledge.models  # noqa: F401 - tables are known once their module is imported
from knowledge.database import Base

context.configure(
    connection=context.config.attributes["connection"], target_metadata=Base.metadata, render_as_batch=True
)
with context.begin_transaction():
    context.run_migrations()
