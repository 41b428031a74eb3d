"""Alembic's environment: runs on the connection that `api.migrate` hands over."""

from alembic import context

# Tables are known once their module is imported.
import api.accounts.models
import api.appointments.models
import api.cases.models
import api.conversations.models
import api.desk.models
import api.funding.models
import api.hubs.models
import api.insights.models
import api.learning.models
import api.notifications.models
import api.returning.models
import api.watch.models  # noqa: F401
import knowledge.models  # noqa: F401
from knowledge.database import Base

context.configure(
    connection=context.config.attributes["connection"], target_metadata=Base.metadata, render_as_batch=True
)
with context.begin_transaction():
    context.run_migrations()
