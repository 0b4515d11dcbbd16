"""reconciling: while winners are sent to a shop its orders are looked at, whatever is the matter."""

from alembic import op

revision = "reconciling"
down_revision = "revivals"

LIVE = """EXISTS (
        SELECT FROM experience e
        WHERE e.connection_id = c.id AND e.organization_id = c.organization_id
          AND e.mode = c.mode AND e.archived_at IS NULL AND e.ended_at IS NULL
          AND e.published_at IS NOT NULL
    )"""
NOW = f"""
CREATE OR REPLACE VIEW connection_schedule AS
SELECT c.organization_id, c.mode, c.id, wanted.subject, wanted.minutes
FROM connection c, LATERAL (SELECT {LIVE} AS live) winners, LATERAL (
    SELECT 'orders' AS subject, least((c.schedule ->> 'orders')::int, 5) AS minutes
    WHERE winners.live AND c.state <> 'uninstalled'
    UNION ALL
    SELECT each.key, each.value::int FROM jsonb_each_text(c.schedule) each
    WHERE c.state = 'active' AND each.value IS NOT NULL
      AND NOT (winners.live AND each.key = 'orders')
) wanted
WHERE c.archived_at IS NULL
"""
BEFORE = f"""
CREATE OR REPLACE VIEW connection_schedule AS
SELECT c.organization_id, c.mode, c.id, wanted.key AS subject, wanted.value::int AS minutes
FROM connection c, LATERAL jsonb_each_text(
    CASE WHEN {LIVE} THEN '{{"orders": 5}}'::jsonb ELSE '{{}}' END || c.schedule
) wanted
WHERE c.archived_at IS NULL AND c.state = 'active' AND wanted.value IS NOT NULL
"""


def upgrade() -> None:
    """Apply."""
    op.execute(NOW)


def downgrade() -> None:
    """Take back."""
    op.execute(BEFORE)
