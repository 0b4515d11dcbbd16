"""live_checkouts: a shop's orders are looked at while somebody may still pay there."""

import sqlalchemy as sa
from alembic import op

revision = "live_checkouts"
down_revision = "checkouts"

INDEXES = (
    ("ix_handoff_connection_id_checkout_until", "handoff", ["connection_id", "checkout_until"]),
    ("ix_experience_connection_id", "experience", ["connection_id"]),
    ("ix_distribution_experience_id", "distribution", ["experience_id"]),
    ("ix_sync_run_finished_at", "sync_run", ["finished_at"]),
)
OPEN = """e.published_at IS NOT NULL AND e.archived_at IS NULL AND e.ended_at IS NULL
          AND (e.close_at IS NULL OR e.close_at > now())"""
OFFERS = """EXISTS (
              SELECT FROM distribution d
              WHERE d.experience_id = e.id AND d.organization_id = e.organization_id
                AND d.mode = e.mode AND d.archived_at IS NULL
                AND d.kind <> 'waitlist' AND d.state <> 'ended'
                AND (d.close_at IS NULL OR d.close_at > now())
          )"""
HELD = """EXISTS (
              SELECT FROM distribution d JOIN line l ON l.distribution_id = d.id
              WHERE d.experience_id = e.id AND d.organization_id = e.organization_id
                AND d.mode = e.mode AND l.active > 0
          )"""
# By the last one, for which the index is asked whatever the planner thinks of the others.
SENT = """coalesce((
        SELECT max(h.checkout_until) FROM handoff h
        WHERE h.connection_id = c.id AND h.organization_id = c.organization_id
          AND h.mode = c.mode
    ) > now() - interval '1 day', false)"""
LIVE = f"""EXISTS (
        SELECT FROM experience e
        WHERE e.connection_id = c.id AND e.organization_id = c.organization_id
          AND e.mode = c.mode AND ({OPEN} AND {OFFERS} OR {HELD})
    ) OR {SENT}"""
LIVE_BEFORE = """EXISTS (
        SELECT FROM experience e
        WHERE e.connection_id = c.id AND e.organization_id = c.organization_id
          AND e.mode = c.mode AND e.archived_at IS NULL AND e.ended_at IS NULL
          AND e.published_at IS NOT NULL
    )"""
VIEW = """
CREATE OR REPLACE VIEW connection_schedule AS
SELECT c.organization_id, c.mode, c.id, wanted.subject, wanted.minutes
FROM connection c, LATERAL (SELECT {live} AS live OFFSET 0) winners, LATERAL (
    SELECT 'orders' AS subject, least((c.schedule ->> 'orders')::int, 5) AS minutes
    WHERE winners.live AND c.state <> 'uninstalled'
    UNION ALL
    SELECT each.key, each.value::int FROM jsonb_each_text(c.schedule) each
    WHERE c.state = 'active' AND each.value IS NOT NULL
      AND NOT (winners.live AND each.key = 'orders')
) wanted
WHERE c.archived_at IS NULL
"""


def upgrade() -> None:
    """Apply, also where an earlier attempt was broken off: an index may be left, of no use."""
    earliest = sa.Column("earliest_at", sa.DateTime(timezone=True))
    op.add_column("sync_run", earliest, if_not_exists=True)
    with op.get_context().autocommit_block():
        for name, table, columns in INDEXES:
            op.drop_index(name, table_name=table, if_exists=True, postgresql_concurrently=True)
            op.create_index(name, table, columns, postgresql_concurrently=True)
    op.execute(VIEW.format(live=LIVE))


def downgrade() -> None:
    """Take back."""
    op.execute(VIEW.format(live=LIVE_BEFORE))
    with op.get_context().autocommit_block():
        for name, table, _ in reversed(INDEXES):
            op.drop_index(name, table_name=table, if_exists=True, postgresql_concurrently=True)
    op.drop_column("sync_run", "earliest_at", if_exists=True)
