"""releases: completed entries counted, bookings, waitlists."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "releases"
down_revision = "auctions"

TIME = postgresql.TIMESTAMP(timezone=True)
NOW = sa.text("clock_timestamp()")


def upgrade() -> None:
    """Apply."""
    _count_completed()
    _add_bookings()
    _add_waitlists()


def downgrade() -> None:
    """Take back."""
    op.drop_index("uq_distribution_waitlist", table_name="distribution")
    op.drop_table("waitlist_entry")
    op.drop_table("booking")
    op.drop_column("line", "completed")


def _count_completed() -> None:
    op.add_column(
        "line", sa.Column("completed", sa.BigInteger(), server_default="0", nullable=False)
    )
    op.execute(
        "UPDATE line SET completed = (SELECT count(*) FROM participation p"
        " WHERE p.distribution_id = line.distribution_id AND p.state = 'COMPLETED')"
    )


def _add_bookings() -> None:
    op.create_table(
        "booking",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("participation_id", sa.Text(), nullable=False),
        sa.Column("distribution_id", sa.Text(), nullable=False),
        sa.Column("slot_id", sa.Text(), nullable=False),
        sa.Column("starts_at", TIME, nullable=False),
        sa.Column("ends_at", TIME, nullable=False),
        sa.Column("location_id", sa.Text(), nullable=True),
        sa.Column("confirmation_code", sa.Text(), nullable=False),
        sa.Column("pending", sa.Boolean(), server_default="true", nullable=False),
        sa.Column("created_at", TIME, server_default=NOW, nullable=False),
        *_tenant(),
        _version(),
        sa.ForeignKeyConstraint(
            ["distribution_id"], ["distribution.id"], name=op.f("fk_booking_distribution_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_booking")),
        sa.UniqueConstraint("participation_id", name=op.f("uq_booking_participation_id")),
    )
    op.create_index(
        "uq_booking_code",
        "booking",
        ["organization_id", "mode", "confirmation_code"],
        unique=True,
    )
    op.create_index(
        op.f("ix_booking_distribution_id_starts_at"), "booking", ["distribution_id", "starts_at"]
    )
    op.create_index(
        "ix_booking_pending", "booking", ["starts_at"], postgresql_where=sa.text("pending")
    )


def _add_waitlists() -> None:
    op.create_table(
        "waitlist_entry",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("distribution_id", sa.Text(), nullable=False),
        sa.Column("experience_id", sa.Text(), nullable=False),
        sa.Column("sequence_id", sa.Text(), nullable=False),
        sa.Column("consumer_id", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("entered_at", TIME, server_default=NOW, nullable=False),
        sa.Column("notified_at", TIME, nullable=True),
        *_tenant(),
        _version(),
        sa.ForeignKeyConstraint(
            ["distribution_id"], ["distribution.id"], name=op.f("fk_waitlist_entry_distribution_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waitlist_entry")),
    )
    op.create_index(
        "uq_waitlist_entry_consumer",
        "waitlist_entry",
        ["distribution_id", "consumer_id"],
        unique=True,
    )
    op.create_index(
        "ix_waitlist_entry_waiting",
        "waitlist_entry",
        ["distribution_id", "entered_at"],
        postgresql_where=sa.text("state = 'waitlisted'"),
    )
    op.create_index(op.f("ix_waitlist_entry_consumer_id"), "waitlist_entry", ["consumer_id"])
    op.create_index(
        "uq_distribution_waitlist",
        "distribution",
        ["sequence_id"],
        unique=True,
        postgresql_where=sa.text("kind = 'waitlist' AND archived_at IS NULL"),
    )


def _tenant() -> list[sa.Column[str]]:
    return [
        sa.Column("organization_id", sa.Text(), nullable=False),
        sa.Column("mode", sa.Text(), nullable=False),
    ]


def _version() -> sa.Column[int]:
    return sa.Column("version", sa.BigInteger(), server_default="1", nullable=False)
