"""Accounts that can be ended, links to choose a password, sessions that can be listed."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what is missing. Sessions under way have no id to be listed by: everyone signs in again."""
    op.add_column("accounts", sa.Column("active", sa.Boolean(), nullable=False, server_default=sa.true()))
    op.execute("DELETE FROM counsellor_sessions")
    with op.batch_alter_table("counsellor_sessions") as table:
        table.add_column(sa.Column("id", sa.String(length=32), nullable=False))
        table.add_column(sa.Column("device", sa.String(length=60), nullable=False))
        table.add_column(sa.Column("created_at", sa.DateTime(timezone=True), nullable=False))
        table.create_unique_constraint(op.f("uq_counsellor_sessions_id"), ["id"])
    op.create_table(
        "account_links",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("account_id", sa.String(length=32), nullable=False),
        sa.Column("purpose", sa.String(length=10), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_account_links_account_id_accounts"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_account_links")),
    )
    op.create_index(op.f("ix_account_links_account_id"), "account_links", ["account_id"])


def downgrade() -> None:
    """Drop what was added."""
    op.drop_table("account_links")
    with op.batch_alter_table("counsellor_sessions") as table:
        table.drop_constraint(op.f("uq_counsellor_sessions_id"), type_="unique")
        for column in ("created_at", "device", "id"):
            table.drop_column(column)
    op.drop_column("accounts", "active")
