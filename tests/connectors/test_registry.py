"""Which platforms there are, and what a connection to each takes."""

import base64

import pytest

from connectors.base import Surroundings
from connectors.registry import (
    check_credentials,
    check_settings,
    credentials_set,
    find_platform,
    open_connector,
    platforms,
)
from integration.kernel.clock import SystemClock
from integration.kernel.errors import NotFound, ValidationFailed
from integration.kernel.outbound import guarded_session

OUTSIDE = Surroundings(http=guarded_session(allow_loopback=False), clock=SystemClock())
SECRET = "whsec_" + "c2VjcmV0" * 4
GOOD = {"url": "https://shop.example"}


@pytest.fixture
def vendure_platform():
    return find_platform("vendure")


def problems(check, *args, **kwargs):
    with pytest.raises(ValidationFailed) as failed:
        check(*args, **kwargs)
    return {detail.field: detail.message for detail in failed.value.details}


def test_the_make_believe_platform_is_offered_to_tests_only():
    assert "vendure" in {platform.name for platform in platforms()}
    assert "fake" not in {platform.name for platform in platforms()}
    assert "fake" in {platform.name for platform in platforms(testing=True)}


@pytest.mark.parametrize("name", ["fake", "base", "registry", "os", "", "../vendure", "Vendure"])
def test_anything_but_a_platform_is_not_found(name):
    with pytest.raises(NotFound) as refused:
        open_connector(name, {}, {}, OUTSIDE)

    assert refused.value.code == "PLATFORM_NOT_FOUND"


@pytest.mark.parametrize("platform", platforms(testing=True), ids=lambda platform: platform.name)
def test_every_platform_declares_its_keys_consistently(platform):
    settings = {key.name for key in platform.settings}
    credentials = {key.name for key in platform.credentials}

    assert platform.required_settings | platform.url_settings <= settings
    assert frozenset().union(*platform.credential_groups) <= credentials
    assert not platform.saved_credentials & credentials
    assert all(key.description for key in platform.settings + platform.credentials)


def test_good_settings_and_credentials_open_a_connector_without_calling_anybody():
    connector = open_connector("vendure", GOOD, {"apiKey": "k"}, OUTSIDE)

    assert connector.ensure_webhooks().by_hand


@pytest.mark.parametrize(
    ("settings", "field"),
    [
        ({}, "settings.url"),
        ({"url": ""}, "settings.url"),
        ({"url": 5}, "settings.url"),
        ({**GOOD, "shop": "x"}, "settings.shop"),
        ({**GOOD, "orderField": ["x"]}, "settings.orderField"),
        ({"url": "http://shop.example"}, "settings.url"),
        ({"url": "https://10.0.0.1"}, "settings.url"),
        ({**GOOD, "storefrontUrl": "javascript:alert(1)"}, "settings.storefrontUrl"),
    ],
)
def test_a_bad_setting_is_named(vendure_platform, settings, field):
    assert field in problems(check_settings, vendure_platform, settings, allow_loopback=False)


def test_development_may_point_at_this_machine(vendure_platform):
    check_settings(vendure_platform, {"url": "http://127.0.0.1:3000"}, allow_loopback=True)


def test_a_storefront_address_may_have_placeholders(vendure_platform):
    settings = {**GOOD, "storefrontUrl": "https://www.shop.example/go/{orderCode}?h={handle}"}

    check_settings(vendure_platform, settings, allow_loopback=False)


@pytest.mark.parametrize(
    "credentials", [{"apiKey": "k"}, {"username": "u", "password": "p", "webhookSecret": SECRET}]
)
def test_one_complete_group_of_credentials_is_enough(vendure_platform, credentials):
    check_credentials(vendure_platform, credentials)


@pytest.mark.parametrize(
    ("credentials", "field"),
    [
        ({}, "credentials"),
        ({"webhookSecret": SECRET}, "credentials"),
        ({"username": "u"}, "credentials"),
        ({"apiKey": ""}, "credentials"),
        ({"apiKey": 5}, "credentials.apiKey"),
        ({"apiKey": "k", "token": "t"}, "credentials.token"),
        ({"apiKey": "k", "sessionToken": "t"}, "credentials.sessionToken"),
    ],
)
def test_bad_credentials_are_named_but_not_repeated(vendure_platform, credentials, field):
    found = problems(check_credentials, vendure_platform, credentials)

    assert field in found


def whsec(size):
    return "whsec_" + base64.b64encode(bytes(range(size))).decode()


@pytest.mark.parametrize("platform", ["medusa", "rest", "vendure"])
@pytest.mark.parametrize("size", [*range(24, 33), *range(59, 65)])
def test_a_secret_of_24_to_64_bytes_signs(platform, size):
    assert "credentials.webhookSecret" not in signs_with(platform, whsec(size))


@pytest.mark.parametrize("platform", ["medusa", "rest", "vendure"])
@pytest.mark.parametrize(
    "secret",
    [
        "x",
        "whsec_",
        "whsec_x",
        "a-text-of-the-merchants-own-that-is-long",
        whsec(23),
        whsec(65),
        whsec(66),
        whsec(32).removeprefix("whsec_"),
        whsec(32).rstrip("="),
        whsec(32) + "\n",
        "whsec_" + "-_-_" * 10,
        "whsec_" + "c2Vj mV0" * 5,
    ],
)
def test_a_secret_that_is_weak_or_not_base64_is_refused_with_how_to_make_one(platform, secret):
    said = signs_with(platform, secret)["credentials.webhookSecret"]

    assert "openssl rand -base64 32" in said


def test_a_connection_made_with_another_secret_still_opens():
    assert open_connector("rest", GOOD, {"webhookSecret": "before there was a form"}, OUTSIDE)


def signs_with(platform, secret):
    """Return what is wrong with a connection that is given this secret."""
    found = find_platform(platform)
    given = dict.fromkeys(*found.credential_groups[:1], "k") | {"webhookSecret": secret}
    try:
        check_credentials(found, given)
    except ValidationFailed as failed:
        return {detail.field: detail.message for detail in failed.details}
    return {}


def test_what_the_connector_saved_itself_is_accepted_when_opening():
    credentials = {"username": "u", "password": "p", "sessionToken": "t"}

    assert open_connector("vendure", GOOD, credentials, OUTSIDE)


def test_an_answer_says_which_credentials_are_set_and_nothing_else(vendure_platform):
    found = credentials_set(vendure_platform, {"apiKey": "secret", "sessionToken": "t"})

    assert found == {"apiKey": True, "username": False, "password": False, "webhookSecret": False}
