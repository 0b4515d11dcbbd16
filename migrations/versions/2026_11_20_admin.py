"""admin: keys count their changes and know their successor, copied codes their first sequence."""

import sqlalchemy as sa
from alembic import op

revision = "admin"
down_revision = "lines"


def upgrade() -> None:
    """Apply."""
    op.add_column(
        "api_key", sa.Column("version", sa.BigInteger(), server_default="1", nullable=False)
    )
    op.add_column("api_key", sa.Column("replaced_by", sa.Text(), nullable=True))
    op.add_column("sequence", sa.Column("code_of", sa.Text(), nullable=True))


def downgrade() -> None:
    """Take back."""
    op.drop_column("sequence", "code_of")
    op.drop_column("api_key", "replaced_by")
    op.drop_column("api_key", "version")
