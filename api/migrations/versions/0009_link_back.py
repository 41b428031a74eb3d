"""Links back to a conversation, further keys of it, and whether the person wants mails."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables; nobody has touched the box yet."""
    op.add_column("conversations", sa.Column("mail_news", sa.Boolean(), nullable=True))
    for table, moment in (("return_links", "expires_at"), ("conversation_keys", "created_at")):
        op.create_table(
            table,
            sa.Column("token_hash", sa.String(length=64), nullable=False),
            sa.Column("conversation_id", sa.String(length=32), nullable=False),
            sa.Column(moment, sa.DateTime(timezone=True), nullable=False),
            sa.ForeignKeyConstraint(
                ["conversation_id"],
                ["conversations.id"],
                name=op.f(f"fk_{table}_conversation_id_conversations"),
                ondelete="CASCADE",
            ),
            sa.PrimaryKeyConstraint("token_hash", name=op.f(f"pk_{table}")),
        )
        op.create_index(op.f(f"ix_{table}_conversation_id"), table, ["conversation_id"])
    op.create_index(op.f("ix_return_links_expires_at"), "return_links", ["expires_at"])


def downgrade() -> None:
    """Drop what was created."""
    op.drop_table("conversation_keys")
    op.drop_table("return_links")
    op.drop_column("conversations", "mail_news")
