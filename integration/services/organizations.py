"""The merchant's own organization."""

from collections.abc import Mapping, Sequence
from types import SimpleNamespace
from typing import Any

from integration.engine.redirects import RefusedRedirect, check_template, host_of
from integration.kernel.errors import Detail, PermissionDenied, ValidationFailed, required
from integration.kernel.tenant import Tenant
from integration.runtime import Runtime
from integration.store import organizations, rows
from integration.store.models import Organization


def current(rt: Runtime, tenant: Tenant) -> SimpleNamespace:
    """Return the organization that the caller's key belongs to, with the limits set for it."""
    with rt.transaction() as tx:
        return _shown(rt, required(organizations.find(tx.session, tenant), "Organization"))


def update(
    rt: Runtime, tenant: Tenant, changes: Mapping[str, Any], expected: int | None
) -> SimpleNamespace:
    """Change some fields; of ``limits`` only those named, and null gives the default back.

    Live and test mode share the organization: only a live key may change it.
    """
    if tenant.mode != "live":
        raise PermissionDenied("Live and test mode share these settings. Use a live key.")
    with rt.transaction() as tx:
        organization = required(organizations.lock(tx.session, tenant, expected), "Organization")
        for name, value in _checked(rt, organization, changes).items():
            setattr(organization, name, value)
        organization.version += 1
        organization.changed_at = rows.now(tx.session)
        tx.then(lambda: rt.organizations.forget(tenant.organization_id))
        return _shown(rt, organization)


def _shown(rt: Runtime, organization: Organization) -> SimpleNamespace:
    shown = rows.shown(organization)
    shown.limits = {**rt.settings.limits, **organization.limits}
    return shown


def _checked(rt: Runtime, organization: Organization, changes: Mapping[str, Any]) -> dict[str, Any]:
    development = rt.settings.development
    checked = dict(changes)
    if checked.get("checkout_url") is not None:
        try:
            check_template(checked["checkout_url"], development=development)
        except RefusedRedirect as error:
            raise ValidationFailed(details=[Detail("checkoutUrl", str(error))]) from error
    if "allowed_redirect_hosts" in checked:
        checked["allowed_redirect_hosts"] = _hosts(checked["allowed_redirect_hosts"])
    if "limits" in checked:
        merged = {**organization.limits, **checked["limits"]}
        checked["limits"] = {name: value for name, value in merged.items() if value is not None}
    return checked


def _hosts(given: Sequence[str]) -> list[str]:
    """Return hosts as a redirect's host is compared: in lower case, with an unusual port."""
    hosts: list[str] = []
    for place, text in enumerate(given):
        try:
            host = host_of(f"https://{text}")
        except RefusedRedirect:
            host = ""
        if text.lower().removesuffix(":443") != host:
            said = "A host, with its port where that is unusual, such as shop.example:8443."
            raise ValidationFailed(details=[Detail(f"allowedRedirectHosts.{place}", said)])
        hosts.append(host)
    return list(dict.fromkeys(hosts))
