"""conflicts: what a sync has merged is progress of its run, as its failures are."""

from alembic import op

revision = "conflicts"
down_revision = "counting"

IGNORED = "since,cursor,pages,records,created,updated,failed,total,failures,attempts,due_at"


def upgrade() -> None:
    """Apply."""
    _watch(f"{IGNORED},conflicts,gone")


def downgrade() -> None:
    """Take back."""
    _watch(IGNORED)


def _watch(ignored: str) -> None:
    for event in ("insert", "update", "delete"):
        op.execute(f"DROP TRIGGER audit_{event} ON sync_run")
    op.execute(f"SELECT audit_watch('sync_run', 'sync', 'id', 'problem', '{ignored}')")
