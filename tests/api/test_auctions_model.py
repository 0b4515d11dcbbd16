"""Random bidding beside a model of a dozen lines: the rows never differ from it."""

from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from integration.engine.auction_terms import bid_rules
from integration.engine.bidding import Bid, BidTooLow, highest_first, place
from integration.engine.kinds.auction import settle as choose
from tests.api.admitted import books
from tests.support.auctions import bid, deny, fates, make_auction, rules_of, settle, show, status
from tests.support.launches import Launch, make_guest

PEOPLE = 4
WHO = st.integers(0, PEOPLE - 1)
AMOUNTS = st.integers(90, 160)
BIDS = st.tuples(st.just("bid"), WHO, AMOUNTS, st.none() | st.integers(0, 60))
AGAIN = st.tuples(st.just("again"), WHO, st.just(0), st.none())
DENIALS = st.tuples(st.just("deny"), WHO, st.just(0), st.none())
COMMANDS = st.lists(BIDS | BIDS | BIDS | AGAIN | DENIALS, max_size=14)
RULES = st.fixed_dictionaries(
    {
        "winnerCount": st.integers(1, 2),
        "reservePrice": st.none() | st.integers(100, 150).map(str),
    }
)


class Model:
    """An auction by itself: everybody's standing, and who was turned away."""

    def __init__(self, rules):
        self.rules, self.standings, self.denied, self.count = rules, {}, set(), 0

    def ranked(self):
        live = [s for who, s in self.standings.items() if who not in self.denied]
        return sorted(live, key=highest_first)

    def bid(self, who, amount, ceiling):
        if who in self.denied:
            return 200
        leaders = self.ranked()[: self.rules.winner_count]
        offer = Bid(who, Decimal(amount), Decimal(ceiling or amount), self.count + 1)
        try:
            accepted = place(self.rules, leaders, offer)
        except BidTooLow:
            return 400
        self.count += 1
        self.standings |= {each.bidder: each for each in accepted.changed}
        return 201

    def deny(self, who):
        if who in self.standings:
            self.denied.add(who)

    def fate(self, who, winners):
        if who in self.denied:
            return ("DENIED", "LOST")
        return ("QUEUED", "WINNING" if who in winners else "OUTBID")


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(commands=COMMANDS, rules=RULES)
def test_the_rows_are_what_the_model_says(client, rt, merchant, commands, rules):
    auction = make_auction(rt, merchant, rules=rules)
    people = [make_guest(client, merchant) for _ in range(PEOPLE)]
    model, last = Model(bid_rules(rules_of(rt, auction))), {}

    for verb, who, amount, more in commands:
        if verb == "deny":
            deny(client, merchant, auction, people[who])
            model.deny(who)
            continue
        offer = last.get(who, (100, None)) if verb == "again" else (amount, more)
        last[who] = offer
        most = None if offer[1] is None else offer[0] + offer[1]
        answer = bid(client, auction, people[who], str(offer[0]), most)
        assert answer.status_code == model.bid(who, offer[0], most), answer.json

    leaders = {each.bidder for each in model.ranked()[: rules["winnerCount"]]}
    entered = sorted(model.standings)
    found = dict(zip(entered, fates(client, auction, [people[w] for w in entered]), strict=True))
    assert found == {who: model.fate(who, leaders) for who in entered}
    said = show(client, auction, merchant).json
    high = model.ranked()[0].amount if model.ranked() else None
    assert said["bidCount"] == model.count
    assert said["currentHighBid"] == (None if high is None else f"{high:.2f}")
    settles_like(client, rt, auction, people, model)
    books(rt, Launch(auction, "", "", ""))


def settles_like(client, rt, auction, people, model):
    won, runners_up = choose(model.rules, model.ranked())

    settle(rt, auction)

    paid = {}
    for who in model.standings:
        said = status(client, auction, people[who]).json
        if said["outcome"] == "WON":
            paid[who] = said["winningBidAmount"]
    assert paid == {each.bidder: f"{each.amount:.2f}" for each in won}
    waiting = [who for who in model.standings if outcome(client, auction, people[who]) == "OUTBID"]
    assert sorted(waiting) == sorted(each.bidder for each in runners_up)


def outcome(client, auction, guest):
    return status(client, auction, guest).json["outcome"]
