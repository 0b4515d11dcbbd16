"""The organization, for the merchant and for pages (contract.md, sections 3 and 5)."""

from dataclasses import replace

import pytest

from integration.app import create_app
from integration.runtime import build
from tests.support.launches import make_launch, make_merchant

ADDRESS = "/admin/api/v1/organizations/current"


def change(client, merchant, **changes):
    return client.patch(ADDRESS, json=changes, headers=merchant.server)


def test_a_page_sees_whose_it_is(client, merchant):
    shown = client.get("/api/v1/organizations/current", headers=merchant.page)

    assert shown.status_code == 200
    assert shown.json == {
        "id": merchant.tenant.organization_id,
        "name": "Acme",
        "slug": merchant.tenant.organization_id[4:].lower(),
        "logoUrl": None,
        "timeZone": "UTC",
        "countryCode": None,
        "languageCode": "en",
        "currencyCode": "USD",
        "checkoutUrl": None,
        "theme": None,
        "mode": "live",
    }


def test_a_server_may_ask_too_and_learns_its_mode(client, merchant, rt):
    tester = make_merchant(rt, "test", of=merchant)

    shown = client.get("/api/v1/organizations/current", headers=tester.server)

    assert shown.json["mode"] == "test"


def test_without_a_key_there_is_no_organization(client, rt):
    refused = client.get("/api/v1/organizations/current")

    assert refused.status_code == 401
    assert refused.json["error"] == "Authentication required"


def test_the_merchant_sees_the_limits_that_hold(client, rt):
    merchant = make_merchant(rt, limits={"products": 7})

    shown = client.get(ADDRESS, headers=merchant.server)

    assert shown.status_code == 200
    assert shown.headers["ETag"] == '"1"'
    assert shown.json["limits"]["products"] == 7
    assert shown.json["limits"]["queueEntry"] == 1000
    assert shown.json["allowedRedirectHosts"] == []


def test_settings_are_changed(client, merchant):
    changes = {
        "name": "Acme Tickets",
        "timeZone": "Europe/Berlin",
        "countryCode": "DE",
        "languageCode": "de-DE",
        "currencyCode": "EUR",
        "logoUrl": "https://acme.example/logo.svg",
        "checkoutUrl": "https://acme.example/checkout?token={token}",
        "theme": {"accent": "#ff0066"},
        "allowedRedirectHosts": ["acme.example", "acme.example:8443"],
    }

    changed = change(client, merchant, **changes)

    assert changed.status_code == 200
    assert changed.headers["ETag"] == '"2"'
    assert {name: changed.json[name] for name in changes} == changes
    assert client.get(ADDRESS, headers=merchant.server).json == changed.json


def test_a_limit_holds_at_once_and_null_gives_the_default_back(client, merchant):
    change(client, merchant, limits={"products": 5})

    limited = client.get("/api/products", headers=merchant.server)
    restored = change(client, merchant, limits={"products": None})

    assert limited.headers["X-RateLimit-Limit"] == "5"
    assert restored.json["limits"]["products"] == 100
    assert restored.json["limits"]["orders"] == 1_000_000


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": ""}, "name"),
        ({"slug": "other"}, "slug"),
        ({"timeZone": "Mars/Olympus"}, "timeZone"),
        ({"countryCode": "de"}, "countryCode"),
        ({"languageCode": "German"}, "languageCode"),
        ({"currencyCode": "EURO"}, "currencyCode"),
        ({"logoUrl": "javascript:alert(1)"}, "logoUrl"),
        ({"checkoutUrl": "http://acme.example/"}, "checkoutUrl"),
        ({"checkoutUrl": "https://acme.example/{secret}"}, "checkoutUrl"),
        ({"checkoutUrl": "https://user:pw@acme.example/"}, "checkoutUrl"),
        ({"allowedRedirectHosts": ["https://acme.example"]}, "allowedRedirectHosts.0"),
        ({"allowedRedirectHosts": ["acme.example", "a b"]}, "allowedRedirectHosts.1"),
        ({"allowedRedirectHosts": ["acme.example/path"]}, "allowedRedirectHosts.0"),
        ({"limits": {"products": -1}}, "limits.products"),
        ({"limits": {"teapots": 1}}, "limits.teapots"),
        ({"theme": "dark"}, "theme"),
    ],
)
def test_a_bad_setting_is_named(client, merchant, changes, field):
    refused = change(client, merchant, **changes)

    assert refused.status_code == 400
    assert [detail["field"] for detail in refused.json["details"]] == [field]


def test_a_change_of_something_newer_is_refused(client, merchant):
    headers = {**merchant.server, "If-Match": '"7"'}

    refused = client.patch(ADDRESS, json={"name": "Other"}, headers=headers)

    assert refused.status_code == 412


def test_a_test_key_changes_nothing_that_live_mode_shares(client, merchant, rt):
    tester = make_merchant(rt, "test", of=merchant)

    refused = change(client, tester, name="Other")

    assert refused.status_code == 403
    assert refused.json["code"] == "PERMISSION_DENIED"


def test_settings_need_the_scope_admin(client, merchant, rt):
    limited = make_merchant(rt, scopes=("write:experiences",), of=merchant)

    assert client.get(ADDRESS, headers=limited.server).status_code == 403
    assert change(client, limited, name="Other").status_code == 403


def test_organizations_do_not_see_each_other(client, merchant, rt):
    make_launch(rt, merchant)
    other = make_merchant(rt, name="Other")

    assert client.get(ADDRESS, headers=other.server).json["name"] == "Other"
    assert client.get(ADDRESS, headers=merchant.server).json["name"] == "Acme"


def test_the_environments_limits_hold_where_the_organization_has_none(rt, settings):
    own = build(replace(settings, limits={"products": 7, "orders": 8, "status": 9}))
    client = create_app(own).test_client()
    merchant = make_merchant(rt, limits={"orders": 3})

    shown = client.get(ADDRESS, headers=merchant.server).json["limits"]
    products = client.get("/api/products", headers=merchant.server).headers
    orders = client.get("/api/orders", headers=merchant.server).headers
    change(client, merchant, limits={"orders": None, "products": 2})
    later = client.get(ADDRESS, headers=merchant.server).json["limits"]
    own.close()

    assert (shown["products"], shown["orders"], shown["consumers"]) == (7, 3, 100)
    assert (products["X-RateLimit-Limit"], orders["X-RateLimit-Limit"]) == ("7", "3")
    assert (later["products"], later["orders"]) == (2, 8)
