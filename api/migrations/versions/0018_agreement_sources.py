"""Agreements say where they come from. Those kept before did not: they are dropped, and come back by an import."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table anew."""
    op.drop_table("agreements")
    op.create_table(
        "agreements",
        sa.Column("id", sa.String(length=60), nullable=False),
        sa.Column("idcc", sa.String(length=5), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("opco", sa.String(length=100), nullable=False),
        sa.Column("source_title", sa.Text(), nullable=False),
        sa.Column("source_url", sa.Text(), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreements")),
    )


def downgrade() -> None:
    """Create it as it was."""
    op.drop_table("agreements")
    op.create_table(
        "agreements",
        sa.Column("idcc", sa.String(length=5), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("opco", sa.String(length=100), nullable=False),
        sa.PrimaryKeyConstraint("idcc", name=op.f("pk_agreements")),
    )
