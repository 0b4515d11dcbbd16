"""hooks: what came of each attempt, the health of endpoints, what waits or failed by tenant."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "hooks"
down_revision = "insight"

TIME = postgresql.TIMESTAMP(timezone=True)
HEALTH = ("failing_since", "last_success_at", "last_failure_at")


def upgrade() -> None:
    """Apply."""
    op.add_column(
        "delivery",
        sa.Column(
            "log", postgresql.JSONB(), server_default=sa.text("'[]'::jsonb"), nullable=False
        ),
    )
    op.add_column(
        "webhook_endpoint",
        sa.Column("failures", sa.BigInteger(), server_default="0", nullable=False),
    )
    for name in HEALTH:
        op.add_column("webhook_endpoint", sa.Column(name, TIME, nullable=True))
    op.add_column(
        "sync_run", sa.Column("version", sa.BigInteger(), server_default="1", nullable=False)
    )
    with op.get_context().autocommit_block():
        _index("ix_delivery_endpoint_id_event_id", "delivery", ["endpoint_id", "event_id"])
        _index(
            "ix_delivery_open",
            "delivery",
            ["organization_id", "mode", "state", "event_id"],
            "state IN ('pending', 'failed')",
        )
        _index(
            "ix_inbox_notice_open",
            "inbox_notice",
            ["organization_id", "mode", "id"],
            "handled_at IS NULL OR problem IS NOT NULL",
        )
        op.drop_index(
            "ix_delivery_endpoint_id_id", table_name="delivery", postgresql_concurrently=True
        )


def downgrade() -> None:
    """Take back."""
    with op.get_context().autocommit_block():
        _index("ix_delivery_endpoint_id_id", "delivery", ["endpoint_id", "id"])
        for name, table in (
            ("ix_inbox_notice_open", "inbox_notice"),
            ("ix_delivery_open", "delivery"),
            ("ix_delivery_endpoint_id_event_id", "delivery"),
        ):
            op.drop_index(name, table_name=table, postgresql_concurrently=True)
    op.drop_column("sync_run", "version")
    for name in reversed(HEALTH):
        op.drop_column("webhook_endpoint", name)
    op.drop_column("webhook_endpoint", "failures")
    op.drop_column("delivery", "log")


def _index(name: str, table: str, columns: list[str], where: str | None = None) -> None:
    given = {} if where is None else {"postgresql_where": sa.text(where)}
    op.create_index(name, table, columns, postgresql_concurrently=True, **given)
