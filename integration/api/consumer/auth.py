"""Sessions: begin as a guest, sign in by a code or from elsewhere, refresh, log out."""

from typing import Any

from flask import Response, request
from marshmallow import fields, validate

from integration.kernel.tenant import Caller
from integration.runtime import Runtime
from integration.services import access, external, identities, otp, sessions
from integration.services.access import Credentials
from integration.services.external import Authorized
from integration.services.otp import Requested
from integration.store.exchange_codes import Subject
from integration.store.signed_in import ACCESS_LIFETIME, SignedIn
from integration.web import limits
from integration.web.contacts import LONGEST_EMAIL, Email, OneContact, contact_of
from integration.web.fields import NAME, Timestamp, Wire
from integration.web.guard import (
    KEY,
    PUBLISHABLE,
    SECRET,
    SIGNED_IN,
    Guard,
    runtime,
    secret_row,
)
from integration.web.idempotency import Keyed
from integration.web.routes import Blueprint

blp = Blueprint("auth", __name__, url_prefix="/api/v1/auth", description="Signing in, and sessions")

TOKEN = validate.Length(min=1, max=256)
SHORT = validate.Length(min=1, max=100)
LONG = validate.Length(min=1, max=255)
CODE = validate.Length(min=1, max=16)


class SessionDetails(Wire):
    """Whose session it is, and until when it can be refreshed."""

    type = fields.String(required=True, validate=validate.OneOf(["guest", "authenticated"]))
    consumer_id = fields.String(required=True)
    guest_id = fields.String(required=True, allow_none=True)
    email = fields.String(required=True, allow_none=True)
    phone = fields.String(required=True, allow_none=True)
    expires_at = Timestamp(required=True)


class SessionView(Wire):
    """A pair of tokens; ``expiresIn`` is the access token's, in seconds."""

    access_token = fields.String(required=True)
    refresh_token = fields.String(required=True)
    token_type = fields.String(required=True, validate=validate.Equal("Bearer"))
    expires_in = fields.Integer(required=True)
    session = fields.Nested(SessionDetails, required=True)


class RefreshBody(Wire):
    """The refresh token of the last answer."""

    refresh_token = fields.String(required=True, validate=TOKEN)


class LogoutBody(Wire):
    """Another of one's sessions to end too."""

    refresh_token = fields.String(load_default=None, allow_none=True, validate=TOKEN)


class OtpRequestBody(OneContact):
    """Where to send a code, and whose it is."""

    full_name = fields.String(load_default=None, allow_none=True, validate=NAME)


class OtpRequestView(Wire):
    """A code is on its way, whoever the contact's owner is."""

    request_id = fields.String(required=True)
    expires_at = Timestamp(required=True)


class OtpVerifyBody(OneContact):
    """The code that was sent there."""

    code = fields.String(required=True, validate=CODE)


class ClaimsBody(Wire):
    """What the identity provider knows; ``emailVerified`` says whether it checked the address."""

    email = Email(load_default=None, allow_none=True, validate=validate.Length(max=LONGEST_EMAIL))
    email_verified = fields.Boolean(load_default=None, allow_none=True)
    full_name = fields.String(load_default=None, allow_none=True, validate=NAME)
    name = fields.String(load_default=None, allow_none=True, validate=NAME)


class AuthorizeBody(Wire):
    """Whom an identity provider has signed in: its own name for them, and for itself."""

    provider = fields.String(required=True, validate=SHORT)
    issuer = fields.String(required=True, validate=LONG)
    subject = fields.String(required=True, validate=LONG)
    claims = fields.Nested(ClaimsBody, load_default=None, allow_none=True)


class AuthorizeView(Wire):
    """A code for the browser, good for a minute and once."""

    exchange_code = fields.String(required=True)
    expires_at = Timestamp(required=True)


class ExchangeBody(Wire):
    """The code that the merchant's server was given."""

    exchange_code = fields.String(required=True, validate=TOKEN)


def _key_alone(rt: Runtime, sent: Credentials) -> Caller:
    """Ignore a consumer token that came along: it may be the one that has expired."""
    if sent.publishable is not None:
        sent.bearer = None
    return access.any_key(rt, sent)


KEY_ALONE = Guard(_key_alone, (PUBLISHABLE, SECRET))


@blp.endpoint("POST", "/guest", KEY_ALONE, body=Wire, answers={201: SessionView})
def guest(caller: Caller, _: dict[str, Any]) -> dict[str, Any]:
    """Begin a session as a guest."""
    rt = runtime()
    limits.count_address(rt, caller, "guest_address", request.remote_addr or "unknown")
    signed_in, taken = sessions.guest(rt, caller.tenant)
    limits.tell(taken)
    return _view(signed_in)


@blp.endpoint(
    "POST",
    "/otp/request",
    KEY_ALONE,
    body=OtpRequestBody,
    answers={202: OtpRequestView},
    limit="otp_request",
)
def request_otp(caller: Caller, body: dict[str, Any]) -> Requested:
    """Send a code; the answer is the same whether anybody has that contact or not."""
    return otp.request(runtime(), caller.tenant, contact_of(body), body["full_name"])


@blp.endpoint(
    "POST",
    "/otp/verify",
    KEY,
    body=OtpVerifyBody,
    answers={200: SessionView},
    limit="authentication",
)
def verify_otp(caller: Caller, body: dict[str, Any]) -> dict[str, Any]:
    """Sign in by a code; with a guest's token the guest becomes this consumer."""
    return _view(identities.verify(runtime(), caller, contact_of(body), body["code"]))


@blp.endpoint(
    "POST",
    "/external/authorize",
    secret_row("write:consumers"),
    body=AuthorizeBody,
    answers={201: AuthorizeView},
    limit="external_authorize",
    keyed=Keyed.WITH_EFFECT,
)
def authorize_external(caller: Caller, body: dict[str, Any]) -> Authorized:
    """Vouch for somebody who signed in elsewhere; the browser exchanges the code."""
    who = Subject(body["provider"], body["issuer"], body["subject"])
    claims = body["claims"] or ClaimsBody().load({})
    return external.authorize(runtime(), caller.tenant, who, claims)


@blp.endpoint(
    "POST",
    "/external/exchange",
    KEY,
    body=ExchangeBody,
    answers={200: SessionView},
    limit="authentication",
)
def exchange_external(caller: Caller, body: dict[str, Any]) -> dict[str, Any]:
    """Exchange the code for a session; with a guest's token the guest becomes this consumer."""
    return _view(identities.exchange(runtime(), caller, body["exchange_code"]))


@blp.endpoint(
    "POST",
    "/refresh",
    KEY_ALONE,
    body=RefreshBody,
    answers={200: SessionView},
    limit="authentication",
)
def refresh(caller: Caller, body: dict[str, Any]) -> dict[str, Any]:
    """Exchange a refresh token for the next pair of tokens."""
    return _view(sessions.refresh(runtime(), caller.tenant, body["refresh_token"]))


@blp.endpoint(
    "POST", "/logout", SIGNED_IN, body=LogoutBody, answers={204: None}, limit="authentication"
)
def logout(caller: Caller, body: dict[str, Any]) -> Response:
    """End the session; its access tokens stop working everywhere within two seconds."""
    sessions.log_out(runtime(), caller, body["refresh_token"])
    return Response(status=204)


def _view(signed_in: SignedIn) -> dict[str, Any]:
    guest_id = signed_in.consumer_id if signed_in.type == "guest" else None
    return {
        "access_token": signed_in.access_token,
        "refresh_token": signed_in.refresh_token,
        "token_type": "Bearer",
        "expires_in": int(ACCESS_LIFETIME.total_seconds()),
        "session": {
            "type": signed_in.type,
            "consumer_id": signed_in.consumer_id,
            "guest_id": guest_id,
            "email": signed_in.email,
            "phone": signed_in.phone,
            "expires_at": signed_in.expires_at,
        },
    }
