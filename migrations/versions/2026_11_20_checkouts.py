"""checkouts: which shop a handoff's checkout is in, and until when it is good there."""

import sqlalchemy as sa
from alembic import op

revision = "checkouts"
down_revision = "reconciling"


def upgrade() -> None:
    """Apply; a checkout that is open goes on."""
    op.add_column("handoff", sa.Column("connection_id", sa.Text()))
    op.add_column("handoff", sa.Column("checkout_until", sa.DateTime(timezone=True)))
    op.execute(
        """
        UPDATE handoff h SET connection_id = e.connection_id, checkout_until = a.expires_at
        FROM admission a
        JOIN distribution d ON d.id = a.distribution_id
        JOIN experience e ON e.id = d.experience_id
        WHERE a.id = h.admission_id AND h.checkout_url IS NOT NULL
          AND a.state = 'ADMITTED' AND a.expires_at > clock_timestamp()
        """
    )


def downgrade() -> None:
    """Take back."""
    op.drop_column("handoff", "checkout_until")
    op.drop_column("handoff", "connection_id")
