"""syncing: schedules of connections, conflicts, and what a walk through a shop has met."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "syncing"
down_revision = "openings"

SCHEDULE = """
CREATE VIEW connection_schedule AS
SELECT c.organization_id, c.mode, c.id, wanted.key AS subject, wanted.value::int AS minutes
FROM connection c, LATERAL jsonb_each_text(
    CASE WHEN EXISTS (
        SELECT FROM experience e
        WHERE e.connection_id = c.id AND e.organization_id = c.organization_id
          AND e.mode = c.mode AND e.archived_at IS NULL AND e.ended_at IS NULL
          AND e.published_at IS NOT NULL
    ) THEN '{"orders": 5}'::jsonb ELSE '{}' END || c.schedule
) wanted
WHERE c.archived_at IS NULL AND c.state = 'active' AND wanted.value IS NOT NULL
"""


def upgrade() -> None:
    """Apply."""
    op.add_column("connection", sa.Column("schedule", JSONB, nullable=False, server_default="{}"))
    op.add_column("sync_run", sa.Column("conflicts", JSONB, nullable=False, server_default="[]"))
    op.add_column("sync_run", sa.Column("gone", sa.Integer, nullable=False, server_default="0"))
    op.create_table(
        "sync_seen",
        sa.Column("organization_id", sa.Text, nullable=False),
        sa.Column("mode", sa.Text, nullable=False),
        sa.Column("run_id", sa.Text, nullable=False),
        sa.Column("external_id", sa.Text, nullable=False),
        sa.ForeignKeyConstraint(
            ["run_id"], ["sync_run.id"], name="fk_sync_seen_run_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("run_id", "external_id", name="pk_sync_seen"),
    )
    op.execute(SCHEDULE)


def downgrade() -> None:
    """Take back."""
    op.execute("DROP VIEW connection_schedule")
    op.drop_table("sync_seen")
    op.drop_column("sync_run", "gone")
    op.drop_column("sync_run", "conflicts")
    op.drop_column("connection", "schedule")
