"""The week of a fact of use."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; of the facts there are, the week is not known."""
    op.add_column("insight_events", sa.Column("week", sa.Date(), nullable=True))


def downgrade() -> None:
    """Drop it."""
    op.drop_column("insight_events", "week")
