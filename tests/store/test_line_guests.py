"""Guests are made in groups too (D4)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from integration.kernel.errors import RateLimited, ServiceUnavailable
from integration.kernel.ids import new_id
from integration.kernel.tenant import Tenant
from integration.store.limits import Taken
from integration.store.line.guests import Guest, GuestMaker
from tests.store.silence import frozen_port
from tests.store.stage import TENANT, unlimited

PATIENT = 30.0
DAYS = timedelta(days=30)


def somebody(tenant: Tenant = TENANT) -> Guest:
    consumer = new_id("cons")
    return Guest(tenant, consumer, new_id("sess"), consumer.encode())


@pytest.fixture
def maker(stage):
    made = GuestMaker(stage.url, unlimited, DAYS)
    yield made
    made.close()


def test_a_guest_is_a_consumer_with_a_session_and_the_first_token_of_its_chain(stage, maker):
    guest = somebody()

    made = maker.make(guest, PATIENT)

    ((consumer, session, kind, ends, token, token_ends),) = stage.run(
        "SELECT c.id, s.id, s.type, s.expires_at, t.hash, t.expires_at FROM consumer c"
        " JOIN session s ON s.consumer_id = c.id JOIN refresh_token t ON t.session_id = s.id"
    )
    assert (consumer, session, token) == (guest.consumer_id, guest.session_id, guest.token_hash)
    assert (kind, ends, token_ends) == ("guest", made.expires_at, made.expires_at)
    assert abs(made.expires_at - stage.one("SELECT now()") - DAYS) < timedelta(minutes=1)


def test_guests_of_many_threads_are_all_there(stage, maker):
    guests = [somebody() for _ in range(500)]

    with ThreadPoolExecutor(32) as pool:
        list(pool.map(lambda guest: maker.make(guest, PATIENT), guests))

    kept = {name for (name,) in stage.run("SELECT id FROM consumer")}
    assert kept == {guest.consumer_id for guest in guests}


def test_a_batch_that_is_sent_again_after_a_lost_answer_changes_nothing(stage, maker):
    guests = [somebody(), somebody()]
    maker._run(guests, lambda: None)

    maker._run(guests, lambda: None)

    assert stage.one("SELECT count(*) FROM refresh_token") == 2


def test_guests_beyond_the_limit_are_refused_and_not_made(stage):
    maker = GuestMaker(stage.url, lambda *_: Taken(1, 10, 0, 0, 5), DAYS)

    made, refused = maker._run([somebody(), somebody()], lambda: None)

    assert made.taken.limit == 10
    assert isinstance(refused, RateLimited)
    assert stage.one("SELECT count(*) FROM consumer") == 1
    maker.close()


def test_when_all_are_beyond_the_limit_the_database_is_not_asked():
    maker = GuestMaker("postgresql://nowhere.invalid/x", lambda *_: Taken(0, 10, 0, 0, 5), DAYS)

    with pytest.raises(RateLimited):
        maker.make(somebody(), PATIENT)

    maker.close()


def test_a_frozen_database_is_a_503():
    with frozen_port() as port:
        maker = GuestMaker(f"postgresql://x@127.0.0.1:{port}/x", unlimited, DAYS)

        with pytest.raises(ServiceUnavailable):
            maker.make(somebody())

        maker.close()
