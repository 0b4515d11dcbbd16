"""erasure: events about consumers, found by whom they are about."""

import sqlalchemy as sa
from alembic import op

revision = "erasure"
down_revision = "audit"

NAME = "ix_outbox_event_consumer"


def upgrade() -> None:
    """Apply."""
    with op.get_context().autocommit_block():
        op.create_index(
            NAME,
            "outbox_event",
            ["subject_id"],
            postgresql_where=sa.text("type LIKE 'consumer.%'"),
            postgresql_concurrently=True,
        )


def downgrade() -> None:
    """Take back."""
    with op.get_context().autocommit_block():
        op.drop_index(NAME, table_name="outbox_event", postgresql_concurrently=True)
