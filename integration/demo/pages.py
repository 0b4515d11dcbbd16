"""The demo shop's checkout: what a merchant's server does with an admission.

It serves the demo organization only, and only in development.
"""

from decimal import Decimal
from importlib.resources import files
from math import ceil
from typing import Any

from flask import Response, request
from jinja2 import Environment

from integration.demo.seed import SLUG
from integration.kernel.errors import NotFound
from integration.kernel.tenant import Tenant
from integration.kernel.tokens import BadToken
from integration.services import orders, setup, validation
from integration.services.validation import Validity
from integration.store.named import Named
from integration.web.guard import NOBODY, runtime
from integration.web.routes import Blueprint

blp = Blueprint("demo", __name__, url_prefix="/demo", description="The demo shop")

FOLDER = files(__package__)
PAGE = Environment(autoescape=True).from_string((FOLDER / "checkout.html").read_text())
STYLE = (FOLDER / "style.css").read_bytes()
POLICY = (
    "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none';"
    " frame-ancestors 'none'"
)
LONGEST_TOKEN = 2048
OVER = {
    "COMPLETED": "This admission has been used: thank you for your order.",
    "EXPIRED": "The time to pay is over. Enter the queue again for another chance.",
}


@blp.endpoint("GET", "/checkout", NOBODY, answers={200: None})
def checkout(_: None) -> Response:
    """Show the demo shop's checkout to whoever was admitted."""
    token = request.args.get("token", "")[:LONGEST_TOKEN]
    found = validation.validate(runtime(), _tenant(token), Named(token=token), None, None)
    if found.valid:
        return _page("It is your turn", "You have been admitted.", token, found.remaining_seconds)
    said = OVER.get(str(found.reason), "This admission is not good here. Enter the queue again.")
    return _page("Nothing to pay here", said)


@blp.endpoint("POST", "/orders", NOBODY, answers={200: None})
def buy(_: None) -> Response:
    """Report the demo shop's order, as a merchant's server would with its secret key."""
    token = request.form.get("token", "")[:LONGEST_TOKEN]
    rt, tenant = runtime(), _tenant(token)
    found = validation.validate(rt, tenant, Named(token=token), None, None)
    if found.valid:
        orders.report(rt, tenant, _order(token, found))
        return _page("Thank you", "Your order is on its way to the queue: you are done.")
    return _page("Nothing to pay here", OVER.get(str(found.reason), "Enter the queue again."))


@blp.endpoint("GET", "/style.css", NOBODY, answers={200: None})
def style(_: None) -> Response:
    """Send the demo's style sheet."""
    return Response(STYLE, content_type="text/css", headers={"Cache-Control": "max-age=3600"})


def _tenant(token: str) -> Tenant:
    """Return the demo's tenant if the token is of the demo, else nothing is here."""
    rt = runtime()
    try:
        owner = str(rt.keyring.read(token, "admission")["aud"])
    except BadToken as error:
        raise NotFound from error
    demo = setup.tenant_of(rt, SLUG, "live")
    if owner != demo.organization_id:
        raise NotFound
    return demo


def _order(token: str, found: Validity) -> dict[str, Any]:
    return {
        "consumer_id": found.consumer_id,
        "distribution_id": found.distribution_id,
        "external_order_id": f"demo-{found.admission_id}",
        "total_amount": Decimal("199.99"),
        "currency_code": "USD",
        "admission_token": token,
        "status": "paid",
        "line_items": [],
    }


def _page(title: str, message: str, token: str = "", seconds_left: int | None = None) -> Response:
    html = PAGE.render(
        title=title,
        message=message,
        token=token,
        seconds_left=seconds_left,
        minutes_left=ceil((seconds_left or 0) / 60),
    )
    headers = {"Content-Security-Policy": POLICY, "Referrer-Policy": "no-referrer"}
    return Response(html, content_type="text/html; charset=utf-8", headers=headers)
