"""Cases given to the regional level."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the mark."""
    with op.batch_alter_table("cases") as cases:
        cases.add_column(sa.Column("regional", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    """Drop it."""
    with op.batch_alter_table("cases") as cases:
        cases.drop_column("regional")
