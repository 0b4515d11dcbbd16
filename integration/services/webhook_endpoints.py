"""The addresses that merchants want events at."""

import os
from base64 import b64encode
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, NamedTuple

from integration.kernel.errors import required
from integration.kernel.ids import new_id
from integration.kernel.outbound import check_url
from integration.kernel.tenant import Tenant
from integration.runtime import Runtime
from integration.store import rows, webhook_endpoints
from integration.store.models import WebhookEndpoint
from integration.store.rows import Slice

SECRET_BYTES = 32
BOTH_SIGN_FOR = timedelta(hours=24)


class Secret(NamedTuple):
    """An endpoint, and the text of its secret, which nobody can read again."""

    endpoint: WebhookEndpoint
    text: str


def create(rt: Runtime, tenant: Tenant, body: Mapping[str, Any]) -> Secret:
    """Subscribe an address; raises ``ValidationFailed`` for one that we do not talk to."""
    check_url(body["url"], allow_loopback=rt.settings.development)
    text = _new_secret()
    with rt.transaction() as tx:
        row = WebhookEndpoint(
            id=new_id("whk"),
            **tenant._asdict(),
            version=1,
            secret=rt.vault.seal(text.encode()),
            **body,
        )
        webhook_endpoints.add(tx.session, row)
        return Secret(row, text)


def get(rt: Runtime, tenant: Tenant, endpoint_id: str) -> WebhookEndpoint:
    """Return an endpoint, or raise ``NotFound``."""
    with rt.transaction() as tx:
        return required(webhook_endpoints.find(tx.session, tenant, endpoint_id), "Webhook")


def page(
    rt: Runtime, tenant: Tenant, part: Slice, wanted: Mapping[str, Any]
) -> Sequence[WebhookEndpoint]:
    """Return a part of the list; ``wanted`` narrows it."""
    with rt.transaction() as tx:
        return webhook_endpoints.page(tx.session, tenant, part, wanted)


def update(
    rt: Runtime, tenant: Tenant, endpoint_id: str, changes: Mapping[str, Any], expected: int | None
) -> WebhookEndpoint:
    """Change some fields; enabling it again forgets why it was disabled."""
    if "url" in changes:
        check_url(changes["url"], allow_loopback=rt.settings.development)
    with rt.transaction() as tx:
        row = required(webhook_endpoints.lock(tx.session, tenant, endpoint_id, expected), "Webhook")
        for name, value in changes.items():
            setattr(row, name, value)
        if changes.get("enabled"):
            row.disabled_reason = row.failing_since = None
            row.failures = 0
        row.version += 1
        return row


def archive(rt: Runtime, tenant: Tenant, endpoint_id: str, expected: int | None) -> None:
    """Send nothing there any more."""
    with rt.transaction() as tx:
        row = required(webhook_endpoints.lock(tx.session, tenant, endpoint_id, expected), "Webhook")
        row.archived_at = rows.now(tx.session)
        row.version += 1


def rotate(rt: Runtime, tenant: Tenant, endpoint_id: str) -> Secret:
    """Give an endpoint a new secret; the old one signs beside it for 24 hours."""
    text = _new_secret()
    with rt.transaction() as tx:
        row = required(webhook_endpoints.lock(tx.session, tenant, endpoint_id), "Webhook")
        row.previous_secret = row.secret
        row.previous_until = rows.now(tx.session) + BOTH_SIGN_FOR
        row.secret = rt.vault.seal(text.encode())
        row.version += 1
        return Secret(row, text)


def _new_secret() -> str:
    return "whsec_" + b64encode(os.urandom(SECRET_BYTES)).decode()
