"""audit: what happened, by whom, sealed; written by triggers."""

from pathlib import Path

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "audit"
down_revision = "imports"

SQL = Path(__file__).parent.parent / "sql"
TIME = postgresql.TIMESTAMP(timezone=True)
NOW = sa.text("clock_timestamp()")
ORDINAL = sa.text("nextval('audit_log_ordinal_seq')")
WATCHED = (
    "participation",
    "organization",
    "api_key",
    "experience",
    "sequence",
    "distribution",
    "audience",
    "audience_member",
    "webhook_endpoint",
    "connection",
    "product",
    "variant",
    "consumer",
    "orders",
    "admission",
    "bid",
    "booking",
    "waitlist_entry",
    "sync_run",
    "import_run",
    "draw",
)
FUNCTIONS = (
    "audit_watch",
    "audit_note",
    "audit_moved",
    "audit_entered",
    "audit_rows",
    "audit_write",
    "audit_action",
    "audit_distribution_verb",
    "audit_verb",
    "audit_said",
    "audit_kind",
)


def upgrade() -> None:
    """Apply."""
    op.execute("CREATE SEQUENCE audit_log_ordinal_seq")
    _add_log()
    _add_segments()
    op.execute((SQL / "audit.sql").read_text())


def downgrade() -> None:
    """Take back."""
    for table in WATCHED:
        for verb in ("insert", "update", "delete"):
            op.execute(f"DROP TRIGGER IF EXISTS audit_{verb} ON {table}")
    for name in FUNCTIONS:
        op.execute(f"DROP FUNCTION {name}")
    op.execute("DROP FUNCTION audit_leaf")
    op.drop_table("audit_mark")
    op.drop_table("audit_segment")
    op.drop_table("audit_log")
    op.execute("DROP SEQUENCE audit_log_ordinal_seq")
    op.execute("DROP FUNCTION audit_refuse")


def _add_log() -> None:
    op.create_table(
        "audit_log",
        sa.Column("ordinal", sa.BigInteger(), server_default=ORDINAL, nullable=False),
        *_tenant(),
        sa.Column("at", TIME, server_default=NOW, nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("via", sa.Text(), nullable=True),
        sa.Column("request_id", sa.Text(), nullable=True),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Text(), nullable=False),
        sa.Column("experience_id", sa.Text(), nullable=True),
        sa.Column("before", postgresql.JSONB(), nullable=True),
        sa.Column("after", postgresql.JSONB(), nullable=True),
        sa.PrimaryKeyConstraint("ordinal", name=op.f("pk_audit_log")),
    )
    op.create_index(op.f("ix_audit_log_subject_id_ordinal"), "audit_log", ["subject_id", "ordinal"])
    op.create_index(
        op.f("ix_audit_log_experience_id_ordinal"), "audit_log", ["experience_id", "ordinal"]
    )
    # Entries have an experience, and are by consumers: a launch pays for two indexes.
    op.create_index(
        "ix_audit_log_actor",
        "audit_log",
        ["actor", "ordinal"],
        postgresql_where=sa.text("actor NOT LIKE 'cons\\_%'"),
    )
    op.create_index(
        "ix_audit_log_tenant",
        "audit_log",
        ["organization_id", "mode", "ordinal"],
        postgresql_where=sa.text("experience_id IS NULL"),
    )


def _add_segments() -> None:
    op.create_table(
        "audit_segment",
        *_tenant(),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("through", sa.BigInteger(), nullable=False),
        sa.Column("count", sa.BigInteger(), nullable=False),
        sa.Column("root", sa.LargeBinary(), nullable=False),
        sa.Column("previous", sa.LargeBinary(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("kid", sa.Text(), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.Column("sealed_at", TIME, nullable=False),
        sa.Column("ordinals", postgresql.ARRAY(sa.BigInteger()), nullable=False),
        sa.Column("leaves", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint(
            "organization_id", "mode", "number", name=op.f("pk_audit_segment")
        ),
    )
    op.create_table(
        "audit_mark",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sealed", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("marked", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("running", sa.Text(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_audit_mark")),
    )


def _tenant() -> list[sa.Column[str]]:
    return [
        sa.Column("organization_id", sa.Text(), nullable=False),
        sa.Column("mode", sa.Text(), nullable=False),
    ]
