"""journeys: nothing yet."""

revision = "journeys"
down_revision = "identity"


def upgrade() -> None:
    """Apply."""


def downgrade() -> None:
    """Take back."""
