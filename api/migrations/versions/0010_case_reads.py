"""What each counsellor has read."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table of reading marks."""
    op.create_table(
        "case_reads",
        sa.Column("account_id", sa.String(length=32), nullable=False),
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("last_seq", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_case_reads_account_id_accounts"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_case_reads_case_id_cases"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("account_id", "case_id", name=op.f("pk_case_reads")),
    )
    op.create_index(op.f("ix_case_reads_case_id"), "case_reads", ["case_id"])


def downgrade() -> None:
    """Drop what was created."""
    op.drop_table("case_reads")
