"""What the clock mends: holes, fences that were left, lines that were lost (D5)."""

import pytest

from integration.store.line.committer import Committer
from integration.store.line.epochs import Epochs, Waiting, keys
from integration.store.line.mender import FENCE_MS, STUCK_MS, Mended, Mender
from tests.store.stage import Person, unlimited

PATIENT = 30.0


@pytest.fixture
def unheard(stage) -> Committer:
    """A committer that dies each time between its commit and telling the line."""
    made = Committer(stage.url, None, unlimited)
    yield made
    made.close()


def enter(committer: Committer, line: str, people: list[Person]) -> None:
    """Enter as one batch, and tell the line."""
    asks = [person.asks(line) for person in people]
    committer._put(list(zip(asks, committer._run(asks, lambda: None), strict=True)))


def die_entering(unheard: Committer, line: str, people: list[Person]) -> None:
    unheard._run([person.asks(line) for person in people], lambda: None)


def known(epochs: Epochs, line: str, people: list[Person]) -> list[tuple[int, int] | None]:
    places = [epochs.read(line, person.consumer_id) for person in people]
    return [place and place[:2] for place in places]


def wait_by_its_clock(mender: Mender, line: str, milliseconds: int) -> None:
    """Let the doubts and fences about this line grow older than the mender's patience."""
    doubt = mender._doubts.get(line)
    if doubt:
        mender._doubts[line] = doubt._replace(since=doubt.since - milliseconds)
    client, (fence,) = mender._epochs.valkey.client, keys(line, "fence")
    for member, stamp in client.zrange(fence, 0, -1, withscores=True):
        client.zadd(fence, {member: stamp - milliseconds})


def test_a_line_without_an_epoch_is_built_from_the_record(stage, epochs, mender, unheard):
    line = stage.line()
    people = stage.people(5)
    die_entering(unheard, line, people)
    stage.leave(line, people[1:2])

    assert mender.mend(line) is Mended.REBUILT

    assert known(epochs, line, people) == [(1, 0), None, (3, 1), (4, 2), (5, 3)]
    assert mender.mend(line) is Mended.NOTHING


def test_places_come_back_after_a_wipe_with_their_numbers(stage, epochs, mender, committer, valkey):
    line = stage.line()
    people = stage.people(6)
    mender.mend(line)
    enter(committer, line, people[:4])
    before = known(epochs, line, people[:4])
    valkey.client.flushdb()
    enter(committer, line, people[4:5])
    wiped = known(epochs, line, people[:5])

    mender.mend(line)
    enter(committer, line, people[5:])

    assert wiped == [None] * 5
    assert known(epochs, line, people) == [*before, (5, 4), (6, 5)]


def test_a_line_longer_than_a_part_is_built_whole(stage, epochs, mender):
    line = stage.line()
    people = stage.people(2_500)
    stage.run(
        "INSERT INTO participation (id, organization_id, mode, distribution_id, experience_id,"
        " sequence_id, consumer_id, number, state) SELECT 'ent_' || n, 'org_a', 'live', %s, 'e',"
        " 's', c, n, 'QUEUED' FROM unnest(%s::text[]) WITH ORDINALITY AS t (c, n)",
        line,
        [person.consumer_id for person in people],
    )
    stage.run("UPDATE line SET entered = 2500, waiting = 2500 WHERE distribution_id = %s", line)

    assert mender.mend(line) is Mended.REBUILT

    assert known(epochs, line, [people[0], people[999], people[1000], people[2499]]) == [
        (1, 0),
        (1000, 999),
        (1001, 1000),
        (2500, 2499),
    ]


def test_a_hole_is_filled_once_it_has_stood_for_a_second(stage, epochs, mender, committer, unheard):
    line = stage.line()
    people = stage.people(7)
    mender.mend(line)
    enter(committer, line, people[:2])
    die_entering(unheard, line, people[2:5])
    enter(committer, line, people[5:])
    stage.leave(line, people[3:4])
    at_once = mender.mend(line)
    before = known(epochs, line, people)

    wait_by_its_clock(mender, line, STUCK_MS)

    assert at_once is Mended.NOTHING
    assert before == [(1, 0), (2, 1), None, None, None, None, None]
    assert mender.mend(line) is Mended.HOLE
    assert known(epochs, line, people)[2:] == [(3, 2), None, (5, 3), (6, 4), (7, 5)]


def test_a_mark_that_moves_is_no_hole(stage, mender, committer, unheard):
    line = stage.line()
    people = stage.people(4)
    mender.mend(line)
    die_entering(unheard, line, people[:1])
    mender.mend(line)
    wait_by_its_clock(mender, line, STUCK_MS)
    mender._epochs.put(line, [Waiting(1, people[0].consumer_id, stage.one("SELECT now()"))])
    die_entering(unheard, line, people[1:])

    assert mender.mend(line) is Mended.NOTHING


def test_a_hole_at_the_end_of_which_all_have_left_is_filled_too(stage, epochs, mender, unheard):
    line = stage.line()
    people = stage.people(3)
    mender.mend(line)
    die_entering(unheard, line, people)
    stage.leave(line, people[1:])
    mender.mend(line)
    wait_by_its_clock(mender, line, STUCK_MS)

    mender.mend(line)

    assert known(epochs, line, people) == [(1, 0), None, None]
    assert mender._look(line).mark == 3


def test_who_died_leaving_is_out_of_the_line_after_the_fence_grew_old(
    stage, epochs, mender, committer
):
    line = stage.line()
    people = stage.people(3)
    mender.mend(line)
    enter(committer, line, people)
    epochs.fence(line, [people[0].consumer_id])
    stage.leave(line, people[:1])
    young = mender.mend(line)

    wait_by_its_clock(mender, line, FENCE_MS)

    assert young is Mended.NOTHING
    assert mender.mend(line) is Mended.FENCES
    assert known(epochs, line, people) == [None, (2, 0), (3, 1)]
    assert mender._look(line).fenced == 0


def test_who_was_fenced_and_stayed_is_believed_again(stage, epochs, mender, committer):
    line = stage.line()
    people = stage.people(2)
    mender.mend(line)
    enter(committer, line, people)
    epochs.fence(line, [people[0].consumer_id])
    wait_by_its_clock(mender, line, FENCE_MS)

    mender.mend(line)

    assert known(epochs, line, people) == [(1, 0), (2, 1)]


def test_who_left_and_came_back_behind_an_old_fence_has_the_new_place(
    stage, epochs, mender, committer
):
    line = stage.line()
    people = stage.people(2)
    mender.mend(line)
    enter(committer, line, people)
    epochs.fence(line, [people[0].consumer_id])
    stage.leave(line, people[:1])
    enter(committer, line, people[:1])
    wait_by_its_clock(mender, line, FENCE_MS)

    mender.mend(line)

    assert known(epochs, line, people) == [(3, 1), (2, 0)]


def test_a_fence_that_was_renewed_is_left_to_whoever_renewed_it(stage, epochs, mender, committer):
    line = stage.line()
    people = stage.people(1)
    mender.mend(line)
    enter(committer, line, people)
    epochs.fence(line, [people[0].consumer_id])
    wait_by_its_clock(mender, line, FENCE_MS)
    look = mender._look(line)

    epochs.fence(line, [people[0].consumer_id])
    mender._settle(line, look.old)

    assert known(epochs, line, people) == [None]


def test_people_leaving_while_the_line_is_rebuilt_are_not_in_it_then(
    stage, epochs, mender, committer
):
    """The next epoch begins before the record is read, so nothing falls between."""
    line = stage.line()
    people = stage.people(6)
    enter(committer, line, people[:5])
    read = mender._waiting

    def meanwhile(*asked):
        for part in read(*asked):
            epochs.fence(line, [people[1].consumer_id])
            (number,) = stage.leave(line, people[1:2])
            epochs.remove(line, [(number, people[1].consumer_id)])
            enter(committer, line, people[5:])
            yield part

    mender._waiting = meanwhile

    assert mender.rebuild(line)
    assert known(epochs, line, people) == [(1, 0), None, (3, 1), (4, 2), (5, 3), (6, 4)]


def test_a_wipe_while_the_line_is_rebuilt_ends_the_rebuilding(
    stage, epochs, mender, committer, valkey
):
    line = stage.line()
    people = stage.people(2)
    enter(committer, line, people)
    read = mender._waiting

    def meanwhile(*asked):
        yield from read(*asked)
        valkey.client.flushdb()

    mender._waiting = meanwhile

    assert not mender.rebuild(line)
    assert known(epochs, line, people) == [None, None]


def test_somebody_who_is_in_the_line_and_not_in_the_record_is_found_by_counting(
    stage, epochs, mender, committer, valkey
):
    """Only where a fence was wiped in the moment in which its process died."""
    line = stage.line()
    people = stage.people(3)
    mender.mend(line)
    enter(committer, line, people)
    stage.leave(line, people[:1])
    first = mender.mend(line)
    wait_by_its_clock(mender, line, STUCK_MS)

    assert first is Mended.NOTHING
    assert mender.mend(line) is Mended.REBUILT
    assert known(epochs, line, people) == [None, (2, 0), (3, 1)]


def test_two_menders_rebuild_a_line_once(stage, epochs, engine, mender):
    line = stage.line()
    other = Mender(engine, epochs)
    read = mender._waiting
    meanwhile = []

    def reading(*asked):
        meanwhile.append(other.mend(line))
        return read(*asked)

    mender._waiting = reading

    assert mender.mend(line) is Mended.REBUILT
    assert meanwhile == [Mended.NOTHING]


def test_what_is_not_a_line_needs_no_mending(mender, valkey):
    assert mender.mend("queue_none") is Mended.NOTHING
    assert not mender.rebuild("queue_none")
