"""lines: lobbies, who was passed over, longer admissions."""

from pathlib import Path

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "lines"
down_revision = "releases"

SQL = Path(__file__).parent.parent / "sql"
TIME = postgresql.TIMESTAMP(timezone=True)
RANDOM = sa.text("uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())")


def upgrade() -> None:
    """Apply."""
    op.add_column("line", sa.Column("lobby", sa.BigInteger(), nullable=True))
    op.add_column(
        "line", sa.Column("seed", sa.LargeBinary(), server_default=RANDOM, nullable=False)
    )
    op.execute("UPDATE line SET lobby = 0 WHERE entered > 0")
    op.add_column("participation", sa.Column("passed_at", TIME, nullable=True))
    op.add_column("participation", sa.Column("returned_at", TIME, nullable=True))
    op.create_index(
        "ix_participation_passed",
        "participation",
        ["distribution_id", "passed_at"],
        postgresql_where=sa.text("state = 'QUEUED' AND passed_at IS NOT NULL"),
    )
    op.add_column("admission", sa.Column("extended_at", TIME, nullable=True))
    op.execute((SQL / "enter_batch_lines.sql").read_text())


def downgrade() -> None:
    """Take back."""
    op.execute((SQL / "enter_batch_journeys.sql").read_text())
    op.drop_column("admission", "extended_at")
    op.drop_index("ix_participation_passed", table_name="participation")
    op.drop_column("participation", "returned_at")
    op.drop_column("participation", "passed_at")
    op.drop_column("line", "seed")
    op.drop_column("line", "lobby")
