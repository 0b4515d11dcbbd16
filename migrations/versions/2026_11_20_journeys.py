"""journeys: gates of sequences, audiences, and whom a route has let through."""

from pathlib import Path

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "journeys"
down_revision = "identity"

SQL = Path(__file__).parent.parent / "sql"
TIME = postgresql.TIMESTAMP(timezone=True)


def upgrade() -> None:
    """Apply."""
    _add_audiences()
    _add_gates()
    _add_grants()
    op.execute((SQL / "enter_batch_journeys.sql").read_text())


def downgrade() -> None:
    """Take back."""
    op.execute((SQL / "enter_batch_kinds.sql").read_text())
    for table in ("spent_challenge", "visit", "routing_grant"):
        op.drop_table(table)
    op.drop_column("distribution", "gate_version")
    for column in (
        "gate_version",
        "bot_check",
        "require_authentication",
        "audience_id",
        "access_code",
    ):
        op.drop_column("sequence", column)
    for table in ("audience_member", "audience"):
        op.drop_table(table)


def _add_audiences() -> None:
    op.create_table(
        "audience",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("rules", postgresql.JSONB(), nullable=False),
        sa.Column("archived_at", TIME, nullable=True),
        *_tenant(),
        _now("created_at"),
        sa.Column("version", sa.BigInteger(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audience")),
    )
    op.create_index(
        op.f("ix_audience_organization_id_mode_id"), "audience", ["organization_id", "mode", "id"]
    )
    op.create_table(
        "audience_member",
        sa.Column("audience_id", sa.Text(), nullable=False),
        sa.Column("consumer_id", sa.Text(), nullable=False),
        _now("added_at"),
        *_tenant(),
        sa.ForeignKeyConstraint(
            ["audience_id"], ["audience.id"], name=op.f("fk_audience_member_audience_id")
        ),
        sa.PrimaryKeyConstraint("audience_id", "consumer_id", name=op.f("pk_audience_member")),
    )
    op.create_index(
        op.f("ix_audience_member_consumer_id"), "audience_member", ["consumer_id"]
    )


def _add_gates() -> None:
    op.add_column("sequence", sa.Column("access_code", sa.LargeBinary(), nullable=True))
    op.add_column("sequence", sa.Column("audience_id", sa.Text(), nullable=True))
    for name in ("require_authentication", "bot_check"):
        op.add_column(
            "sequence", sa.Column(name, sa.Boolean(), server_default="false", nullable=False)
        )
    for table in ("sequence", "distribution"):
        op.add_column(table, sa.Column("gate_version", sa.BigInteger(), nullable=True))
    op.create_foreign_key(
        op.f("fk_sequence_audience_id"), "sequence", "audience", ["audience_id"], ["id"]
    )
    op.create_index(op.f("ix_sequence_audience_id"), "sequence", ["audience_id"])


def _add_grants() -> None:
    op.create_table(
        "routing_grant",
        sa.Column("consumer_id", sa.Text(), nullable=False),
        sa.Column("sequence_id", sa.Text(), nullable=False),
        sa.Column("gate_version", sa.BigInteger(), nullable=False),
        _now("granted_at"),
        *_tenant(),
        sa.ForeignKeyConstraint(
            ["sequence_id"], ["sequence.id"], name=op.f("fk_routing_grant_sequence_id")
        ),
        sa.PrimaryKeyConstraint("consumer_id", "sequence_id", name=op.f("pk_routing_grant")),
    )
    op.create_table(
        "visit",
        sa.Column("consumer_id", sa.Text(), nullable=False),
        sa.Column("experience_id", sa.Text(), nullable=False),
        _now("entered_at"),
        *_tenant(),
        sa.ForeignKeyConstraint(
            ["experience_id"], ["experience.id"], name=op.f("fk_visit_experience_id")
        ),
        sa.PrimaryKeyConstraint("consumer_id", "experience_id", name=op.f("pk_visit")),
    )
    op.create_table(
        "spent_challenge",
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("expires_at", TIME, nullable=False),
        *_tenant(),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_spent_challenge")),
    )
    op.create_index(op.f("ix_spent_challenge_expires_at"), "spent_challenge", ["expires_at"])


def _tenant() -> tuple[sa.Column[str], sa.Column[str]]:
    return (
        sa.Column("organization_id", sa.Text(), nullable=False),
        sa.Column("mode", sa.Text(), nullable=False),
    )


def _now(name: str) -> sa.Column[object]:
    return sa.Column(name, TIME, server_default=sa.text("clock_timestamp()"), nullable=False)
