"""Records of the hubs, and who is on line."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table of versions; add when a desk was last open."""
    op.create_table(
        "hub_versions",
        sa.Column("hub", sa.String(length=60), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("by", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("hub", "number", name=op.f("pk_hub_versions")),
    )
    op.add_column("counsellor_sessions", sa.Column("present_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """Drop what was created."""
    op.drop_table("hub_versions")
    op.drop_column("counsellor_sessions", "present_at")
