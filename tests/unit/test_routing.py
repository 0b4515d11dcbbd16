from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integration.engine.kinds import DistributionType
from integration.engine.routing import (
    GateKind,
    Offered,
    Outcome,
    Path,
    Route,
    Visitor,
    offers,
    route,
)
from integration.engine.windows import DistributionState, Window

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
ACTIVE, PAUSED, ENDED = DistributionState
LOGIN, CODE, CHECK = GateKind
NOBODY, KNOWN = Visitor(), Visitor(authenticated=True)
CHECKED = Visitor(authenticated=True, checked=True)

VIP = Path("vip", 10, code_missing=True)
MEMBERS = Path("members", 5, requires_authentication=True)
PUBLIC = Path("public", 0)


@pytest.mark.parametrize(
    ("paths", "visitor", "answer"),
    [
        ([], NOBODY, Route(Outcome.NO_ACCESS)),
        ([PUBLIC], NOBODY, Route(Outcome.ROUTED, "public")),
        ([PUBLIC, MEMBERS], NOBODY, Route(Outcome.ROUTED, "public")),
        ([PUBLIC, MEMBERS], KNOWN, Route(Outcome.ROUTED, "members")),
        ([MEMBERS], NOBODY, Route(Outcome.GATED, "members", (LOGIN,))),
        # A code that was not given is no reason to keep others from logging in.
        ([VIP, MEMBERS], NOBODY, Route(Outcome.GATED, "members", (LOGIN,))),
        ([VIP, MEMBERS], KNOWN, Route(Outcome.ROUTED, "members")),
        ([VIP._replace(code_missing=False), PUBLIC], NOBODY, Route(Outcome.ROUTED, "vip")),
        # Where only a code would help, one is asked for it.
        ([VIP], KNOWN, Route(Outcome.GATED, "vip", (CODE,))),
        (
            [VIP._replace(requires_authentication=True, requires_check=True)],
            NOBODY,
            Route(Outcome.GATED, "vip", (LOGIN, CODE, CHECK)),
        ),
        ([PUBLIC._replace(requires_check=True)], KNOWN, Route(Outcome.GATED, "public", (CHECK,))),
        ([PUBLIC._replace(requires_check=True)], CHECKED, Route(Outcome.ROUTED, "public")),
        # Somebody whom the audience excludes is led past it, or nowhere.
        ([PUBLIC._replace(included=False)], KNOWN, Route(Outcome.NO_ACCESS)),
        ([VIP._replace(included=False)], KNOWN, Route(Outcome.NO_ACCESS)),
        ([MEMBERS._replace(included=False), PUBLIC], KNOWN, Route(Outcome.ROUTED, "public")),
        ([MEMBERS._replace(included=False)], KNOWN, Route(Outcome.NO_ACCESS)),
        # Whoever is not known yet may be in it: login first.
        ([MEMBERS._replace(included=False)], NOBODY, Route(Outcome.GATED, "members", (LOGIN,))),
    ],
)
def test_where_a_visitor_goes(paths, visitor, answer):
    assert route(paths, visitor) == answer


def test_of_equal_priorities_the_first_given_is_tried_first():
    paths = [PUBLIC._replace(sequence_id=name) for name in ("first", "second")]

    assert route(paths, NOBODY).sequence_id == "first"


PATHS = st.lists(
    st.builds(
        Path,
        sequence_id=st.just(""),
        priority=st.integers(-2, 2),
        included=st.booleans(),
        code_missing=st.booleans(),
        requires_authentication=st.booleans(),
        requires_check=st.booleans(),
    ),
    max_size=6,
).map(lambda paths: [path._replace(sequence_id=str(at)) for at, path in enumerate(paths)])


def model(paths, visitor):
    """The contract's paragraph, as three questions to each path from the top."""

    def gates(path):
        found = [LOGIN] if path.requires_authentication and not visitor.authenticated else []
        found += [CODE] if path.code_missing else []
        return found + ([CHECK] if path.requires_check and not visitor.checked else [])

    top = sorted(paths, key=lambda path: (-path.priority, int(path.sequence_id)))
    theirs = [path for path in top if path.included or LOGIN in gates(path)]
    for question in (lambda found: not found, lambda found: CODE not in found, lambda _: True):
        for path in theirs:
            if question(gates(path)):
                found = gates(path)
                outcome = Outcome.GATED if found else Outcome.ROUTED
                return Route(outcome, path.sequence_id, tuple(found))
    return Route(Outcome.NO_ACCESS)


@given(PATHS, st.builds(Visitor, st.booleans(), st.booleans()))
def test_any_paths_lead_where_the_contract_says(paths, visitor):
    assert route(paths, visitor) == model(paths, visitor)


@given(PATHS)
def test_passing_the_gates_that_were_shown_leads_in_or_shows_no_new_ones(paths):
    asked = route(paths, NOBODY)
    if asked.outcome is not Outcome.GATED or CODE in asked.gates:
        return

    again = route(paths, Visitor(LOGIN in asked.gates, CHECK in asked.gates))

    theirs = next(path for path in paths if path.sequence_id == asked.sequence_id)
    assert not theirs.included or again.outcome is Outcome.ROUTED


@given(PATHS)
def test_a_wrong_audience_and_a_missing_sequence_read_alike(paths):
    excluded = [path for path in paths if not path.included]
    rest = [path for path in paths if path.included]

    assert route(rest, CHECKED) == route(rest + excluded, CHECKED)


def offered(name, window, kind=DistributionType.QUEUE):
    return Offered(name, kind, window)


LIST = offered("list", Window(ACTIVE), DistributionType.WAITLIST)


def named(distributions):
    return [each.id for each in offers(distributions, NOW)]


def test_the_journey_shows_what_is_open_and_else_what_opens_next():
    later = offered("later", Window(ACTIVE, NOW + 2 * HOUR))
    soon = offered("soon", Window(ACTIVE, NOW + HOUR))
    open_ = offered("open", Window(ACTIVE, NOW), DistributionType.DRAW)
    over = offered("over", Window(ACTIVE, close_at=NOW))

    assert named([later, over, open_, soon]) == ["open", "soon", "later"]
    assert named([later, over, soon]) == ["soon", "later"]
    assert named([over, offered("ended", Window(ENDED))]) == []


def test_what_is_open_comes_before_a_lobby_and_a_lobby_before_the_rest():
    lobby = offered("lobby", Window(ACTIVE, NOW + HOUR, lobby_opens_at=NOW))
    open_ = offered("open", Window(PAUSED))
    soon = offered("soon", Window(ACTIVE, NOW + HOUR / 2))

    assert named([soon, lobby, open_]) == ["open", "lobby", "soon"]


def test_a_waitlist_is_offered_until_there_is_something_to_enter():
    soon = offered("soon", Window(ACTIVE, NOW + HOUR))
    open_ = offered("open", Window(ACTIVE, NOW))

    assert named([LIST, soon]) == ["list", "soon"]
    assert named([LIST]) == ["list"]
    assert named([LIST, soon, open_]) == ["open", "soon"]
