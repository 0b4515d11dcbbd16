"""lines: nothing yet."""

revision = "lines"
down_revision = "releases"


def upgrade() -> None:
    """Apply."""


def downgrade() -> None:
    """Take back."""
