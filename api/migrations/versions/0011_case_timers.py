"""Since when a case waits, when its holder was last active, whether the person was told that it takes long."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns. What is open by now waits, or is held, since it was opened."""
    with op.batch_alter_table("cases") as cases:
        for name in ("waiting_since", "active_at", "long_wait_told_at"):
            cases.add_column(sa.Column(name, sa.DateTime(timezone=True), nullable=True))
    op.execute("UPDATE cases SET waiting_since = opened_at, active_at = claimed_at")
    with op.batch_alter_table("cases") as cases:
        cases.alter_column("waiting_since", nullable=False, existing_type=sa.DateTime(timezone=True))


def downgrade() -> None:
    """Drop them."""
    with op.batch_alter_table("cases") as cases:
        for name in ("waiting_since", "active_at", "long_wait_told_at"):
            cases.drop_column(name)
