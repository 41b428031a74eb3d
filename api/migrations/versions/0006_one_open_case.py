"""One open case a conversation, held by the database."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_IS_OPEN = sa.text("status IN ('pending', 'claimed')")


def upgrade() -> None:
    """Add the index."""
    op.create_index(
        "uq_cases_open", "cases", ["conversation_id"], unique=True, sqlite_where=_IS_OPEN, postgresql_where=_IS_OPEN
    )


def downgrade() -> None:
    """Remove it."""
    op.drop_index("uq_cases_open", "cases")
