"""The same runs over a real shop."""

from decimal import Decimal

import pytest

from integration.kernel.ids import new_id
from integration.store import rows
from integration.store.models import Connection, Consumer
from integration.store.shops import seal_credentials
from tests.jobs.support import products_of, sync
from tests.support.vendure.fixtures import vendure
from tests.support.vendure.shop import PASSWORD

__all__ = ["vendure"]

pytestmark = pytest.mark.slow


@pytest.fixture
def connection_id(rt, merchant, vendure) -> str:
    """The merchant's connection to that shop."""
    made = new_id("conn")
    credentials = {"username": "root", "password": PASSWORD}
    with rt.transaction() as tx:
        tx.session.add(
            Connection(
                id=made,
                platform="vendure",
                name="Shop",
                settings={"url": vendure.url},
                credentials=seal_credentials(rt.vault, credentials),
                state="active",
                **merchant.tenant._asdict(),
            )
        )
    return made


def test_products_and_their_changes_arrive_exactly(rt, merchant, vendure, connection_id):
    made = vendure.add_product("SYNC-1", name="Poster", price=1995)

    first = sync(rt, merchant, connection_id)
    poster = products_of(rt, merchant)["SYNC-1"]
    vendure.change_variant(made["variant"], price=2005, stockOnHand=7)
    second = sync(rt, merchant, connection_id)

    changed = products_of(rt, merchant)["SYNC-1"]
    sneaker = products_of(rt, merchant)["SNKR-42"]
    assert (first.status, first.failed, first.failures) == ("completed", 0, [])
    assert (poster.name, poster.price) == ("Poster", Decimal("19.95"))
    assert (poster.external_id, poster.sync_source) == (made["product"], connection_id)
    assert poster.variants[0].external_id == made["variant"]
    assert (second.status, second.created) == ("completed", 0)
    assert (changed.id, changed.variants[0].price) == (poster.id, Decimal("20.05"))
    assert changed.variants[0].inventory == 7
    assert {variant.sku for variant in sneaker.variants} >= {"SNKR-42", "SNKR-43"}


def test_customers_arrive_once(rt, merchant, vendure, connection_id):
    email = f"{new_id('ada').lower()}@shop.example"
    vendure.add_customer(email)

    first = sync(rt, merchant, connection_id, "customers")
    again = sync(rt, merchant, connection_id, "customers", full=True)

    with rt.transaction() as tx:
        people = tx.session.scalars(rows.of(Consumer, merchant.tenant)).all()
    assert (first.status, first.failed) == ("completed", 0)
    assert (again.created, again.updated) == (0, 0)
    [ada] = [person for person in people if person.email == email]
    assert ada.full_name == "Ada Byron"
