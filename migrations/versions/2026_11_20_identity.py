"""identity: proving contacts, signing in from elsewhere, messages to people."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "identity"
down_revision = "kinds"

TIME = postgresql.TIMESTAMP(timezone=True)
CONSUMER = {"proven_email": sa.Text, "proven_phone": sa.Text, "merged_into": sa.Text}


def upgrade() -> None:
    """Apply."""
    for name, type_ in CONSUMER.items():
        op.add_column("consumer", sa.Column(name, type_(), nullable=True))
    op.add_column("consumer", sa.Column("merged_at", TIME, nullable=True))
    op.create_index(
        op.f("ix_consumer_organization_id_mode_phone"),
        "consumer",
        ["organization_id", "mode", "phone"],
        postgresql_where=sa.text("phone IS NOT NULL"),
    )
    op.create_index(
        op.f("ix_consumer_merged_at"),
        "consumer",
        ["merged_at"],
        postgresql_where=sa.text("merged_at IS NOT NULL"),
    )
    _external_identity()
    _exchange_code()
    _otp_code()
    _message()


def _tenant() -> list[sa.Column]:
    return [
        sa.Column("organization_id", sa.Text(), nullable=False),
        sa.Column("mode", sa.Text(), nullable=False),
    ]


def _created_at() -> sa.Column:
    now = sa.text("clock_timestamp()")
    return sa.Column("created_at", TIME, server_default=now, nullable=False)


def _external_identity() -> None:
    op.create_table(
        "external_identity",
        *_tenant(),
        sa.Column("issuer", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("provider", sa.Text(), nullable=False),
        sa.Column("consumer_id", sa.Text(), nullable=False),
        _created_at(),
        sa.ForeignKeyConstraint(
            ["consumer_id"], ["consumer.id"], name=op.f("fk_external_identity_consumer_id")
        ),
        sa.PrimaryKeyConstraint(
            "organization_id", "mode", "issuer", "subject", name=op.f("pk_external_identity")
        ),
    )
    op.create_index(op.f("ix_external_identity_consumer_id"), "external_identity", ["consumer_id"])


def _exchange_code() -> None:
    op.create_table(
        "exchange_code",
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        *_tenant(),
        sa.Column("provider", sa.Text(), nullable=False),
        sa.Column("issuer", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("claims", sa.LargeBinary(), nullable=False),
        sa.Column("expires_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_exchange_code")),
    )
    op.create_index(op.f("ix_exchange_code_expires_at"), "exchange_code", ["expires_at"])


def _otp_code() -> None:
    op.create_table(
        "otp_code",
        *_tenant(),
        sa.Column("contact", sa.LargeBinary(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("code", sa.LargeBinary(), nullable=True),
        sa.Column("full_name", sa.LargeBinary(), nullable=True),
        sa.Column("tries", sa.BigInteger(), nullable=False),
        sa.Column("asked", sa.BigInteger(), nullable=False),
        sa.Column("hour_began", TIME, nullable=False),
        sa.Column("expires_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("organization_id", "mode", "contact", name=op.f("pk_otp_code")),
    )
    op.create_index(op.f("ix_otp_code_expires_at"), "otp_code", ["expires_at"])


def _message() -> None:
    op.create_table(
        "message",
        sa.Column("id", sa.Text(), nullable=False),
        *_tenant(),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("state", sa.Text(), server_default="pending", nullable=False),
        sa.Column("attempts", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column(
            "due_at", TIME, server_default=sa.text("clock_timestamp()"), nullable=False
        ),
        sa.Column("expires_at", TIME, nullable=False),
        sa.Column("claimed_until", TIME, nullable=True),
        sa.Column("sent_at", TIME, nullable=True),
        sa.Column("problem", sa.Text(), nullable=True),
        _created_at(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message")),
    )
    op.create_index(
        op.f("ix_message_organization_id_mode_id"), "message", ["organization_id", "mode", "id"]
    )
    op.create_index(
        "ix_message_due", "message", ["due_at"], postgresql_where=sa.text("state = 'pending'")
    )
    op.create_index(op.f("ix_message_created_at"), "message", ["created_at"])


def downgrade() -> None:
    """Take back."""
    for name in ("message", "otp_code", "exchange_code", "external_identity"):
        op.drop_table(name)
    op.drop_index(op.f("ix_consumer_merged_at"), table_name="consumer")
    op.drop_index(op.f("ix_consumer_organization_id_mode_phone"), table_name="consumer")
    for name in ("merged_at", *CONSUMER):
        op.drop_column("consumer", name)
