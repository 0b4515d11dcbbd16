"""draws: nothing yet."""

revision = "draws"
down_revision = "journeys"


def upgrade() -> None:
    """Apply."""


def downgrade() -> None:
    """Take back."""
