"""imports: files of products and consumers, and whom kept letters and answers are about."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "imports"
down_revision = "hooks"

TIME = postgresql.TIMESTAMP(timezone=True)
JSON = postgresql.JSONB(none_as_null=True)
NOW = sa.text("clock_timestamp()")
OPEN = sa.text("finished_at IS NULL")


def upgrade() -> None:
    """Apply."""
    counts = ("page", "rows", "created", "updated", "failed", "attempts")
    op.create_table(
        "import_run",
        sa.Column("id", sa.Text(), nullable=False),
        *_tenant(),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("header", JSON, nullable=False),
        sa.Column("delimiter", sa.Text(), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        *(sa.Column(name, sa.BigInteger(), server_default="0", nullable=False) for name in counts),
        sa.Column("problem", sa.Text()),
        sa.Column("started_at", TIME, server_default=NOW, nullable=False),
        sa.Column("due_at", TIME, server_default=NOW, nullable=False),
        sa.Column("finished_at", TIME),
        sa.PrimaryKeyConstraint("id", name="pk_import_run"),
    )
    tenant = ["organization_id", "mode"]
    op.create_index("ix_import_run_open", "import_run", tenant, postgresql_where=OPEN)
    op.create_index("ix_import_run_due", "import_run", ["due_at"], postgresql_where=OPEN)
    op.create_index("ix_import_run_finished_at", "import_run", ["finished_at"])
    op.create_table(
        "import_page",
        *_of_run("import_page", "number"),
        *_tenant(),
        sa.Column("first_row", sa.BigInteger(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
    )
    op.create_table(
        "import_error",
        *_of_run("import_error", "place"),
        *_tenant(),
        sa.Column("row", sa.BigInteger(), nullable=False),
        sa.Column("column", sa.Text()),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("cells", JSON, nullable=False),
    )
    op.add_column("message", sa.Column("recipient", sa.LargeBinary()))
    op.add_column("idempotency_key", sa.Column("about", sa.Text()))
    op.create_index(
        "ix_idempotency_key_about",
        "idempotency_key",
        [*tenant, "about"],
        postgresql_where=sa.text("about IS NOT NULL"),
    )


def downgrade() -> None:
    """Take back."""
    op.drop_index("ix_idempotency_key_about", table_name="idempotency_key")
    op.drop_column("idempotency_key", "about")
    op.drop_column("message", "recipient")
    for table in ("import_error", "import_page", "import_run"):
        op.drop_table(table)


def _tenant() -> list[sa.Column]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in ("organization_id", "mode")]


def _of_run(table: str, key: str) -> list[Any]:
    return [
        sa.Column("run_id", sa.Text(), nullable=False),
        sa.Column(key, sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["run_id"], ["import_run.id"], name=f"fk_{table}_run_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("run_id", key, name=f"pk_{table}"),
    ]
