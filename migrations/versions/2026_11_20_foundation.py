"""the foundation: every table, and the two functions that commit in groups."""

from pathlib import Path

from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None

SQL = Path(__file__).parent.parent / "sql"


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "api_key",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("hint", sa.Text(), nullable=False),
        sa.Column("scopes", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("allowed_origins", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("expires_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("revoked_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("last_used_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("changed_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("organization_id", sa.Text(), nullable=False),
        sa.Column("mode", sa.Text(), nullable=False),
        sa.Column(
            "created_at",
            postgresql.TIMESTAMP(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_key")),
        sa.UniqueConstraint("hash", name=op.f("uq_api_key_hash")),
    )
    op.create_index(op.f("ix_api_key_changed_at"), "api_key", ["changed_at"], unique=False)
    op.create_index(
        op.f("ix_api_key_organization_id_mode_id"),
        "api_key",
        ["organization_id", "mode", "id"],
        unique=False,
    )
    op.create_table(
        "connection",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("platform", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("settings", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("credentials", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("state_message", sa.Text(), nullable=True),
        sa.Column("archived_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("organization_id", sa.Text(), nullable=False),
        sa.Column("mode", sa.Text(), nullable=False),
        sa.Column(
            "created_at",
            postgresql.TIMESTAMP(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.Column("version", sa.BigInteger(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_connection")),
    )
    op.create_index(
        op.f("ix_connection_organization_id_mode_id"),
        "connection",
        ["organization_id", "mode", "id"],
        unique=False,
    )
    op.create_table(
        "consumer",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("full_name", sa.Text(), nullable=True),
        sa.Column("external_id", sa.Text(), nullable=True),
        sa.Column("sync_source", sa.Text(), nullable=True),
        sa.Column(
            "metadata", postgresql.JSONB(astext_type=sa.Text()), server_default="{}", nullable=False
        ),
        sa.Column(
            "updated_at",
            postgresql.TIMESTAMP(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.Column("erased_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("organization_id", sa.Text(), nullable=False),
        sa.Column("mode", sa.Text(), nullable=False),
        sa.Column(
            "created_at",
            postgresql.TIMESTAMP(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.Column("version", sa.BigInteger(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consumer")),
    )
    op.create_index(
        op.f("ix_consumer_organization_id_mode_updated_at_id"),
        "consumer",
        ["organization_id", "mode", "updated_at", "id"],
        unique=False,
    )
    op.create_index(
        "uq_consumer_email",
        "consumer",
        ["organization_id", "mode", sa.literal_column("lower(email)")],
        unique=True,
        postgresql_where=sa.text("email IS NOT NULL"),
    )
    op.create_index(
        "uq_consumer_external_id",
        "consumer",
        ["organization_id", "mode", "sync_source", "external_id"],
        unique=True,
        postgresql_where=sa.text("external_id IS NOT NULL"),
        postgresql_nulls_not_distinct=True,
    )
    op.create_table(
        "idempotency_key",
        sa.Column("organization_id", sa.Text(), nullable=False),
        sa.Column("mode", sa.Text(), nullable=False),
        sa.Column("route", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("body_hash", sa.LargeBinary(), nullable=False),
        sa.Column("status", sa.BigInteger(), nullable=True),
        sa.Column("answer", sa.LargeBinary(), nullable=True),
        sa.Column("claimed_until", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column(
            "created_at",
            postgresql.TIMESTAMP(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint(
            "organization_id", "mode", "route", "key", name=op.f("pk_idempotency_key")
        ),
    )
    op.create_index(
        op.f("ix_idempotency_key_created_at"), "idempotency_key", ["created_at"], unique=False
    )
    op.create_table(
        "inbox_notice",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("payload", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column(
            "received_at",
            postgresql.TIMESTAMP(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.Column(
            "due_at",
            postgresql.TIMESTAMP(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.Column("handled_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("attempts", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("problem", sa.Text(), nullable=True),
        sa.Column("organization_id", sa.Text(), nullable=False),
        sa.Column("mode", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inbox_notice")),
    )
    op.create_index(
        "ix_inbox_notice_due",
        "inbox_notice",
        ["due_at"],
        unique=False,
        postgresql_where=sa.text("handled_at IS NULL"),
    )
    op.create_index(
        "uq_inbox_notice_ref",
        "inbox_notice",
        ["organization_id", "mode", "source", "ref"],
        unique=True,
    )
    op.create_table(
        "orders",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("external_order_id", sa.Text(), nullable=False),
        sa.Column("connection_id", sa.Text(), nullable=True),
        sa.Column("consumer_id", sa.Text(), nullable=True),
        sa.Column("distribution_id", sa.Text(), nullable=True),
        sa.Column("admission_id", sa.Text(), nullable=True),
        sa.Column("handle", sa.Text(), nullable=True),
        sa.Column("total_amount", sa.Numeric(precision=18, scale=4), nullable=True),
        sa.Column("currency_code", sa.Text(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("line_items", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("completion", sa.Text(), nullable=False),
        sa.Column("completion_reason", sa.Text(), nullable=True),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column(
            "updated_at",
            postgresql.TIMESTAMP(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.Column("organization_id", sa.Text(), nullable=False),
        sa.Column("mode", sa.Text(), nullable=False),
        sa.Column(
            "created_at",
            postgresql.TIMESTAMP(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.Column("version", sa.BigInteger(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_orders")),
    )
    op.create_index(
        op.f("ix_orders_organization_id_mode_consumer_id_id"),
        "orders",
        ["organization_id", "mode", "consumer_id", "id"],
        unique=False,
    )
    op.create_index(
        "uq_orders_admission",
        "orders",
        ["admission_id"],
        unique=True,
        postgresql_where=sa.text("completion = 'completed' AND admission_id IS NOT NULL"),
    )
    op.create_index(
        "uq_orders_external_order_id",
        "orders",
        ["organization_id", "mode", "external_order_id"],
        unique=True,
    )
    op.create_table(
        "organization",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("time_zone", sa.Text(), nullable=False),
        sa.Column("country_code", sa.Text(), nullable=True),
        sa.Column("language_code", sa.Text(), nullable=False),
        sa.Column("currency_code", sa.Text(), nullable=False),
        sa.Column("logo_url", sa.Text(), nullable=True),
        sa.Column("checkout_url", sa.Text(), nullable=True),
        sa.Column("theme", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column(
            "allowed_redirect_hosts", postgresql.JSONB(astext_type=sa.Text()), nullable=False
        ),
        sa.Column("limits", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column(
            "changed_at",
            postgresql.TIMESTAMP(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.Column(
            "created_at",
            postgresql.TIMESTAMP(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.Column("version", sa.BigInteger(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organization")),
        sa.UniqueConstraint("slug", name=op.f("uq_organization_slug")),
    )
    op.create_table(
        "outbox_event",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Text(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.Column("data", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column(
            "created_at",
            postgresql.TIMESTAMP(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.Column("organization_id", sa.Text(), nullable=False),
        sa.Column("mode", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox_event")),
    )
    op.create_table(
        "participation",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("distribution_id", sa.Text(), nullable=False),
        sa.Column("experience_id", sa.Text(), nullable=False),
        sa.Column("sequence_id", sa.Text(), nullable=False),
        sa.Column("consumer_id", sa.Text(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("deny_reason", sa.Text(), nullable=True),
        sa.Column("current", sa.Boolean(), server_default="true", nullable=False),
        sa.Column("fingerprint", sa.LargeBinary(), nullable=True),
        sa.Column(
            "entered_at",
            postgresql.TIMESTAMP(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.Column("admitted_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("completed_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("version", sa.BigInteger(), server_default="1", nullable=False),
        sa.Column("organization_id", sa.Text(), nullable=False),
        sa.Column("mode", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_participation")),
    )
    op.create_index(
        op.f("ix_participation_consumer_id_distribution_id_number"),
        "participation",
        ["consumer_id", "distribution_id", "number"],
        unique=False,
    )
    op.create_index(
        "ix_participation_fingerprint",
        "participation",
        ["distribution_id", "fingerprint"],
        unique=False,
        postgresql_where=sa.text("state IN ('QUEUED', 'ADMITTED') AND fingerprint IS NOT NULL"),
    )
    op.create_index(
        "ix_participation_waiting",
        "participation",
        ["distribution_id", "number"],
        unique=False,
        postgresql_where=sa.text("state = 'QUEUED'"),
    )
    op.create_index(
        "uq_participation_current",
        "participation",
        ["distribution_id", "consumer_id"],
        unique=True,
        postgresql_where=sa.text("current"),
    )
    op.create_index(
        "uq_participation_number", "participation", ["distribution_id", "number"], unique=True
    )
    op.create_table(
        "product",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("price", sa.Numeric(precision=18, scale=4), nullable=False),
        sa.Column("currency_code", sa.Text(), nullable=False),
        sa.Column("sku", sa.Text(), nullable=False),
        sa.Column("inventory", sa.BigInteger(), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("image_url", sa.Text(), nullable=True),
        sa.Column("external_id", sa.Text(), nullable=True),
        sa.Column("sync_source", sa.Text(), nullable=True),
        sa.Column(
            "updated_at",
            postgresql.TIMESTAMP(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.Column("archived_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("organization_id", sa.Text(), nullable=False),
        sa.Column("mode", sa.Text(), nullable=False),
        sa.Column(
            "created_at",
            postgresql.TIMESTAMP(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.Column("version", sa.BigInteger(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_product")),
    )
    op.create_index(
        op.f("ix_product_organization_id_mode_updated_at_id"),
        "product",
        ["organization_id", "mode", "updated_at", "id"],
        unique=False,
    )
    op.create_index(
        "uq_product_external_id",
        "product",
        ["organization_id", "mode", "sync_source", "external_id"],
        unique=True,
        postgresql_where=sa.text("archived_at IS NULL AND external_id IS NOT NULL"),
        postgresql_nulls_not_distinct=True,
    )
    op.create_index(
        "uq_product_sku",
        "product",
        ["organization_id", "mode", "sku"],
        unique=True,
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.create_table(
        "signing_key",
        sa.Column("kid", sa.Text(), nullable=False),
        sa.Column("private_key", sa.LargeBinary(), nullable=False),
        sa.Column("retired_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column(
            "created_at",
            postgresql.TIMESTAMP(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("kid", name=op.f("pk_signing_key")),
    )
    op.create_table(
        "webhook_endpoint",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("events", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("secret", sa.LargeBinary(), nullable=False),
        sa.Column("previous_secret", sa.LargeBinary(), nullable=True),
        sa.Column("previous_until", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("enabled", sa.Boolean(), nullable=False),
        sa.Column("disabled_reason", sa.Text(), nullable=True),
        sa.Column("archived_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("organization_id", sa.Text(), nullable=False),
        sa.Column("mode", sa.Text(), nullable=False),
        sa.Column(
            "created_at",
            postgresql.TIMESTAMP(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.Column("version", sa.BigInteger(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webhook_endpoint")),
    )
    op.create_index(
        op.f("ix_webhook_endpoint_organization_id_mode_id"),
        "webhook_endpoint",
        ["organization_id", "mode", "id"],
        unique=False,
    )
    op.create_table(
        "delivery",
        sa.Column(
            "id",
            sa.Text(),
            server_default=sa.text("'dlv_' || upper(replace(gen_random_uuid()::text, '-', ''))"),
            nullable=False,
        ),
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("endpoint_id", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), server_default="pending", nullable=False),
        sa.Column("attempts", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column(
            "due_at",
            postgresql.TIMESTAMP(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.Column("claimed_until", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("delivered_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("last_status", sa.BigInteger(), nullable=True),
        sa.Column("last_problem", sa.Text(), nullable=True),
        sa.Column("organization_id", sa.Text(), nullable=False),
        sa.Column("mode", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["endpoint_id"], ["webhook_endpoint.id"], name=op.f("fk_delivery_endpoint_id")
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["outbox_event.id"], name=op.f("fk_delivery_event_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery")),
    )
    op.create_index(
        "ix_delivery_due",
        "delivery",
        ["endpoint_id", "due_at"],
        unique=False,
        postgresql_where=sa.text("state = 'pending'"),
    )
    op.create_index(
        op.f("ix_delivery_endpoint_id_id"), "delivery", ["endpoint_id", "id"], unique=False
    )
    op.create_index("uq_delivery_event", "delivery", ["event_id", "endpoint_id"], unique=True)
    op.create_table(
        "experience",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=True),
        sa.Column("open_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("close_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("time_zone", sa.Text(), nullable=False),
        sa.Column("currency_code", sa.Text(), nullable=False),
        sa.Column("checkout_url", sa.Text(), nullable=True),
        sa.Column("connection_id", sa.Text(), nullable=True),
        sa.Column("product_id", sa.Text(), nullable=True),
        sa.Column("theme", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("i18n", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("notice", sa.Text(), nullable=True),
        sa.Column("expected_audience", sa.BigInteger(), nullable=True),
        sa.Column("published_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("ended_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("archived_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("organization_id", sa.Text(), nullable=False),
        sa.Column("mode", sa.Text(), nullable=False),
        sa.Column(
            "created_at",
            postgresql.TIMESTAMP(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.Column("version", sa.BigInteger(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(
            ["connection_id"], ["connection.id"], name=op.f("fk_experience_connection_id")
        ),
        sa.ForeignKeyConstraint(
            ["product_id"], ["product.id"], name=op.f("fk_experience_product_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_experience")),
    )
    op.create_index(
        op.f("ix_experience_organization_id_mode_id"),
        "experience",
        ["organization_id", "mode", "id"],
        unique=False,
    )
    op.create_table(
        "session",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("consumer_id", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("expires_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("revoked_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("organization_id", sa.Text(), nullable=False),
        sa.Column("mode", sa.Text(), nullable=False),
        sa.Column(
            "created_at",
            postgresql.TIMESTAMP(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["consumer_id"], ["consumer.id"], name=op.f("fk_session_consumer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session")),
    )
    op.create_index(
        op.f("ix_session_organization_id_mode_consumer_id"),
        "session",
        ["organization_id", "mode", "consumer_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_session_revoked_at"),
        "session",
        ["revoked_at"],
        unique=False,
        postgresql_where=sa.text("revoked_at IS NOT NULL"),
    )
    op.create_table(
        "sync_run",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("connection_id", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("since", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("cursor", sa.Text(), nullable=True),
        sa.Column("pages", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("records", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("created", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("updated", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("failed", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=True),
        sa.Column("failures", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("problem", sa.Text(), nullable=True),
        sa.Column("attempts", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column(
            "started_at",
            postgresql.TIMESTAMP(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.Column(
            "due_at",
            postgresql.TIMESTAMP(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.Column("finished_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("organization_id", sa.Text(), nullable=False),
        sa.Column("mode", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["connection_id"], ["connection.id"], name=op.f("fk_sync_run_connection_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sync_run")),
    )
    op.create_index(
        op.f("ix_sync_run_connection_id_id"), "sync_run", ["connection_id", "id"], unique=False
    )
    op.create_index(
        "ix_sync_run_due",
        "sync_run",
        ["due_at"],
        unique=False,
        postgresql_where=sa.text("finished_at IS NULL"),
    )
    op.create_index(
        "uq_sync_run_open",
        "sync_run",
        ["connection_id", "subject"],
        unique=True,
        postgresql_where=sa.text("finished_at IS NULL"),
    )
    op.create_table(
        "variant",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("product_id", sa.Text(), nullable=False),
        sa.Column("place", sa.BigInteger(), nullable=False),
        sa.Column("sku", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("price", sa.Numeric(precision=18, scale=4), nullable=True),
        sa.Column("inventory", sa.BigInteger(), nullable=True),
        sa.Column("external_id", sa.Text(), nullable=True),
        sa.Column("organization_id", sa.Text(), nullable=False),
        sa.Column("mode", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name=op.f("fk_variant_product_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_variant")),
    )
    op.create_index(
        op.f("ix_variant_product_id_place"), "variant", ["product_id", "place"], unique=False
    )
    op.create_table(
        "refresh_token",
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("session_id", sa.Text(), nullable=False),
        sa.Column("expires_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("rotated_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("organization_id", sa.Text(), nullable=False),
        sa.Column("mode", sa.Text(), nullable=False),
        sa.Column(
            "created_at",
            postgresql.TIMESTAMP(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["session.id"], name=op.f("fk_refresh_token_session_id")
        ),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_refresh_token")),
    )
    op.create_index(
        op.f("ix_refresh_token_session_id"), "refresh_token", ["session_id"], unique=False
    )
    op.create_table(
        "sequence",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("experience_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("priority", sa.BigInteger(), nullable=False),
        sa.Column("color", sa.Text(), nullable=True),
        sa.Column("archived_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("organization_id", sa.Text(), nullable=False),
        sa.Column("mode", sa.Text(), nullable=False),
        sa.Column(
            "created_at",
            postgresql.TIMESTAMP(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.Column("version", sa.BigInteger(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(
            ["experience_id"], ["experience.id"], name=op.f("fk_sequence_experience_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sequence")),
    )
    op.create_index(
        op.f("ix_sequence_experience_id_priority"),
        "sequence",
        ["experience_id", "priority"],
        unique=False,
    )
    op.create_table(
        "distribution",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("experience_id", sa.Text(), nullable=False),
        sa.Column("sequence_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("open_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("close_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("time_zone", sa.Text(), nullable=False),
        sa.Column("max_capacity", sa.BigInteger(), nullable=True),
        sa.Column("admission_expiration_seconds", sa.BigInteger(), nullable=False),
        sa.Column("product_id", sa.Text(), nullable=True),
        sa.Column("variant_id", sa.Text(), nullable=True),
        sa.Column("inventory_bound", sa.Boolean(), nullable=False),
        sa.Column("stock", sa.BigInteger(), nullable=True),
        sa.Column("units_per_admission", sa.BigInteger(), nullable=False),
        sa.Column("fingerprint_policy", sa.Text(), nullable=False),
        sa.Column("fingerprint_at_validation", sa.Boolean(), nullable=False),
        sa.Column("max_entries_per_fingerprint", sa.BigInteger(), nullable=False),
        sa.Column("extendable", sa.Boolean(), nullable=False),
        sa.Column("restock_on_cancel", sa.Boolean(), nullable=False),
        sa.Column("notice", sa.Text(), nullable=True),
        sa.Column("metadata", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("rules", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("changed_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("archived_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("organization_id", sa.Text(), nullable=False),
        sa.Column("mode", sa.Text(), nullable=False),
        sa.Column(
            "created_at",
            postgresql.TIMESTAMP(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.Column("version", sa.BigInteger(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(
            ["experience_id"], ["experience.id"], name=op.f("fk_distribution_experience_id")
        ),
        sa.ForeignKeyConstraint(
            ["product_id"], ["product.id"], name=op.f("fk_distribution_product_id")
        ),
        sa.ForeignKeyConstraint(
            ["sequence_id"], ["sequence.id"], name=op.f("fk_distribution_sequence_id")
        ),
        sa.ForeignKeyConstraint(
            ["variant_id"], ["variant.id"], name=op.f("fk_distribution_variant_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_distribution")),
    )
    op.create_index(
        op.f("ix_distribution_changed_at"), "distribution", ["changed_at"], unique=False
    )
    op.create_index(
        op.f("ix_distribution_organization_id_mode_kind_id"),
        "distribution",
        ["organization_id", "mode", "kind", "id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_distribution_sequence_id"), "distribution", ["sequence_id"], unique=False
    )
    op.create_table(
        "admission",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("participation_id", sa.Text(), nullable=False),
        sa.Column("distribution_id", sa.Text(), nullable=False),
        sa.Column("consumer_id", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("kid", sa.Text(), nullable=False),
        sa.Column("units", sa.BigInteger(), nullable=False),
        sa.Column("turn", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("in_turn", sa.Boolean(), nullable=False),
        sa.Column("issued_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("expires_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("ended_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("organization_id", sa.Text(), nullable=False),
        sa.Column("mode", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["distribution_id"], ["distribution.id"], name=op.f("fk_admission_distribution_id")
        ),
        sa.ForeignKeyConstraint(
            ["participation_id"], ["participation.id"], name=op.f("fk_admission_participation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_admission")),
        sa.UniqueConstraint("participation_id", name=op.f("uq_admission_participation_id")),
    )
    op.create_index(
        op.f("ix_admission_distribution_id_consumer_id"),
        "admission",
        ["distribution_id", "consumer_id"],
        unique=False,
    )
    op.create_index(
        "ix_admission_expiry",
        "admission",
        ["expires_at"],
        unique=False,
        postgresql_where=sa.text("state = 'ADMITTED'"),
    )
    op.create_table(
        "line",
        sa.Column("distribution_id", sa.Text(), nullable=False),
        sa.Column("entered", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("waiting", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("active", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("held", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("sold", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("serving", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("carry", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("paced_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("version", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("organization_id", sa.Text(), nullable=False),
        sa.Column("mode", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["distribution_id"], ["distribution.id"], name=op.f("fk_line_distribution_id")
        ),
        sa.PrimaryKeyConstraint("distribution_id", name=op.f("pk_line")),
        postgresql_with={"fillfactor": "20"},
    )
    op.create_table(
        "handoff",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("admission_id", sa.Text(), nullable=False),
        sa.Column("pattern", sa.Text(), nullable=False),
        sa.Column("return_url", sa.Text(), nullable=True),
        sa.Column("variant_id", sa.Text(), nullable=True),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("handle", sa.Text(), nullable=False),
        sa.Column("expires_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("opened_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("browser", sa.LargeBinary(), nullable=True),
        sa.Column("claimed_until", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("checkout_url", sa.LargeBinary(), nullable=True),
        sa.Column("external_ref", sa.Text(), nullable=True),
        sa.Column("organization_id", sa.Text(), nullable=False),
        sa.Column("mode", sa.Text(), nullable=False),
        sa.Column(
            "created_at",
            postgresql.TIMESTAMP(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["admission_id"], ["admission.id"], name=op.f("fk_handoff_admission_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handoff")),
    )
    op.create_index(op.f("ix_handoff_admission_id"), "handoff", ["admission_id"], unique=False)
    op.create_index(
        op.f("ix_handoff_organization_id_mode_external_ref"),
        "handoff",
        ["organization_id", "mode", "external_ref"],
        unique=False,
    )
    op.create_index(
        "uq_handoff_handle", "handoff", ["organization_id", "mode", "handle"], unique=True
    )
    for name in ("enter_batch", "make_guests"):
        op.execute((SQL / f"{name}.sql").read_text())


def downgrade() -> None:
    """Take back."""
    op.execute("DROP FUNCTION make_guests")
    op.execute("DROP FUNCTION enter_batch")
    op.drop_index("uq_handoff_handle", table_name="handoff")
    op.drop_index(op.f("ix_handoff_organization_id_mode_external_ref"), table_name="handoff")
    op.drop_index(op.f("ix_handoff_admission_id"), table_name="handoff")
    op.drop_table("handoff")
    op.drop_table("line")
    op.drop_index(
        "ix_admission_expiry",
        table_name="admission",
        postgresql_where=sa.text("state = 'ADMITTED'"),
    )
    op.drop_index(op.f("ix_admission_distribution_id_consumer_id"), table_name="admission")
    op.drop_table("admission")
    op.drop_index(op.f("ix_distribution_sequence_id"), table_name="distribution")
    op.drop_index(op.f("ix_distribution_organization_id_mode_kind_id"), table_name="distribution")
    op.drop_index(op.f("ix_distribution_changed_at"), table_name="distribution")
    op.drop_table("distribution")
    op.drop_index(op.f("ix_sequence_experience_id_priority"), table_name="sequence")
    op.drop_table("sequence")
    op.drop_index(op.f("ix_refresh_token_session_id"), table_name="refresh_token")
    op.drop_table("refresh_token")
    op.drop_index(op.f("ix_variant_product_id_place"), table_name="variant")
    op.drop_table("variant")
    op.drop_index(
        "uq_sync_run_open", table_name="sync_run", postgresql_where=sa.text("finished_at IS NULL")
    )
    op.drop_index(
        "ix_sync_run_due", table_name="sync_run", postgresql_where=sa.text("finished_at IS NULL")
    )
    op.drop_index(op.f("ix_sync_run_connection_id_id"), table_name="sync_run")
    op.drop_table("sync_run")
    op.drop_index(
        op.f("ix_session_revoked_at"),
        table_name="session",
        postgresql_where=sa.text("revoked_at IS NOT NULL"),
    )
    op.drop_index(op.f("ix_session_organization_id_mode_consumer_id"), table_name="session")
    op.drop_table("session")
    op.drop_index(op.f("ix_experience_organization_id_mode_id"), table_name="experience")
    op.drop_table("experience")
    op.drop_index("uq_delivery_event", table_name="delivery")
    op.drop_index(op.f("ix_delivery_endpoint_id_id"), table_name="delivery")
    op.drop_index(
        "ix_delivery_due", table_name="delivery", postgresql_where=sa.text("state = 'pending'")
    )
    op.drop_table("delivery")
    op.drop_index(
        op.f("ix_webhook_endpoint_organization_id_mode_id"), table_name="webhook_endpoint"
    )
    op.drop_table("webhook_endpoint")
    op.drop_table("signing_key")
    op.drop_index(
        "uq_product_sku", table_name="product", postgresql_where=sa.text("archived_at IS NULL")
    )
    op.drop_index(
        "uq_product_external_id",
        table_name="product",
        postgresql_where=sa.text("archived_at IS NULL AND external_id IS NOT NULL"),
        postgresql_nulls_not_distinct=True,
    )
    op.drop_index(op.f("ix_product_organization_id_mode_updated_at_id"), table_name="product")
    op.drop_table("product")
    op.drop_index("uq_participation_number", table_name="participation")
    op.drop_index(
        "uq_participation_current", table_name="participation", postgresql_where=sa.text("current")
    )
    op.drop_index(
        "ix_participation_waiting",
        table_name="participation",
        postgresql_where=sa.text("state = 'QUEUED'"),
    )
    op.drop_index(
        "ix_participation_fingerprint",
        table_name="participation",
        postgresql_where=sa.text("state IN ('QUEUED', 'ADMITTED') AND fingerprint IS NOT NULL"),
    )
    op.drop_index(
        op.f("ix_participation_consumer_id_distribution_id_number"), table_name="participation"
    )
    op.drop_table("participation")
    op.drop_table("outbox_event")
    op.drop_table("organization")
    op.drop_index("uq_orders_external_order_id", table_name="orders")
    op.drop_index(
        "uq_orders_admission",
        table_name="orders",
        postgresql_where=sa.text("completion = 'completed' AND admission_id IS NOT NULL"),
    )
    op.drop_index(op.f("ix_orders_organization_id_mode_consumer_id_id"), table_name="orders")
    op.drop_table("orders")
    op.drop_index("uq_inbox_notice_ref", table_name="inbox_notice")
    op.drop_index(
        "ix_inbox_notice_due",
        table_name="inbox_notice",
        postgresql_where=sa.text("handled_at IS NULL"),
    )
    op.drop_table("inbox_notice")
    op.drop_index(op.f("ix_idempotency_key_created_at"), table_name="idempotency_key")
    op.drop_table("idempotency_key")
    op.drop_index(
        "uq_consumer_external_id",
        table_name="consumer",
        postgresql_where=sa.text("external_id IS NOT NULL"),
        postgresql_nulls_not_distinct=True,
    )
    op.drop_index(
        "uq_consumer_email", table_name="consumer", postgresql_where=sa.text("email IS NOT NULL")
    )
    op.drop_index(op.f("ix_consumer_organization_id_mode_updated_at_id"), table_name="consumer")
    op.drop_table("consumer")
    op.drop_index(op.f("ix_connection_organization_id_mode_id"), table_name="connection")
    op.drop_table("connection")
    op.drop_index(op.f("ix_api_key_organization_id_mode_id"), table_name="api_key")
    op.drop_index(op.f("ix_api_key_changed_at"), table_name="api_key")
    op.drop_table("api_key")
