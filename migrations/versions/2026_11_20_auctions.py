"""auctions: bids, where bidders stand, and when winners were chosen."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "auctions"
down_revision = "draws"

TIME = postgresql.TIMESTAMP(timezone=True)
NOW = sa.text("clock_timestamp()")
UNSETTLED = sa.text("kind = 'auction' AND settled_at IS NULL")


def upgrade() -> None:
    """Apply."""
    op.add_column("distribution", sa.Column("settled_at", TIME, nullable=True))
    op.create_index(
        "ix_distribution_unsettled", "distribution", ["close_at"], postgresql_where=UNSETTLED
    )
    _add_bidders()
    _add_bids()


def downgrade() -> None:
    """Take back."""
    op.drop_table("bid")
    op.drop_table("bidder")
    op.drop_index(
        "ix_distribution_unsettled", table_name="distribution", postgresql_where=UNSETTLED
    )
    op.drop_column("distribution", "settled_at")


def _add_bidders() -> None:
    op.create_table(
        "bidder",
        sa.Column("participation_id", sa.Text(), nullable=False),
        sa.Column("distribution_id", sa.Text(), nullable=False),
        sa.Column("amount", sa.Numeric(18, 4), nullable=False),
        sa.Column("ceiling", sa.Numeric(18, 4), nullable=False),
        sa.Column("ordinal", sa.BigInteger(), nullable=False),
        sa.Column("since", TIME, server_default=NOW, nullable=False),
        sa.Column("rank", sa.BigInteger(), nullable=True),
        sa.Column("winning_amount", sa.Numeric(18, 4), nullable=True),
        *_tenant(),
        sa.ForeignKeyConstraint(
            ["participation_id"], ["participation.id"], name=op.f("fk_bidder_participation_id")
        ),
        sa.PrimaryKeyConstraint("participation_id", name=op.f("pk_bidder")),
    )
    op.create_index(
        op.f("ix_bidder_distribution_id_amount"), "bidder", ["distribution_id", "amount"]
    )


def _add_bids() -> None:
    op.create_table(
        "bid",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("distribution_id", sa.Text(), nullable=False),
        sa.Column("participation_id", sa.Text(), nullable=False),
        sa.Column("ordinal", sa.BigInteger(), nullable=False),
        sa.Column("amount", sa.Numeric(18, 4), nullable=False),
        sa.Column("max_amount", sa.Numeric(18, 4), nullable=True),
        sa.Column("placed_at", TIME, server_default=NOW, nullable=False),
        *_tenant(),
        sa.ForeignKeyConstraint(
            ["participation_id"], ["participation.id"], name=op.f("fk_bid_participation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bid")),
    )
    op.create_index("uq_bid_ordinal", "bid", ["distribution_id", "ordinal"], unique=True)
    op.create_index(op.f("ix_bid_participation_id_ordinal"), "bid", ["participation_id", "ordinal"])


def _tenant() -> list[sa.Column[str]]:
    return [
        sa.Column("organization_id", sa.Text(), nullable=False),
        sa.Column("mode", sa.Text(), nullable=False),
    ]
