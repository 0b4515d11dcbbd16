"""releases: nothing yet."""

revision = "releases"
down_revision = "auctions"


def upgrade() -> None:
    """Apply."""


def downgrade() -> None:
    """Take back."""
