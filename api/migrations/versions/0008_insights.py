"""Facts of use."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table. Without row numbers, SQLite keeps no order in which facts came."""
    op.create_table(
        "insight_events",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("conversation_id", sa.String(length=32), nullable=True),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("hub", sa.String(length=60), nullable=True),
        sa.Column("channel", sa.String(length=10), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("code", sa.String(length=120), nullable=False),
        sa.Column("detail", sa.String(length=20), nullable=True),
        sa.Column("department", sa.String(length=3), nullable=True),
        sa.Column("hour", sa.Integer(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name=op.f("fk_insight_events_conversation_id_conversations"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_insight_events")),
        sa.UniqueConstraint("conversation_id", "kind", "code", name=op.f("uq_insight_events_conversation_id")),
        sqlite_with_rowid=False,
    )
    for column in ("conversation_id", "month"):
        op.create_index(op.f(f"ix_insight_events_{column}"), "insight_events", [column])


def downgrade() -> None:
    """Drop what was created."""
    op.drop_table("insight_events")
