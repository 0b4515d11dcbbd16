"""insight: counts by the minute, and how far rows have been counted.

Expand step: the running release writes no facts; what it ends meanwhile is not counted.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "insight"
down_revision = "admin"

TIME = postgresql.TIMESTAMP(timezone=True)
NOW = sa.text("clock_timestamp()")
TURNS = "ix_admission_distribution_id_turn"
UNCOUNTED = "ix_orders_uncounted"
COUNTED = ("counted_amount", "counted_currency", "counted_refunded")


def upgrade() -> None:
    """Apply."""
    _add_counts()
    _add_marks()
    op.add_column("admission", sa.Column("checked_out_at", TIME, nullable=True))
    for name, kind in zip(COUNTED, (sa.Numeric(18, 4), sa.Text(), sa.Boolean()), strict=True):
        op.add_column("orders", sa.Column(name, kind, nullable=True))
    _remember_the_past()
    _add_indexes()


def downgrade() -> None:
    """Take back."""
    op.drop_index(UNCOUNTED, table_name="orders")
    op.drop_index(TURNS, table_name="admission")
    for name in COUNTED:
        op.drop_column("orders", name)
    op.drop_column("admission", "checked_out_at")
    for table in ("insight_block", "insight_mark", "insight_fact", "insight_count"):
        op.drop_table(table)


def _add_counts() -> None:
    op.create_table(
        "insight_count",
        *_tenant(),
        sa.Column("grain", sa.BigInteger(), nullable=False),
        sa.Column("measure", sa.Text(), nullable=False),
        sa.Column("start", TIME, nullable=False),
        sa.Column("subject_id", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("value", sa.Numeric(28, 4), nullable=False),
        sa.PrimaryKeyConstraint(
            "organization_id",
            "mode",
            "grain",
            "measure",
            "start",
            "subject_id",
            "label",
            name=op.f("pk_insight_count"),
        ),
        postgresql_with={"fillfactor": "70"},
    )
    op.create_index(
        "ix_insight_count_ever",
        "insight_count",
        ["measure", "subject_id"],
        postgresql_where=sa.text("grain = 0"),
    )
    op.create_table(
        "insight_fact",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("subject_id", sa.Text(), nullable=False),
        sa.Column("measure", sa.Text(), nullable=False),
        sa.Column("at", TIME, server_default=NOW, nullable=False),
        sa.Column("milliseconds", sa.BigInteger(), nullable=True),
        *_tenant(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_insight_fact")),
    )


def _add_marks() -> None:
    op.create_table(
        "insight_mark",
        sa.Column("distribution_id", sa.Text(), nullable=False),
        sa.Column("number", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("turn", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("version", sa.BigInteger(), server_default="-1", nullable=False),
        *_tenant(),
        sa.PrimaryKeyConstraint("distribution_id", name=op.f("pk_insight_mark")),
    )
    op.create_table(
        "insight_block",
        sa.Column("distribution_id", sa.Text(), nullable=False),
        sa.Column("block", sa.BigInteger(), nullable=False),
        sa.Column("admitted", sa.BigInteger(), nullable=False),
        *_tenant(),
        sa.PrimaryKeyConstraint("distribution_id", "block", name=op.f("pk_insight_block")),
    )


def _remember_the_past() -> None:
    # When somebody left the line, or was turned away in it, no row says: then it is when they came.
    op.execute("""
        INSERT INTO insight_fact (
            organization_id, mode, subject_id, measure, at, milliseconds
        )
        SELECT p.organization_id, p.mode, p.distribution_id,
            CASE
                WHEN p.state = 'DENIED' AND p.deny_reason = 'ADMISSION_EXPIRED' THEN 'expired'
                ELSE lower(p.state)
            END,
            coalesce(p.completed_at, a.ended_at, p.entered_at),
            extract(epoch FROM p.completed_at - p.admitted_at) * 1000
        FROM participation p LEFT JOIN admission a ON a.participation_id = p.id
        WHERE p.state IN ('COMPLETED', 'DENIED', 'LEFT')
    """)
    op.execute("""
        WITH opened AS (
            UPDATE admission a SET checked_out_at = o.at
            FROM (
                SELECT d.id, coalesce(min(h.opened_at), max(d.ended_at)) AS at
                FROM admission d LEFT JOIN handoff h ON h.admission_id = d.id
                WHERE h.opened_at IS NOT NULL OR d.state = 'COMPLETED'
                GROUP BY d.id
            ) o
            WHERE a.id = o.id
            RETURNING a.organization_id, a.mode, a.distribution_id, a.checked_out_at
        )
        INSERT INTO insight_fact (organization_id, mode, subject_id, measure, at)
        SELECT organization_id, mode, distribution_id, 'checked_out', checked_out_at FROM opened
    """)


def _add_indexes() -> None:
    with op.get_context().autocommit_block():
        # A build that was interrupted leaves an invalid index behind.
        op.drop_index(TURNS, "admission", if_exists=True, postgresql_concurrently=True)
        op.create_index(
            TURNS, "admission", ["distribution_id", "turn"], postgresql_concurrently=True
        )
        op.drop_index(UNCOUNTED, "orders", if_exists=True, postgresql_concurrently=True)
        op.create_index(
            UNCOUNTED,
            "orders",
            ["id"],
            postgresql_where=sa.text(
                "completion = 'completed' AND admission_id IS NOT NULL"
                " AND total_amount IS NOT NULL AND currency_code IS NOT NULL"
                " AND (counted_amount, counted_currency, counted_refunded) IS DISTINCT FROM"
                " (total_amount, currency_code, status IN ('cancelled', 'refunded'))"
            ),
            postgresql_concurrently=True,
        )


def _tenant() -> list[sa.Column[str]]:
    return [
        sa.Column("organization_id", sa.Text(), nullable=False),
        sa.Column("mode", sa.Text(), nullable=False),
    ]
