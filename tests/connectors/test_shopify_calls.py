"""How Shopify is asked: with tokens that end, points that run out, and permissions."""

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from connectors.base import ConnectorError, NeedsReconnect, PlatformBusy, Unmetered
from connectors.shopify import arrangements
from connectors.shopify.webhooks import TOPICS
from integration.kernel.clock import SystemClock
from tests.connectors.loopback import plain, serve
from tests.connectors.standin_shopify import CALLBACK, ShopifyUnderTest
from tests.support.shopify.standin import running_stand_in


@pytest.fixture
def stack():
    with ExitStack() as made:
        yield made


@pytest.fixture
def shop(stack):
    stand_in = stack.enter_context(running_stand_in())
    stand_in.bucket.set(maximum=50_000, per_second=50_000)
    return ShopifyUnderTest(stand_in, stack)


class Kept:
    """Credentials as a connection keeps them, for as many workers as there are."""

    def __init__(self, shop, **given):
        self.now = {
            "accessToken": "shpat_first",
            "refreshToken": "shprt_first",
            "clientId": shop.shop.desk.client_id,
            **given,
        }
        self.saved: list[dict[str, str]] = []
        self._shop, self._lock = shop, threading.Lock()

    def connector(self):
        outside = {
            "save_credentials": self._save,
            "read_credentials": lambda: dict(self.now),
            "alone": self._alone,
        }
        return self._shop.connector(outside=outside, **self.now)

    def _save(self, changed):
        self.saved.append(dict(changed))
        self.now.update(changed)

    @contextmanager
    def _alone(self):
        with self._lock:
            yield


def soon(**delta) -> str:
    return (SystemClock().now() + timedelta(**delta)).isoformat()


def test_a_token_that_ended_is_renewed_and_the_call_repeated(shop):
    kept = Kept(shop)
    shop.shop.desk.expire()

    assert kept.connector().verify().good

    [pair] = kept.saved
    assert shop.shop.desk.knows(pair["accessToken"])
    assert pair["refreshToken"] in shop.shop.desk.refresh
    assert pair["accessTokenExpiresAt"] > soon(minutes=50)


def test_a_token_is_renewed_some_minutes_early(shop):
    early = Kept(shop, accessTokenExpiresAt=soon(minutes=4))
    timely = Kept(shop, accessTokenExpiresAt=soon(minutes=6))

    for kept in (timely, early):
        kept.connector().verify()

    assert [len(kept.saved) for kept in (timely, early)] == [0, 1]


def test_many_workers_renew_a_token_once(shop):
    kept = Kept(shop)
    connectors = [kept.connector() for _ in range(8)]
    shop.shop.desk.expire()

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda each: each.verify().good, connectors))

    assert found == [True] * 8
    assert shop.shop.desk.handed_out == 1


def test_an_answer_that_got_lost_costs_no_access(shop):
    """The refresh token before stays good until the one that replaced it is used."""
    kept = Kept(shop)
    shop.shop.desk.expire()
    faults = iter([None, "lost"])
    shop.shop.fault = lambda: next(faults, None)

    with pytest.raises(PlatformBusy):
        kept.connector().verify()

    assert kept.connector().verify().good


@pytest.mark.parametrize("refresh", ["", "shprt_revoked"])
def test_a_token_that_cannot_be_renewed_needs_the_merchant(shop, refresh):
    shop.shop.desk.expire()
    kept = Kept(shop, refreshToken=refresh)

    with pytest.raises(NeedsReconnect):
        kept.connector().verify()

    assert kept.saved == []


def test_a_connection_without_a_token_asks_for_the_installation(shop):
    with pytest.raises(NeedsReconnect, match="Install the app"):
        shop.connector(apiKey="").verify()


class Points(Unmetered):
    """A bucket that remembers what it was told."""

    def __init__(self, wait=0.0):
        self.wait, self.taken, self.told, self.rests = wait, [], [], []

    def take(self, cost=1):
        self.taken.append(cost)
        return self.wait

    def learn(self, **told):
        self.told.append(told)

    def rest(self, seconds):
        self.rests.append(seconds)


def test_points_are_taken_before_a_call_and_learned_after_it(shop):
    points = Points()

    shop.connector(outside={"bucket": points}).verify()

    [told] = points.told
    assert points.taken == [arrangements.VERIFY.cost]
    assert (told["maximum"], told["per_second"]) == (50_000, 50_000)
    assert 0 <= told["refund"] < arrangements.VERIFY.cost


def test_nothing_is_asked_while_the_points_do_not_suffice(shop):
    with pytest.raises(PlatformBusy) as busy:
        shop.connector(outside={"bucket": Points(wait=3.5)}).list_products(None, None)

    assert busy.value.retry_after == 3.5
    assert shop.shop.asked == []


def test_a_throttled_call_waits_for_what_it_lacks(shop):
    shop.shop.bucket.set(maximum=1000, per_second=1)
    shop.shop.bucket.take(1000)
    points = Points()

    with pytest.raises(PlatformBusy) as busy:
        shop.connector(outside={"bucket": points}).list_customers(None, None)

    assert shop.shop.bucket.throttled == 1
    assert 0 < busy.value.retry_after <= 20
    assert points.told[-1]["maximum"] == 1000


def test_a_429_lets_every_worker_rest(shop, stack):
    points = Points()
    answer = plain(b"", 429, Retry_After="9")
    port = stack.enter_context(serve(answer)).port

    with pytest.raises(PlatformBusy):
        shop.connector(port=port, outside={"bucket": points}).verify()

    assert points.rests == [9]


@pytest.mark.parametrize("fault", ["error", "drop", "lost", "throttled", "busy"])
def test_a_passing_fault_is_to_be_tried_again(shop, fault):
    shop.shop.fault = lambda: fault

    with pytest.raises(PlatformBusy) as busy:
        shop.connector().verify()

    assert busy.value.retry_after > 0


@pytest.mark.parametrize(
    ("status", "says"), [(402, "frozen"), (423, "frozen"), (404, "no shop"), (400, "not JSON")]
)
def test_a_shop_that_is_gone_or_closed_says_so(shop, stack, status, says):
    port = stack.enter_context(serve(plain(b"", status))).port

    with pytest.raises(ConnectorError, match=says):
        shop.connector(port=port).verify()


@pytest.mark.parametrize("body", [b"[]", b"{}", b'{"data": null}', b'{"data": {"shop": 1}}', b"<"])
def test_an_answer_of_no_use_is_an_error_of_the_platform(shop, stack, body):
    port = stack.enter_context(serve(plain(body))).port

    with pytest.raises(ConnectorError):
        shop.connector(port=port).verify()


def test_what_the_app_may_not_do_is_told_by_name(shop):
    shop.shop.resolving.scopes = ["read_products", "write_orders"]

    found = shop.connector(settings={"discountPercent": "10"}).verify()

    assert found.missing_scopes == ("read_customers", "write_discounts")
    with pytest.raises(NeedsReconnect, match="permission"):
        shop.connector().list_customers(None, None)


@pytest.mark.parametrize(
    ("answered", "said"), [("2026-04", "2026-04"), ("<b>2026</b>", "an unknown version")]
)
def test_an_answer_of_an_older_version_is_a_problem(shop, answered, said):
    shop.shop.answers_as = answered

    [problem] = shop.connector().verify().problems

    assert said in problem
    assert "2026-07 or later" in problem


@pytest.mark.parametrize("answered", ["2026-07", "2027-01"])
def test_an_answer_of_another_version_that_serves_is_only_logged(shop, answered):
    shop.shop.answers_as = answered

    with capture_logs() as lines:
        assert shop.connector().verify().good

    assert [(line["event"], line["answered"]) for line in lines] == [("shopify_version", answered)]


def test_a_token_of_another_shop_is_a_problem(shop):
    shop.shop.resolving.domain = "other.myshopify.com"

    assert shop.connector().verify().problems == ("The token belongs to another shop.",)


@pytest.mark.parametrize(
    "name",
    [
        "evil.com/a.myshopify.com",
        "a.myshopify.com.evil.com",
        "a.myshopify.com/",
        "-a.myshopify.com",
        "user@a.myshopify.com",
        "a.myshopify.com\n",
        "a_b.myshopify.com",
        "",
    ],
)
def test_a_shop_is_named_by_its_own_domain_alone(shop, name):
    with pytest.raises(ConnectorError, match=r"example\.myshopify\.com"):
        shop.connector(settings={"shop": name})


def test_subscriptions_that_shopify_dropped_are_made_again(shop):
    connector = shop.connector()
    connector.ensure_webhooks()
    made = shop.shop.resolving.subscriptions
    del made[2:5]
    made[0]["uri"] = "https://somewhere.else/hook"

    setup = connector.ensure_webhooks()

    ours = [each["topic"] for each in made if each["uri"] == CALLBACK]
    assert sorted(ours) == sorted(TOPICS) == sorted(setup.topics)
    assert "customers/redact" in setup.by_hand
