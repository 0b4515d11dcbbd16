"""Installing an app in a store: a code for a token that does not end.

No state travels with it. What binds the two ends is the store: only its owner gets a code for it,
and BigCommerce says for which store it has changed one.
"""

import re
from collections.abc import Mapping
from http import HTTPStatus
from urllib.parse import parse_qs

from connectors.base import NeedsReconnect, NoticeRefused, Surroundings
from connectors.calls import call, json_object
from connectors.reading import reading

LOGIN = "https://login.bigcommerce.com"
_CODE = re.compile(r"[!-~]{1,500}")


def page(client_id: str) -> str:
    """Return where the store's owner installs the app."""
    return f"{LOGIN}/app/{client_id}/install"


@reading
def token(query: str, store: str, credentials: Mapping[str, str], outside: Surroundings) -> str:
    """Return the token that a code stands for; ``store`` is ``stores/{hash}``.

    Raises ``NoticeRefused`` for a code of another store, ``NeedsReconnect`` for a spent one.
    """
    given = {name: values[0] for name, values in parse_qs(query).items()}
    if given.get("context") != store or not _CODE.fullmatch(given.get("code", "")):
        raise NoticeRefused
    asked = {
        "client_id": credentials.get("clientId", ""),
        "client_secret": credentials.get("clientSecret", ""),
        "code": given["code"],
        "context": store,
        "scope": given.get("scope", ""),
        "grant_type": "authorization_code",
        "redirect_uri": outside.redirect_url,
    }
    response = call(outside, "POST", f"{LOGIN}/oauth2/token", cost=0, json=asked)
    if response.status_code >= HTTPStatus.BAD_REQUEST:
        raise NeedsReconnect("BigCommerce refused the installation: install the app once more.")
    found = json_object(response)
    if found["context"] != store:
        raise NoticeRefused
    return str(found["access_token"])
