"""API keys."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from flask import Response
from marshmallow import fields, validate

from integration.kernel.scopes import SCOPES
from integration.kernel.tenant import Caller
from integration.services import api_keys
from integration.services.api_keys import Minted
from integration.store import rows
from integration.web.fields import NAME, Timestamp, Wire
from integration.web.guard import merchant, runtime
from integration.web.idempotency import Keyed
from integration.web.lists import NamedQuery, listed, wanted
from integration.web.objects import Moment, whole
from integration.web.pagination import page_of
from integration.web.routes import Blueprint
from integration.web.versions import expected_version, tagged

blp = Blueprint("api_keys", __name__, url_prefix="/admin/api/v1/api-keys", description="API keys")

KINDS = validate.OneOf(["publishable", "secret"])
MODES = validate.OneOf(["live", "test"])
MOST_ORIGINS = 100
WEEK_SECONDS = 604_800
DAY_SECONDS = 86_400
ORIGIN = validate.Regexp(
    r"https?://(?:[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:]+\])(?::[1-9][0-9]{0,4})?\Z",
    error="Not an origin as browsers send it, such as https://shop.example.",
)


class ApiKeyFields(Wire):
    """What may be changed about a key."""

    name = fields.String(required=True, validate=NAME)
    scopes = fields.List(
        fields.String(validate=validate.OneOf(SCOPES)), validate=validate.Length(max=len(SCOPES))
    )
    allowed_origins = fields.List(
        fields.String(validate=ORIGIN), validate=validate.Length(max=MOST_ORIGINS)
    )
    expires_at = Moment(allow_none=True)


class ApiKeyBody(ApiKeyFields):
    """A key to make; without scopes a secret key gets all but ``admin``."""

    kind = fields.String(required=True, validate=KINDS)
    mode = fields.String(required=True, validate=MODES)
    scopes = fields.List(
        fields.String(validate=validate.OneOf(SCOPES)),
        load_default=None,
        validate=validate.Length(max=len(SCOPES)),
    )
    allowed_origins = fields.List(
        fields.String(validate=ORIGIN),
        load_default=list,
        validate=validate.Length(max=MOST_ORIGINS),
    )
    expires_at = Moment(load_default=None, allow_none=True)


class ApiKeyView(Wire):
    """A key without its text; ``hint`` is the end of it."""

    id = fields.String(required=True)
    kind = fields.String(required=True, validate=KINDS)
    mode = fields.String(required=True, validate=MODES)
    name = fields.String(required=True)
    hint = fields.String(required=True)
    scopes = fields.List(fields.String(), required=True)
    allowed_origins = fields.List(fields.String(), required=True)
    created_at = Timestamp(required=True)
    last_used_at = Timestamp(required=True, allow_none=True)
    expires_at = Timestamp(required=True, allow_none=True)
    revoked_at = Timestamp(required=True, allow_none=True)
    replaced_by = fields.String(required=True, allow_none=True)


class MintedKeyView(ApiKeyView):
    """A new key, with its text: it is shown this once."""

    key = fields.String(required=True)


class RotateBody(Wire):
    """How long the old key still serves."""

    overlap_seconds = whole(0, WEEK_SECONDS, load_default=DAY_SECONDS)


class ApiKeyQuery(NamedQuery):
    """Which keys: the caller's mode's, unless a live one asks; ``active``: those that serve."""

    kind = fields.String(load_default=None, validate=KINDS)
    mode = fields.String(load_default=None, validate=MODES)
    active = fields.Boolean(load_default=None)


@blp.endpoint(
    "POST",
    "",
    merchant("admin"),
    body=ApiKeyBody,
    answers={201: MintedKeyView},
    limit="admin",
    keyed=Keyed.WITH_EFFECT,
)
def create_key(caller: Caller, body: dict[str, Any]) -> Any:
    """Make a key; its text is shown this once."""
    return tagged(_shown(api_keys.create(runtime(), caller.tenant, caller.scopes, body)), 201)


@blp.endpoint(
    "GET",
    "",
    merchant("admin"),
    query=ApiKeyQuery,
    answers={200: page_of(ApiKeyView)},
    limit="admin",
)
def list_keys(caller: Caller, query: dict[str, Any]) -> Any:
    """List keys, those that have ended too."""
    rt, filters = runtime(), wanted(query)
    return listed(
        caller, query, lambda part: api_keys.page(rt, caller.tenant, part, filters), "api-keys"
    )


@blp.endpoint("GET", "/<key_id>", merchant("admin"), answers={200: ApiKeyView}, limit="admin")
def get_key(caller: Caller, key_id: str) -> Any:
    """Show a key."""
    return tagged(api_keys.get(runtime(), caller.tenant, key_id))


@blp.endpoint(
    "PATCH",
    "/<key_id>",
    merchant("admin"),
    body=ApiKeyFields(partial=True),
    answers={200: ApiKeyView},
    limit="admin",
)
def change_key(caller: Caller, body: dict[str, Any], key_id: str) -> Any:
    """Change a key; it holds in every process within two seconds."""
    rt, version = runtime(), expected_version()
    return tagged(api_keys.update(rt, caller.tenant, caller.scopes, key_id, body, expected=version))


@blp.endpoint("DELETE", "/<key_id>", merchant("admin"), answers={204: None}, limit="admin")
def delete_key(caller: Caller, key_id: str) -> Any:
    """Revoke a key."""
    api_keys.revoke(runtime(), caller.tenant, key_id, expected_version())
    return Response(status=204)


@blp.endpoint(
    "POST",
    "/<key_id>/rotate",
    merchant("admin"),
    body=RotateBody,
    answers={201: MintedKeyView},
    limit="admin",
    keyed=Keyed.WITH_EFFECT,
)
def rotate_key(caller: Caller, body: dict[str, Any], key_id: str) -> Any:
    """Make the key's successor; the old one serves for overlapSeconds more."""
    overlap = timedelta(seconds=body["overlap_seconds"])
    return tagged(_shown(api_keys.rotate(runtime(), caller.tenant, key_id, overlap)), 201)


@blp.endpoint(
    "POST",
    "/<key_id>/revoke",
    merchant("admin"),
    answers={200: ApiKeyView},
    limit="admin",
    keyed=Keyed.WITH_EFFECT,
)
def revoke_key(caller: Caller, key_id: str) -> Any:
    """End a key now; in every process within two seconds."""
    return tagged(api_keys.revoke(runtime(), caller.tenant, key_id))


def _shown(minted: Minted) -> SimpleNamespace:
    return rows.shown(minted.row, key=minted.text)
