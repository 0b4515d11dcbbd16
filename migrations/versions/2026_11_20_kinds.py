"""kinds: what became of an entry where its kind has a word for it."""

from pathlib import Path

import sqlalchemy as sa
from alembic import op

revision = "kinds"
down_revision = "0001"

SQL = Path(__file__).parent.parent / "sql"


def upgrade() -> None:
    """Apply."""
    op.add_column("participation", sa.Column("outcome", sa.Text(), nullable=True))
    op.execute((SQL / "enter_batch_kinds.sql").read_text())


def downgrade() -> None:
    """Take back."""
    before = (SQL / "enter_batch.sql").read_text()
    op.execute(before.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION", 1))
    op.drop_column("participation", "outcome")
