from urllib.parse import parse_qs, parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integration.engine.redirects import (
    PLACEHOLDERS,
    CheckoutValues,
    RefusedRedirect,
    check_redirect,
    check_template,
    fill_checkout_url,
    host_of,
)

ALLOWED = ["shop.example", "pay.example:8443", "localhost:3000", "127.0.0.1:3000"]
VALUES = CheckoutValues(
    token="eyJ.a-b_c.d",
    handle="h/1",
    consumer_id="cons_1",
    experience_id="exp_1",
    product_id="prod_1",
    variant_id=None,
    distribution_type="queue",
    distribution_id="queue_1",
    return_url="https://shop.example/back?a=1&b=2#c",
)


NASTY = st.text(max_size=20) | st.text("@\\/:?#.%\t\n a[]", max_size=8)


@pytest.mark.parametrize(
    "url",
    [
        "https://shop.example",
        "https://shop.example/",
        "https://SHOP.example/checkout?a=1#top",
        "https://shop.example:443/checkout",
        "https://shop.example?x=//evil.example",
        "https://shop.example/a@b",
        "https://pay.example:8443/",
    ],
)
def test_the_hosts_that_were_named_are_allowed(url):
    assert check_redirect(url, ALLOWED) == url


BAD = {
    "another host": "https://evil.example/",
    "a subdomain": "https://www.shop.example/",
    "a longer name": "https://shop.example.evil.example/",
    "a name that ends alike": "https://evilshop.example/",
    "a trailing dot": "https://shop.example./",
    "another port": "https://shop.example:8443/",
    "the usual port of another": "https://pay.example/",
    "port zero": "https://shop.example:0/",
    "an empty port": "https://shop.example:/",
    "a port that is none": "https://shop.example:44x/",
    "plain http": "http://shop.example/",
    "relative": "/checkout",
    "scheme-relative": "//shop.example/",
    "three slashes": "https:///shop.example/",
    "one slash": "https:/shop.example/",
    "no slashes": "https:shop.example/",
    "no scheme": "shop.example/",
    "a script": "javascript:alert(1)//https://shop.example/",
    "data": "data:text/html,https://shop.example/",
    "ftp": "ftp://shop.example/",
    "userinfo": "https://shop.example@evil.example/",
    "our host as userinfo": "https://evil.example@shop.example/",
    "a password": "https://a:b@shop.example/",
    "a backslash for a slash": "https://evil.example\\@shop.example/",
    "a backslash behind": "https://shop.example\\.evil.example/",
    "a backslash in the path": "https://shop.example/\\evil.example",
    "two backslashes": "\\\\shop.example/",
    "a space in front": " https://shop.example/",
    "a space behind": "https://shop.example/ ",
    "a tab inside": "https://shop\t.example/",
    "a line break": "https://shop.example/\r\nSet-Cookie: a=b",
    "a trailing line break": "https://shop.example/\n",
    "a null byte": "https://shop.example\x00.evil.example/",
    "a delete": "https://shop.example/\x7f",
    "an escaped host": "https://shop%2eexample/",
    "an escaped slash": "https://evil.example%2f@shop.example/",
    "a full-width dot": "https://shop。example/",
    "a cyrillic letter": "https://sh\N{CYRILLIC SMALL LETTER O}p.example/",
    "an IDN host": "https://münchen.example/",
    "punycode that was not named": "https://xn--mnchen-3ya.example/",
    "unicode in the path": "https://shop.example/straße",
    "a soft hyphen": "https://shop\u00ad.example/",
    "another address family": "https://[::ffff:127.0.0.1]/",
    "too long": "https://shop.example/" + "a" * 2_048,
    "nothing": "",
    "loopback in production": "http://localhost:3000/",
    "loopback with TLS that was not named": "https://127.0.0.1/",
}


@pytest.mark.parametrize("url", BAD.values(), ids=BAD)
def test_everything_else_is_refused(url):
    with pytest.raises(RefusedRedirect) as refused:
        check_redirect(url, ALLOWED)
    assert not url or url not in str(refused.value)


@pytest.mark.parametrize("url", ["http://localhost:3000/x", "http://127.0.0.1:3000/"])
def test_development_may_use_plain_http_on_a_loopback_that_was_named(url):
    assert check_redirect(url, ALLOWED, development=True) == url


@pytest.mark.parametrize(
    "url", ["http://localhost:3001/", "http://shop.example/", "http://localhost.evil.example/"]
)
def test_development_allows_no_more_than_that(url):
    with pytest.raises(RefusedRedirect):
        check_redirect(url, ALLOWED, development=True)


@given(NASTY, NASTY)
def test_what_is_allowed_goes_to_that_host_for_other_parsers_too(before, after):
    for url in (f"https://{before}shop.example{after}", f"{before}https://shop.example{after}"):
        try:
            check_redirect(url, ["shop.example"])
        except RefusedRedirect:
            continue
        assert urlsplit(url).hostname == "shop.example"
        assert urlsplit(url).username is None


def test_a_host_is_told_with_its_port_where_that_is_not_the_usual():
    assert host_of("https://Shop.Example:443/{token}") == "shop.example"
    assert host_of("https://shop.example:8443") == "shop.example:8443"
    assert host_of("http://[::1]:80/", development=True) == "[::1]"


def test_named_hosts_may_be_written_in_capitals():
    assert check_redirect("https://shop.example/", ["SHOP.example"])


def test_every_placeholder_takes_its_value_escaped():
    template = "https://shop.example/c/" + "/".join(f"{{{name}}}" for name in PLACEHOLDERS)

    filled = fill_checkout_url(template, VALUES)

    assert filled == (
        "https://shop.example/c/eyJ.a-b_c.d/h%2F1/cons_1/exp_1/prod_1//queue/queue_1/"
        "https%3A%2F%2Fshop.example%2Fback%3Fa%3D1%26b%3D2%23c"
    )


def test_a_template_with_one_placeholder_gets_nothing_else():
    filled = fill_checkout_url("https://shop.example/c?t={token}&t2={token}#x", VALUES)

    assert filled == "https://shop.example/c?t=eyJ.a-b_c.d&t2=eyJ.a-b_c.d#x"


def test_placeholders_count_in_the_fragment_too():
    filled = fill_checkout_url("https://shop.example/#token={token}", VALUES)

    assert filled == "https://shop.example/#token=eyJ.a-b_c.d"


APPENDED = (
    "token=eyJ.a-b_c.d&consumerId=cons_1&productId=prod_1"
    "&distributionType=queue&distributionId=queue_1"
)


@pytest.mark.parametrize(
    ("template", "filled"),
    [
        ("https://shop.example", f"https://shop.example?{APPENDED}"),
        ("https://shop.example/c", f"https://shop.example/c?{APPENDED}"),
        ("https://shop.example/c?a=1", f"https://shop.example/c?a=1&{APPENDED}"),
        ("https://shop.example/c?", f"https://shop.example/c?{APPENDED}"),
        ("https://shop.example/c?a=1&", f"https://shop.example/c?a=1&{APPENDED}"),
        ("https://shop.example/c#top", f"https://shop.example/c?{APPENDED}#top"),
        ("https://shop.example/c?a=%20b#t?p", f"https://shop.example/c?a=%20b&{APPENDED}#t?p"),
    ],
)
def test_without_placeholders_the_usual_five_join_the_query(template, filled):
    assert fill_checkout_url(template, VALUES) == filled


def test_what_is_unknown_is_left_out():
    filled = fill_checkout_url("https://shop.example/", VALUES._replace(product_id=None))

    assert "productId" not in parse_qs(urlsplit(filled).query)


@given(st.text(max_size=50), st.text(max_size=50))
def test_values_stay_inside_their_place_and_come_out_whole(consumer, back):
    template = "https://shop.example/c?who={consumerId}&back={returnUrl}#end"
    values = VALUES._replace(consumer_id=consumer, return_url=back)

    filled = fill_checkout_url(template, values)

    assert check_redirect(filled, ALLOWED) == filled
    assert parse_qsl(urlsplit(filled).query, keep_blank_values=True) == [
        ("who", consumer),
        ("back", back),
    ]


def test_a_value_that_looks_like_a_placeholder_is_only_a_value():
    values = VALUES._replace(consumer_id="{token}")

    assert "eyJ" not in fill_checkout_url("https://shop.example/{consumerId}", values)


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("https://shop.example/{tokn}", r"\{tokn\} is not a placeholder"),
        ("https://shop.example/{}", "is not a placeholder"),
        ("https://{variantId}.example/", "absolute https"),
        ("https://shop.example{variantId}/", "absolute https"),
        ("{returnUrl}", "absolute https"),
        ("http://shop.example/{token}", "https address"),
    ],
)
def test_a_template_that_could_lead_astray_is_refused(template, said):
    with pytest.raises(RefusedRedirect, match=said):
        check_template(template)


def test_a_good_template_passes():
    check_template("https://shop.example/c/{productId}?t={token}&u={returnUrl}")
