"""auctions: nothing yet."""

revision = "auctions"
down_revision = "draws"


def upgrade() -> None:
    """Apply."""


def downgrade() -> None:
    """Take back."""
