"""Somebody's place by the record alone."""

import pytest
from sqlalchemy.orm import Session

from integration.kernel.tenant import Tenant
from integration.store.line.waiting import place_of
from tests.store.stage import TENANT

PATIENT = 30.0


@pytest.fixture
def database(engine):
    with Session(engine) as session:
        yield session


def test_the_place_counts_those_who_still_wait_before(stage, committer, database):
    line, other = stage.line(), stage.line()
    people = stage.people(4)
    for person in people:
        committer.enter(person.asks(other), PATIENT)
        entered = committer.enter(person.asks(line), PATIENT)
    stage.leave(line, people[1:2])

    standing = place_of(database, TENANT, line, people[3].consumer_id)

    assert standing == (entered.participation_id, 4, "QUEUED", entered.entered_at, 2)


def test_who_waits_no_more_has_an_entry_and_no_place(stage, committer, database):
    line = stage.line()
    (person,) = stage.people(1)
    committer.enter(person.asks(line), PATIENT)
    stage.leave(line, [person], state="ADMITTED")

    standing = place_of(database, TENANT, line, person.consumer_id)

    assert (standing.state, standing.ahead) == ("ADMITTED", None)


def test_the_latest_entry_is_the_one_that_counts(stage, committer, database):
    line = stage.line()
    (person,) = stage.people(1)
    committer.enter(person.asks(line), PATIENT)
    stage.leave(line, [person])
    committer.enter(person.asks(line), PATIENT)

    standing = place_of(database, TENANT, line, person.consumer_id)

    assert (standing.number, standing.state, standing.ahead) == (2, "QUEUED", 0)


def test_nobody_sees_another_organizations_line(stage, committer, database):
    line = stage.line()
    (person,) = stage.people(1)
    committer.enter(person.asks(line), PATIENT)

    for tenant in (Tenant("org_b", "live"), TENANT._replace(mode="test")):
        assert place_of(database, tenant, line, person.consumer_id) is None
    assert place_of(database, TENANT, line, "cons_nobody") is None
