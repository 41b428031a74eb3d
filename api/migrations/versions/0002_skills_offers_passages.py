"""Skills, mobility, offers, official pages, agreements, and the long texts of certifications."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "agreements",
        sa.Column("idcc", sa.String(length=5), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("opco", sa.String(length=100), nullable=False),
        sa.PrimaryKeyConstraint("idcc", name=op.f("pk_agreements")),
    )
    op.create_table(
        "interests",
        sa.Column("code", sa.String(length=10), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("definition", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_interests")),
    )
    op.create_table(
        "offers",
        sa.Column("id", sa.String(length=120), nullable=False),
        sa.Column("catalogue", sa.String(length=200), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("provider", sa.Text(), nullable=False),
        sa.Column("certification", sa.String(length=20), nullable=True),
        sa.Column("rome", sa.JSON(), nullable=False),
        sa.Column("objectives", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("prerequisites", sa.Text(), nullable=False),
        sa.Column("level_in", sa.Integer(), nullable=True),
        sa.Column("level_out", sa.Integer(), nullable=True),
        sa.Column("modality", sa.JSON(), nullable=False),
        sa.Column("hours", sa.Integer(), nullable=True),
        sa.Column("price", sa.Numeric(precision=10, scale=2), nullable=True),
        sa.Column("cpf_eligible", sa.Boolean(), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("place", sa.JSON(), nullable=True),
        sa.Column("example", sa.Boolean(), nullable=False),
        sa.Column("source_title", sa.Text(), nullable=False),
        sa.Column("source_url", sa.Text(), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=False),
        sa.Column("facts_hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offers")),
    )
    with op.batch_alter_table("offers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_offers_catalogue"), ["catalogue"], unique=False)
        batch_op.create_index(batch_op.f("ix_offers_certification"), ["certification"], unique=False)

    op.create_table(
        "passages",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("page", sa.Text(), nullable=False),
        sa.Column("section", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passages")),
    )
    op.create_table(
        "skills",
        sa.Column("code", sa.String(length=80), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("origin", sa.String(length=10), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_skills")),
    )
    op.create_table(
        "offer_sessions",
        sa.Column("offer_id", sa.String(length=120), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("full", sa.Boolean(), nullable=True),
        sa.Column("sign_up_by", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["offer_id"], ["offers.id"], name=op.f("fk_offer_sessions_offer_id_offers"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("offer_id", "number", name=op.f("pk_offer_sessions")),
    )
    with op.batch_alter_table("certification_blocks", schema=None) as batch_op:
        batch_op.add_column(sa.Column("skills", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("assessment", sa.Text(), nullable=False, server_default=""))

    with op.batch_alter_table("certifications", schema=None) as batch_op:
        batch_op.add_column(sa.Column("starts_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("activities", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("abilities", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("sectors", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("occupations", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("partners", sa.JSON(), nullable=False, server_default="[]"))
        batch_op.add_column(sa.Column("agreements", sa.JSON(), nullable=False, server_default="[]"))

    with op.batch_alter_table("jobs", schema=None) as batch_op:
        batch_op.add_column(sa.Column("definition", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("key_skills", sa.JSON(), nullable=False, server_default="[]"))
        batch_op.add_column(sa.Column("other_skills", sa.JSON(), nullable=False, server_default="[]"))
        batch_op.add_column(sa.Column("near", sa.JSON(), nullable=False, server_default="[]"))
        batch_op.add_column(sa.Column("further", sa.JSON(), nullable=False, server_default="[]"))
        batch_op.add_column(sa.Column("riasec", sa.String(length=2), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("interests", sa.JSON(), nullable=False, server_default="[]"))
        batch_op.add_column(sa.Column("sectors", sa.JSON(), nullable=False, server_default="[]"))


def downgrade() -> None:
    """Undo."""
    with op.batch_alter_table("jobs", schema=None) as batch_op:
        batch_op.drop_column("sectors")
        batch_op.drop_column("interests")
        batch_op.drop_column("riasec")
        batch_op.drop_column("further")
        batch_op.drop_column("near")
        batch_op.drop_column("other_skills")
        batch_op.drop_column("key_skills")
        batch_op.drop_column("definition")

    with op.batch_alter_table("certifications", schema=None) as batch_op:
        batch_op.drop_column("agreements")
        batch_op.drop_column("partners")
        batch_op.drop_column("occupations")
        batch_op.drop_column("sectors")
        batch_op.drop_column("abilities")
        batch_op.drop_column("activities")
        batch_op.drop_column("starts_on")

    with op.batch_alter_table("certification_blocks", schema=None) as batch_op:
        batch_op.drop_column("assessment")
        batch_op.drop_column("skills")

    op.drop_table("offer_sessions")
    op.drop_table("skills")
    op.drop_table("passages")
    with op.batch_alter_table("offers", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_offers_certification"))
        batch_op.drop_index(batch_op.f("ix_offers_catalogue"))

    op.drop_table("offers")
    op.drop_table("interests")
    op.drop_table("agreements")
