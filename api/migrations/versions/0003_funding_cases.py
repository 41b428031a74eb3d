"""Situations kept as test cases of the funding rules."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "funding_cases",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("story", sa.String(length=300), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("profile", sa.JSON(), nullable=False),
        sa.Column("training", sa.JSON(), nullable=False),
        sa.Column("expect", sa.JSON(), nullable=False),
        sa.Column("author", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["author"], ["accounts.id"], name=op.f("fk_funding_cases_author_accounts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_funding_cases")),
    )


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("funding_cases")
