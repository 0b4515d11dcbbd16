"""revivals: when a shop took back that it had cancelled an order."""

import sqlalchemy as sa
from alembic import op

revision = "revivals"
down_revision = "conflicts"


def upgrade() -> None:
    """Apply."""
    op.add_column("orders", sa.Column("revived_at", sa.DateTime(timezone=True)))


def downgrade() -> None:
    """Take back."""
    op.drop_column("orders", "revived_at")
