"""counting: what the clock has counted is no change of an order or an admission."""

from alembic import op

revision = "counting"
down_revision = "syncing"

ORDERS = ("orders", "order", "handle", "")
ADMISSIONS = ("admission", "admission", "", "kid,turn")
COUNTED = "counted_amount,counted_currency,counted_refunded"


def upgrade() -> None:
    """Apply."""
    _watch(*ORDERS[:3], COUNTED)
    _watch(*ADMISSIONS[:3], f"{ADMISSIONS[3]},checked_out_at")


def downgrade() -> None:
    """Take back."""
    _watch(*ORDERS)
    _watch(*ADMISSIONS)


def _watch(table: str, noun: str, withheld: str, ignored: str) -> None:
    for event in ("insert", "update", "delete"):
        op.execute(f"DROP TRIGGER audit_{event} ON {table}")
    op.execute(f"SELECT audit_watch('{table}', '{noun}', 'id', '{withheld}', '{ignored}')")
