"""Addresses that a merchant wrote with placeholders in them."""

from urllib.parse import quote

from connectors.records import CheckoutRequest


def filled(template: str, request: CheckoutRequest, **values: str) -> str:
    """Return an address with ``{handle}``, ``{returnUrl}`` and these others filled in."""
    known = {"handle": request.handle, "returnUrl": request.return_url or "", **values}
    for name, value in known.items():
        # What is filled in has no brace left that another one could fill.
        template = template.replace(f"{{{name}}}", quote(value, safe=""))
    return template
