"""Whoever comes, buys, leaves, in whatever order: no unit is had twice, none is lost."""

from hypothesis import given
from hypothesis import strategies as st

from integration.services import admitting
from tests.api.admitted import books, run_out
from tests.support.chance import AT_RANDOM
from tests.support.launches import make_guest, make_launch

PEOPLE, STOCK, LIMIT = 4, 5, 2
DEEDS = st.lists(
    st.tuples(
        st.integers(0, PEOPLE - 1),
        st.sampled_from(["enter", "enter", "enter", "complete", "complete", "leave", "expire"]),
    ),
    max_size=30,
)


class Model:
    """Who holds a unit, and who has bought how many."""

    def __init__(self) -> None:
        self.holds: set[int] = set()
        self.bought = [0] * PEOPLE
        self.came: set[int] = set()

    def enter(self, who: int) -> int:
        if who in self.holds or self.bought[who] == LIMIT:
            return 200
        if sum(self.bought) == STOCK:
            return 409
        if len(self.holds) + sum(self.bought) == STOCK:
            return 429
        self.holds.add(who)
        self.came.add(who)
        return 201

    def leave(self, who: int) -> int:
        self.holds.discard(who)
        return 200 if who in self.came else 404

    def complete(self, who: int) -> bool:
        """Tell whether there was a live admission to complete."""
        if who not in self.holds:
            return False
        self.holds.remove(who)
        self.bought[who] += 1
        return True

    def expire(self, _who: int) -> None:
        self.holds.clear()


@AT_RANDOM
@given(deeds=DEEDS)
def test_a_release_does_what_the_model_does(client, rt, merchant, deeds):
    rules = {"perConsumerLimit": LIMIT}
    launch = make_launch(
        rt, merchant, kind="timed_release", inventory_bound=True, stock=STOCK, rules=rules
    )
    guests, model = [make_guest(client, merchant) for _ in range(PEOPLE)], Model()
    path = f"/api/v1/timed-releases/{launch.queue_id}"

    for place, (who, deed) in enumerate(deeds):
        expected = getattr(model, deed)(who)
        if deed == "expire":
            run_out(rt, launch)
            admitting.expire_due(rt)
        elif deed == "complete":
            if expected:
                body = {
                    "consumerId": guests[who].consumer_id,
                    "orderId": f"{launch.queue_id}{place}",
                }
                answer = client.post(f"{path}/complete", json=body, headers=merchant.server)
                assert answer.status_code == 200, answer.text
        else:
            answer = client.post(f"{path}/{deed}", headers=guests[who].headers)
            assert answer.status_code == expected, (place, answer.text)

    found = books(rt, launch)
    assert (found.held, found.sold) == (len(model.holds), sum(model.bought))
    assert found.waiting == 0
