"""draws: what they commit themselves to, who was in at closing, whom they chose."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "draws"
down_revision = "journeys"

TIME = postgresql.TIMESTAMP(timezone=True)


def upgrade() -> None:
    """Apply."""
    _add_draws()
    _add_pages()
    _add_choices()


def downgrade() -> None:
    """Take back."""
    for table in ("draw_choice", "draw_page", "draw"):
        op.drop_table(table)


def _add_draws() -> None:
    op.create_table(
        "draw",
        sa.Column("distribution_id", sa.Text(), nullable=False),
        sa.Column("terms", sa.Text(), nullable=False),
        sa.Column("seed", sa.LargeBinary(), nullable=False),
        sa.Column("draw_at", TIME, nullable=False),
        sa.Column("beacon_round", sa.BigInteger(), nullable=True),
        sa.Column("run_at", TIME, nullable=True),
        sa.Column("frozen_at", TIME, nullable=True),
        sa.Column("entry_root", sa.LargeBinary(), nullable=True),
        sa.Column("entrant_count", sa.BigInteger(), nullable=True),
        sa.Column("chunks", sa.LargeBinary(), nullable=True),
        sa.Column("assurance", sa.Text(), nullable=True),
        sa.Column("beacon_asked_at", TIME, nullable=True),
        sa.Column("beacon_signature", sa.LargeBinary(), nullable=True),
        sa.Column("drawn_at", TIME, nullable=True),
        sa.Column("withdrawn", postgresql.JSONB(), nullable=True),
        sa.Column("announced_at", TIME, nullable=True),
        sa.Column("finished_at", TIME, nullable=True),
        *_tenant(),
        sa.ForeignKeyConstraint(
            ["distribution_id"], ["distribution.id"], name=op.f("fk_draw_distribution_id")
        ),
        sa.PrimaryKeyConstraint("distribution_id", name=op.f("pk_draw")),
    )
    op.create_index(
        "ix_draw_unfinished",
        "draw",
        ["distribution_id"],
        postgresql_where=sa.text("finished_at IS NULL"),
    )


def _add_pages() -> None:
    op.create_table(
        "draw_page",
        sa.Column("distribution_id", sa.Text(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("first_id", sa.Text(collation="C"), nullable=False),
        sa.Column("leaves", sa.Text(), nullable=False),
        *_tenant(),
        sa.ForeignKeyConstraint(
            ["distribution_id"], ["draw.distribution_id"], name=op.f("fk_draw_page_distribution_id")
        ),
        sa.PrimaryKeyConstraint("distribution_id", "number", name=op.f("pk_draw_page")),
    )
    op.create_index(
        op.f("ix_draw_page_distribution_id_first_id"), "draw_page", ["distribution_id", "first_id"]
    )


def _add_choices() -> None:
    op.create_table(
        "draw_choice",
        sa.Column("distribution_id", sa.Text(), nullable=False),
        sa.Column("rank", sa.BigInteger(), nullable=False),
        sa.Column("participation_id", sa.Text(), nullable=False),
        *_tenant(),
        sa.ForeignKeyConstraint(
            ["distribution_id"],
            ["draw.distribution_id"],
            name=op.f("fk_draw_choice_distribution_id"),
        ),
        sa.PrimaryKeyConstraint("distribution_id", "rank", name=op.f("pk_draw_choice")),
        sa.UniqueConstraint("participation_id", name=op.f("uq_draw_choice_participation_id")),
    )


def _tenant() -> tuple[sa.Column[str], sa.Column[str]]:
    return (
        sa.Column("organization_id", sa.Text(), nullable=False),
        sa.Column("mode", sa.Text(), nullable=False),
    )
