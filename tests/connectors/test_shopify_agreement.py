"""Signatures agree with Shopify's own library, both ways, over cases that nobody thought of."""

import base64
import hmac
import json
import string
from contextlib import ExitStack, suppress
from hashlib import sha256
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connectors.base import ConnectorError, NoticeRefused
from connectors.shopify.install import signed_text, verified
from connectors.shopify.session_tokens import read_session_token
from connectors.shopify.shop import checked_domain
from connectors.shopify.webhooks import read_notice
from integration.kernel.clock import SystemClock
from tests.connectors.standin_shopify import ShopifyUnderTest
from tests.support.shopify.admin import session_token, signed_query
from tests.support.shopify.bridge import running
from tests.support.shopify.packages import library
from tests.support.shopify.standin import running_stand_in

SHOP, CLIENT = "agreed.myshopify.com", "client-of-the-tests"
SECRET, OTHER = "shpss_0123456789abcdef0123456789abcdef", "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"
MANY = settings(deadline=None, max_examples=100)
NAMES = st.text(alphabet=string.ascii_lowercase + "_", min_size=1, max_size=12)
TEXTS = st.text(alphabet=st.characters(codec="utf-8"), max_size=40)
RESERVED = {"hmac", "signature", "timestamp", "shop"}
AGES = st.sampled_from([-10_000, -200, -70, 0, 70, 200, 10_000])


@pytest.fixture(scope="module")
def oracle():
    node, modules = library()
    with running(node, "oracle.mjs", str(modules), CLIENT, SECRET) as bridge:
        yield bridge


def clock():
    return SystemClock().now()


def ours(work, *given, **named) -> bool:
    """Tell whether we trust something."""
    with suppress(NoticeRefused):
        work(*given, **named)
        return True
    return False


def query_of(parameters, age=0):
    given = {name: text for name, text in parameters.items() if name not in RESERVED}
    return given | {"shop": SHOP, "timestamp": str(int(clock().timestamp()) - age)}


def trusts_query(query) -> bool:
    return ours(verified, query, SHOP, [SECRET], clock())


@MANY
@given(parameters=st.dictionaries(NAMES, TEXTS, max_size=8), age=AGES, secret=st.booleans())
def test_a_query_that_we_sign_is_trusted_by_both_or_by_none(oracle, parameters, age, secret):
    query = signed_query(SECRET if secret else OTHER, query_of(parameters, age))

    trusted = oracle.ask("trustsQuery", query)

    assert trusted == trusts_query(query) == (secret and abs(age) < 90)


@MANY
@given(parameters=st.dictionaries(NAMES, TEXTS, max_size=8))
def test_a_query_that_shopify_signs_is_trusted(oracle, parameters):
    query = urlencode(query_of(parameters))

    signature = oracle.ask("signQuery", query)

    assert trusts_query(f"{query}&hmac={signature}")


@MANY
@given(parameters=st.dictionaries(NAMES, TEXTS, max_size=5), place=st.integers(0, 10**6))
def test_a_query_with_another_letter_is_trusted_by_none(oracle, parameters, place):
    query = signed_query(SECRET, query_of(parameters))
    place %= len(query)
    changed = query[:place] + ("b" if query[place] != "b" else "c") + query[place + 1 :]
    same = signed_text(dict(pairs(changed))) == signed_text(dict(pairs(query)))

    trusted = oracle.ask("trustsQuery", changed)

    assert trusts_query(changed) <= trusted <= (same and "hmac=" in changed)


def pairs(query):
    return [(name, texts[-1]) for name, texts in parse_qs(query, keep_blank_values=True).items()]


def test_an_installation_goes_the_same_way(oracle):
    with running_stand_in(SHOP) as shop, ExitStack() as stack:
        shop.desk.codes.add("code-1")
        begun = oracle.ask("begin", SHOP)
        theirs = parse_qs(urlsplit(begun["url"]).query, keep_blank_values=True)
        connector = ShopifyUnderTest(shop, stack).connector(clientId=CLIENT)
        state = theirs["state"][0]
        query = signed_query(SECRET, query_of({"code": "code-1", "state": state, "host": "YWI="}))

        asked = oracle.ask("finish", query, begun["cookies"])
        connector.authorized(query, expected=True)

        agreement = urlsplit(connector.authorize(state))
        mine = parse_qs(agreement.query)
        assert agreement._replace(query="") == urlsplit(begun["url"])._replace(query="")
        assert (mine["client_id"], mine["state"]) == (theirs["client_id"], theirs["state"])
        assert mine["redirect_uri"] == theirs["redirect_uri"]
        assert asked["url"] == f"https://{SHOP}/admin/oauth/access_token"
        assert asked["body"] == shop.desk.asked[-1]


@pytest.mark.parametrize(
    "change",
    [{"state": "0" * 15}, {"code": "code-2"}, {"shop": "b.myshopify.com"}, {"timestamp": "1"}],
)
def test_an_installation_that_was_tampered_with_is_refused_by_both(oracle, change):
    begun = oracle.ask("begin", SHOP)
    state = parse_qs(urlsplit(begun["url"]).query)["state"][0]
    good = query_of({"code": "code-1", "state": state})
    signature = signed_query(SECRET, good).rpartition("=")[2]
    query = urlencode({**good, **change, "hmac": signature})

    assert oracle.ask("finish", query, begun["cookies"]) is None
    assert not trusts_query(query)


HEADERS = {
    "X-Shopify-Topic": "orders/create",
    "X-Shopify-Shop-Domain": SHOP,
    "X-Shopify-API-Version": "2026-10",
    "X-Shopify-Webhook-Id": "b54557e4-bdd9-4b37-8a5f-bf7d70bcd043",
}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=8,
)
BODIES = st.builds(
    lambda told, indent, escaped: json.dumps(told, indent=indent, ensure_ascii=escaped).replace(
        "/", "\\/"
    ),
    st.dictionaries(TEXTS, JSON, max_size=4),
    st.sampled_from([None, 0, 2]),
    st.booleans(),
)


def trusts_webhook(headers, body) -> bool:
    return ours(read_notice, headers, body.encode(), SHOP, [SECRET])


@MANY
@given(
    body=BODIES,
    secret=st.sampled_from([SECRET, SECRET, OTHER]),
    dropped=st.sampled_from(["", "", *sorted(HEADERS.keys() - {"X-Shopify-API-Version"})]),
    flip=st.booleans(),
    upcoming=st.booleans(),
)
def test_a_webhook_that_we_sign_is_trusted_by_both_or_by_none(oracle, body, secret, dropped, **how):
    digest = hmac.digest(secret.encode(), body.encode(), sha256)
    headers = {name: text for name, text in HEADERS.items() if name != dropped}
    headers["X-Shopify-Hmac-SHA256"] = base64.b64encode(digest).decode()
    if how["upcoming"]:
        headers = {name.removeprefix("X-"): text for name, text in headers.items()}
    sent = f"{body} " if how["flip"] else body

    trusted = oracle.ask("trustsWebhook", headers, sent)

    good = secret == SECRET and not dropped and not how["flip"]
    assert trusted == trusts_webhook(headers, sent) == good


@MANY
@given(body=BODIES)
def test_a_webhook_that_shopify_signs_is_trusted(oracle, body):
    signature = oracle.ask("signBody", body)

    assert trusts_webhook({**HEADERS, "X-Shopify-Hmac-SHA256": signature}, body)


def trusts_session(token) -> bool:
    return ours(
        read_session_token, token, shop=SHOP, client_id=CLIENT, secrets=[SECRET], now=clock()
    )


SESSIONS = st.fixed_dictionaries(
    {
        "secret": st.sampled_from([SECRET, SECRET, OTHER]),
        "aud": st.sampled_from([CLIENT, CLIENT, "another-app"]),
        "ends": st.sampled_from([60, 60, -4, -30, -10_000]),
        "begins": st.sampled_from([0, 0, 4, 60, -10_000]),
        "sub": TEXTS,
    }
)


@MANY
@given(case=SESSIONS)
def test_a_session_token_that_we_sign_is_trusted_by_both_or_by_none(oracle, case):
    at, now = clock(), int(clock().timestamp())
    times = {"exp": now + case["ends"], "nbf": now + case["begins"]}
    token = session_token(
        case["secret"], domain=SHOP, client_id=case["aud"], at=at, sub=case["sub"], **times
    )

    trusted = oracle.ask("trustsSession", token)

    good = case["secret"] == SECRET and case["aud"] == CLIENT
    assert trusted == trusts_session(token)
    assert trusted == (good and case["ends"] > -10 and case["begins"] < 10)


@MANY
@given(subject=TEXTS, place=st.integers(0, 10**6))
def test_a_session_token_that_shopify_signs_is_trusted_until_it_is_changed(oracle, subject, place):
    now = int(clock().timestamp())
    claims = {"dest": f"https://{SHOP}", "aud": CLIENT, "exp": now + 60, "nbf": now, "sub": subject}

    token = oracle.ask("signSession", claims)
    head, payload, _ = token.split(".")
    place %= len(head) + len(payload)
    changed = token[:place] + ("A" if token[place] != "A" else "B") + token[place + 1 :]

    assert trusts_session(token)
    assert not trusts_session(changed)
    assert not oracle.ask("trustsSession", changed)


@pytest.mark.parametrize("algorithm", ["none", "HS384", "HS512"])
def test_a_session_token_of_another_kind_is_trusted_by_none(oracle, algorithm):
    now = int(clock().timestamp())
    claims = {"dest": f"https://{SHOP}", "aud": CLIENT, "exp": now + 60, "nbf": now}
    long = SECRET * 2
    token = jwt.encode(claims, None if algorithm == "none" else long, algorithm=algorithm)

    assert not trusts_session(token)
    assert not oracle.ask("trustsSession", token)


@MANY
@given(
    name=st.text(alphabet=string.ascii_letters + string.digits + "-_./@:", max_size=20),
    end=st.sampled_from([".myshopify.com", ".myshopify.com", ".myshopify.com.evil.com", "", "/"]),
)
def test_a_shop_that_we_accept_is_one_that_shopify_accepts(oracle, name, end):
    """They accept more: other domains, underscores, a slash behind."""
    shop = f"{name}{end}"
    accepted = True
    try:
        checked_domain(shop)
    except ConnectorError:
        accepted = False

    assert accepted <= oracle.ask("trustsShop", shop)
