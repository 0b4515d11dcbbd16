"""Which addresses are the public Internet's, in whatever form they are written."""

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integration.kernel.addresses import acceptable
from integration.kernel.errors import ValidationFailed
from integration.kernel.outbound import check_url

PUBLIC = ["8.8.8.8", "1.1.1.1", "93.184.216.34", "2606:4700::1111", "2a00:1450:4001::1"]
PRIVATE = [
    "0.0.0.0",
    "10.1.2.3",
    "100.64.0.1",
    "100.100.100.200",
    "169.254.169.254",
    "168.63.129.16",
    "172.16.0.1",
    "192.0.0.1",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.1.1",
    "198.18.0.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::ffff:127.0.0.1",
    "::ffff:8.8.8.8",
    "::7f00:1",
    "64:ff9b::a00:1",
    "64:ff9b:1::1",
    "2001:0:1::1",
    "2001:db8::1",
    "2002:7f00:1::",
    "3fff::1",
    "fd00:ec2::254",
    "fe80::1",
    "fec0::1",
    "ff02::1",
]
LOOPBACK = ["127.0.0.1", "127.8.9.1", "::1"]


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_are_acceptable(address):
    assert acceptable(address, allow_loopback=False)


@pytest.mark.parametrize("address", PRIVATE)
def test_other_addresses_are_refused_even_in_development(address):
    assert not acceptable(address, allow_loopback=False)
    assert not acceptable(address, allow_loopback=True)


@pytest.mark.parametrize("address", LOOPBACK)
def test_our_own_machine_is_open_to_development_only(address):
    assert not acceptable(address, allow_loopback=False)
    assert acceptable(address, allow_loopback=True)


@given(st.ip_addresses(v=4))
def test_no_ipv4_address_is_let_through_in_an_ipv6_disguise(inner):
    for disguise in (f"::ffff:{inner}", f"::{inner}", f"64:ff9b::{inner}"):
        assert not acceptable(disguise, allow_loopback=False)
    sixtofour = ipaddress.IPv6Address((0x2002 << 112) | int(inner) << 80)
    assert not acceptable(str(sixtofour), allow_loopback=False)


@pytest.mark.parametrize(
    "url",
    [
        "http://shop.example/",
        "ftp://shop.example/",
        "file:///etc/passwd",
        "//shop.example/",
        "shop.example",
        "",
        "https://",
        "https:///path",
        "https://user:pass@shop.example/",
        "https://user@shop.example/",
        "https://shop.example:0/",
        "https://shop.example:99999/",
        "https://shop.example:x/",
        "https://[::1",
        "https://[fe80::1%25eth0]/",
        "https://sh\u00f6p.example/",
        "https://shop.example/a b",
        "https://shop.example\\@evil.example/",
        "https://shop.example/\r\nHost: evil",
        "https://localhost/",
        "https://LOCALHOST:8080/",
        "https://localhost./",
        "https://a.localhost/",
        "https://127.0.0.1/",
        "https://127.1/",
        "https://0x7f.1/",
        "https://2130706433/",
        "https://0177.0.0.1/",
        "https://[::1]/",
        "https://[::ffff:10.0.0.1]/",
        "https://10.0.0.1/",
        "https://169.254.169.254/latest/meta-data/",
    ],
)
def test_a_target_that_would_be_refused_is_refused_at_registration(url):
    with pytest.raises(ValidationFailed) as refused:
        check_url(url, allow_loopback=False, field="settings.url")

    assert refused.value.details[0].field == "settings.url"
    assert refused.value.details[0].message


@pytest.mark.parametrize(
    "url",
    ["https://shop.example", "https://shop.example:8443/hooks?a=b", "https://xn--shp-tna.example/"],
)
def test_a_good_target_passes_registration_though_nobody_resolves_it(url):
    check_url(url, allow_loopback=False)


@pytest.mark.parametrize(
    "url", ["http://localhost:8000/x", "http://127.0.0.1:1", "http://[::1]:9", "http://a.example"]
)
def test_development_registers_loopback_and_plain_http(url):
    check_url(url, allow_loopback=True)


@pytest.mark.parametrize("url", ["http://10.0.0.1/", "http://169.254.169.254/", "ftp://localhost"])
def test_development_opens_nothing_else(url):
    with pytest.raises(ValidationFailed):
        check_url(url, allow_loopback=True)
