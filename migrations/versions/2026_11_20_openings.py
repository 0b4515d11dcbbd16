"""openings: which experiences were told to have opened and closed."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "openings"
down_revision = "erasure"

TIME = postgresql.TIMESTAMP(timezone=True)


def upgrade() -> None:
    """Apply."""
    op.add_column("experience", sa.Column("opened_at", TIME, nullable=True))
    op.add_column("experience", sa.Column("closed_at", TIME, nullable=True))
    # What opened or closed before is no news.
    op.execute(
        "UPDATE experience SET opened_at = greatest(published_at, open_at)"
        " WHERE published_at IS NOT NULL AND coalesce(open_at <= now(), true)"
    )
    op.execute(
        "UPDATE experience SET closed_at = close_at"
        " WHERE opened_at IS NOT NULL AND ended_at IS NULL AND close_at <= now()"
    )
    op.create_index(
        "ix_experience_running",
        "experience",
        ["id"],
        postgresql_where=sa.text(
            "published_at IS NOT NULL AND ended_at IS NULL AND archived_at IS NULL"
        ),
    )


def downgrade() -> None:
    """Take back."""
    op.drop_index("ix_experience_running", table_name="experience")
    op.drop_column("experience", "closed_at")
    op.drop_column("experience", "opened_at")
