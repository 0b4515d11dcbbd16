"""identity: nothing yet."""

revision = "identity"
down_revision = "kinds"


def upgrade() -> None:
    """Apply."""


def downgrade() -> None:
    """Take back."""
