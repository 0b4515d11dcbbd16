"""Statements on how an endpoint has been doing, and on switching off one that is gone."""

from datetime import timedelta

from sqlalchemy import select, text, update
from sqlalchemy.orm import Session

from integration.kernel.tenant import Tenant
from integration.store.models import WebhookEndpoint

_NOTE = text("""
    UPDATE webhook_endpoint SET
        failures = CASE WHEN :passed THEN 0 ELSE failures + :failed END,
        failing_since = CASE
            WHEN NOT :passed THEN coalesce(failing_since, clock_timestamp())
        END,
        last_success_at = CASE WHEN :passed THEN clock_timestamp() ELSE last_success_at END,
        last_failure_at = CASE WHEN :failed > 0 THEN clock_timestamp() ELSE last_failure_at END
    WHERE id = :id AND organization_id = :organization_id AND mode = :mode
        -- An endpoint that is well is told so once in a while, not at every batch.
        AND (:failed > 0 OR failing_since IS NOT NULL OR last_success_at IS NULL
            OR last_success_at < clock_timestamp() - interval '10 seconds')
    RETURNING failing_since <= clock_timestamp() - CAST(:patience AS interval)
""")


def note(
    session: Session,
    tenant: Tenant,
    endpoint_id: str,
    *,
    passed: bool,
    failed: int,
    patience: timedelta,
) -> bool:
    """Write down whether anything of a batch got through, and how many attempts failed.

    Returns whether nothing has got through for longer than ``patience``.
    """
    values = {"id": endpoint_id, "passed": passed, "failed": failed, "patience": patience}
    return bool(session.scalar(_NOTE, values | tenant._asdict()))


def failures(session: Session, endpoint_id: str) -> int:
    """Return how many attempts in a row have failed at an endpoint, whoever's it is."""
    wanted = select(WebhookEndpoint.failures).where(WebhookEndpoint.id == endpoint_id)
    return session.scalar(wanted) or 0


def disable(session: Session, tenant: Tenant, endpoint_id: str, reason: str) -> None:
    """Switch an endpoint off, and say why."""
    session.execute(
        update(WebhookEndpoint)
        .where(WebhookEndpoint.id == endpoint_id, WebhookEndpoint.enabled)
        .where(WebhookEndpoint.organization_id == tenant.organization_id)
        .where(WebhookEndpoint.mode == tenant.mode)
        .values(enabled=False, disabled_reason=reason, version=WebhookEndpoint.version + 1)
    )
