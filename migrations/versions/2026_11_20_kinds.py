"""kinds: nothing yet."""

revision = "kinds"
down_revision = "0001"


def upgrade() -> None:
    """Apply."""


def downgrade() -> None:
    """Take back."""
