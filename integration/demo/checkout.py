"""The sample checkout: a shop's own pages, for whoever was admitted (docs/checkout.md)."""

from flask import Response, redirect, request, url_for
from werkzeug import Response as AnyResponse

from integration.demo import cashier, origins
from integration.demo.cashier import LONGEST_TOKEN, Reservation
from integration.demo.pages import blueprint, page
from integration.kernel.errors import FanfareError, NotFound, PermissionDenied
from integration.web.guard import NOBODY, runtime

blp = blueprint("checkout")

COOKIE = "demo_reservation"
DAY_SECONDS = 86_400
DECLINED = "declined"
OVER = {
    "COMPLETED": (
        "This reservation has been used",
        "An order was made with it. One reservation is good for one order.",
    ),
    "EXPIRED": (
        "The time to pay is over",
        "The pair has gone to whoever is next. Nothing was charged. The launch may have more.",
    ),
}
NO_LONGER = ("This reservation is not good any more", "Nothing was charged. Go back to the launch.")


class Forgotten(NotFound):
    """This browser holds no such reservation."""

    message = (
        "This browser holds no reservation here. If you have one, go back to the launch's page"
        " and continue to the checkout from there."
    )


class Elsewhere(PermissionDenied):
    """Another site's page wants to pay with what this browser holds."""

    message = "Another page tried to pay for you. Nothing was charged: go back to the launch."


def _apologize(error: FanfareError) -> Response:
    title = "We cannot find your reservation"
    if isinstance(error, Elsewhere):
        title = "This was not our page"
    return page("message.html", error.status, title=title, message=str(error))


blp.register_error_handler(NotFound, _apologize)
blp.register_error_handler(Elsewhere, _apologize)


@blp.endpoint("GET", "/checkout", NOBODY, answers={303: None})
def arrive(_: None) -> AnyResponse:
    """Take over from the launch: the token is in the address, or in this tab's storage."""
    if token := request.args.get("token"):
        return _take(token)
    return page("arrive.html", framed=_framed(), action=_action())


@blp.endpoint("POST", "/checkout", NOBODY, answers={303: None})
def hand_in(_: None) -> AnyResponse:
    """Take over from a page of ours that read the token in its tab's storage."""
    return _take(request.form.get("token", ""))


@blp.endpoint("GET", "/checkout/<reservation_id>", NOBODY, answers={200: None})
def check_out(_: None, reservation_id: str) -> AnyResponse:
    """Show what is reserved and for how long, as often as it is asked for."""
    reservation = _held(reservation_id)
    if not reservation.found.valid:
        return _over(reservation)
    declined = DECLINED in request.args
    return page("checkout.html", framed=_framed(), reservation=reservation, declined=declined)


@blp.endpoint("POST", "/checkout/<reservation_id>/pay", NOBODY, answers={303: None})
def pay(_: None, reservation_id: str) -> AnyResponse:
    """Take the payment, then report the order; a failed payment costs nobody their place."""
    # Browsers say so themselves; SameSite cookies alone let in the ports of the same host.
    if request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
        raise Elsewhere
    reservation = _held(reservation_id)
    if not reservation.found.valid:
        return _over(reservation)
    if request.form.get("card") != "good":
        return redirect(f"{_address('check_out', reservation_id)}?{DECLINED}", 303)
    cashier.sell(runtime(), reservation)
    return redirect(_address("thank", reservation_id), 303)


@blp.endpoint("GET", "/checkout/<reservation_id>/order", NOBODY, answers={200: None})
def thank(_: None, reservation_id: str) -> AnyResponse:
    """Confirm the order."""
    reservation = _held(reservation_id)
    order = cashier.sold(runtime(), reservation)
    if order is None:
        return redirect(_address("check_out", reservation_id), 303)
    return page("order.html", framed=_framed(), reservation=reservation, order=order)


def _take(token: str) -> AnyResponse:
    """Keep the token where scripts, links and logs do not see it, and go on without it."""
    reservation = cashier.look_up(runtime(), token[:LONGEST_TOKEN])
    response = redirect(_address("check_out", reservation.id), 303)
    framed = _framed()
    response.set_cookie(
        COOKIE,
        reservation.token,
        max_age=DAY_SECONDS,
        path=_address("check_out", reservation.id),
        httponly=True,
        # In the frame of another site only a cookie of that pair of sites is kept.
        secure=framed or request.is_secure,
        samesite="None" if framed else "Lax",
        partitioned=framed,
    )
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _held(reservation_id: str) -> Reservation:
    """Return the reservation that this browser handed in; its state may have changed since."""
    token = request.cookies.get(COOKIE)
    if token is None:
        raise Forgotten
    reservation = cashier.look_up(runtime(), token[:LONGEST_TOKEN])
    if reservation.id != reservation_id:
        raise Forgotten
    return reservation


def _over(reservation: Reservation) -> Response:
    title, message = OVER.get(str(reservation.found.reason), NO_LONGER)
    return page("over.html", 410, framed=_framed(), title=title, message=message, of=reservation)


def _framed() -> bool:
    """Tell whether this page is for a frame: browsers say so themselves."""
    return request.headers.get("Sec-Fetch-Dest") == "iframe"


def _action() -> str:
    """Return where the token goes: to this shop's checkout, or to the outlet's."""
    own = request.host_url.rstrip("/")
    there = origins.other(own) if request.args.get("to") == "outlet" else own
    return f"{there}{url_for('demo_checkout.hand_in')}"


def _address(view: str, reservation_id: str) -> str:
    return url_for(f"demo_checkout.{view}", reservation_id=reservation_id)
