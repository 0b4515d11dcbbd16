"""The group committer: merging, limits, lost connections, a Postgres that does not answer (D4)."""

import os
import signal
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from integration.kernel.errors import RateLimited, ServiceUnavailable
from integration.kernel.tenant import Tenant
from integration.store.limits import Taken
from integration.store.line.committer import Ask, Committer, Verdict
from integration.store.line.epochs import Epochs
from integration.store.valkey import open_valkey
from tests.store.silence import closed_port, frozen_port
from tests.store.stage import TENANT, Stage, unlimited
from tests.support.waiting import wait_until, within

PATIENT = 30.0


def run(committer: Committer, asks: list[Ask]) -> list:
    """Do these as one batch, as the worker would."""
    return committer._run(asks, lambda: None)


def backend(committer: Committer) -> int:
    """The server process of the committer's own connection: others may have theirs here."""
    return committer._wire._connection.backend_pid


def lives(stage: Stage, process: int) -> bool:
    return bool(stage.one("SELECT count(*) FROM pg_stat_activity WHERE pid = %s", process))


def test_an_entry_is_answered_with_all_that_a_status_needs(stage, committer):
    line = stage.line()
    people = stage.people(2)
    committer.enter(people[0].asks(line), PATIENT)

    entered = committer.enter(people[1].asks(line), PATIENT)

    ((entry, number, entered_at),) = stage.run(
        "SELECT id, number, entered_at FROM participation WHERE consumer_id = %s",
        people[1].consumer_id,
    )
    assert entered.verdict is Verdict.ENTERED
    assert (entered.participation_id, entered.number) == (entry, number)
    assert (entered.state, entered.place, entered.entered_at) == ("QUEUED", 2, entered_at)
    assert entered.entered_at.tzinfo is UTC


def test_forty_racing_asks_of_ten_people_make_ten_entries(stage, committer):
    line = stage.line()
    people = stage.people(10)

    with ThreadPoolExecutor(40) as pool:
        answers = list(
            pool.map(lambda turn: committer.enter(people[turn % 10].asks(line), PATIENT), range(40))
        )

    said = [answer.verdict for answer in answers]
    assert (said.count(Verdict.ENTERED), said.count(Verdict.CURRENT)) == (10, 30)
    assert {answers[turn].number for turn in range(40)} == {*range(1, 11)}
    assert all(answers[turn].number == answers[turn % 10].number for turn in range(40))


def test_the_same_ask_twice_in_a_batch_enters_once_and_is_current_then(stage, committer):
    line = stage.line()
    one, two = stage.people(2)

    first, again, other = run(committer, [one.asks(line), one.asks(line), two.asks(line)])

    assert (first.verdict, first.place) == (Verdict.ENTERED, 1)
    assert (again.verdict, again.place) == (Verdict.CURRENT, None)
    assert again.participation_id == first.participation_id
    assert (other.verdict, other.number) == (Verdict.ENTERED, 2)


def test_the_same_person_from_an_ended_session_gets_an_answer_of_its_own(stage, committer):
    line = stage.line()
    (person,) = stage.people(1)
    ended = person._replace(session_id="sess_ended")

    answers = run(committer, [ended.asks(line), person.asks(line), person.asks(line, b"x")])

    assert [each.verdict for each in answers] == ["REVOKED", "ENTERED", "CURRENT"]


def test_an_ask_that_spoils_its_batch_does_not_spoil_the_others(stage, committer):
    """A data error makes each be asked again, alone."""
    line = stage.line()
    one, two = stage.people(2)
    broken = Ask(TENANT, line, "cons_\0", "sess_x")

    good, bad, fine = run(committer, [one.asks(line), broken, two.asks(line)])

    assert (good.verdict, good.number) == (Verdict.ENTERED, 1)
    assert isinstance(bad, psycopg.DataError)
    assert (fine.verdict, fine.number) == (Verdict.ENTERED, 2)
    assert stage.counters(line) == (2, 2)


@pytest.mark.parametrize(
    "name", ["", "queue", "NULL", "null", '"', "\\", "{}", "queue_\0", "a" * 65, "ü", "\ud800", ","]
)
def test_whatever_a_path_may_hold_names_nothing(stage, committer, name):
    line = stage.line()
    one, two = stage.people(2)

    answers = run(committer, [one.asks(line), one.asks(name), two.asks(line)])

    assert [each.verdict for each in answers] == ["ENTERED", "UNKNOWN", "ENTERED"]


def test_odd_letters_in_a_name_stay_in_their_own_ask(stage, committer):
    line = stage.line()
    one, two = stage.people(2)
    odd = one._replace(consumer_id='a","b', session_id='{\\"}')

    answers = run(committer, [odd.asks(line), two.asks(line)])

    assert [each.verdict for each in answers] == ["REVOKED", "ENTERED"]


def test_a_batch_takes_from_each_organizations_limit_once(stage, epochs):
    other = Tenant("org_b", "live")
    line, elsewhere = stage.line(), stage.line(other)
    people, others = stage.people(3), stage.people(2, other)
    counted = []

    def limit(tenant, cost):
        counted.append((tenant, cost))
        return Taken(min(cost, 2), 1000, 0, 1_700_000_000, 17)

    committer = Committer(stage.url, epochs, limit)

    answers = run(
        committer,
        [person.asks(line) for person in people] + [each.asks(elsewhere) for each in others],
    )

    assert counted == [(TENANT, 3), (other, 2)]
    assert [isinstance(each, RateLimited) for each in answers] == [False, False, True, False, False]
    assert answers[0].taken.limit == 1000
    assert answers[2].retry_after == 17
    assert answers[2].headers == {
        "X-RateLimit-Limit": "1000",
        "X-RateLimit-Remaining": "0",
        "X-RateLimit-Reset": "1700000000",
    }
    assert stage.counters(line) == (2, 2)
    committer.close()


def test_a_connection_that_was_lost_is_replaced_without_the_caller_noticing(stage, committer):
    line = stage.line()
    people = stage.people(2)
    committer.enter(people[0].asks(line), PATIENT)
    stage.run("SELECT pg_terminate_backend(%s, 5000)", backend(committer))

    entered = committer.enter(people[1].asks(line), PATIENT)

    assert (entered.verdict, entered.number) == (Verdict.ENTERED, 2)


def test_a_connection_lost_in_the_middle_is_tried_once_more(stage, committer):
    line = stage.line()
    (person,) = stage.people(1)
    committer.enter(person.asks("queue_none"), PATIENT)
    first = backend(committer)

    with ThreadPoolExecutor(1) as pool, psycopg.connect(stage.plain) as holder:
        holder.execute("SELECT FROM line WHERE distribution_id = %s FOR UPDATE", [line])
        call = pool.submit(committer.enter, person.asks(line), PATIENT)
        wait_until(lambda: waits_for_a_lock(stage, first), "it waits for the line")
        stage.run("SELECT pg_terminate_backend(%s, 5000)", first)
        holder.rollback()
        entered = call.result(PATIENT)

    assert (entered.verdict, entered.number) == (Verdict.ENTERED, 1)
    assert backend(committer) != first


def test_a_function_that_a_migration_replaced_is_found_again(fresh_database):
    stage = Stage(fresh_database())
    committer = Committer(stage.url, Epochs(open_valkey("redis://127.0.0.1:1")), unlimited)
    with stage.connection:
        line = stage.line()
        people = stage.people(2)
        committer.enter(people[0].asks(line), PATIENT)
        source = stage.one("SELECT pg_get_functiondef('enter_batch'::regproc)")
        stage.run("DROP FUNCTION enter_batch")
        stage.run(source.replace("opens_at timestamp", "opens_at_last timestamp"))

        entered = committer.enter(people[1].asks(line), PATIENT)

        assert entered.number == 2
        committer.close()


def waits_for_a_lock(stage: Stage, pid: int | None) -> bool:
    return (
        stage.run("SELECT 1 FROM pg_stat_activity WHERE pid = %s AND wait_event_type = 'Lock'", pid)
        != []
    )


def test_a_line_that_stays_locked_is_a_503_within_two_seconds_and_nothing_is_lost(stage, committer):
    line = stage.line()
    (person,) = stage.people(1)
    with psycopg.connect(stage.plain) as holder:
        holder.execute("SELECT FROM line WHERE distribution_id = %s FOR UPDATE", [line])

        def refused() -> None:
            with pytest.raises(ServiceUnavailable):
                committer.enter(person.asks(line), PATIENT)

        within(2, refused)

    assert committer.enter(person.asks(line), PATIENT).number == 1


def test_a_frozen_database_costs_a_caller_a_second_and_those_after_it_nothing(stage, epochs):
    (person,) = stage.people(1)
    with frozen_port() as port, ThreadPoolExecutor(32) as pool, ExitStack() as opened:

        def ask_a_new_one() -> tuple[Committer, list[BaseException | None]]:
            committer = Committer(f"postgresql://x@127.0.0.1:{port}/x", epochs, unlimited)
            opened.callback(committer.close)
            calls = [pool.submit(committer.enter, person.asks("queue_x")) for _ in range(32)]
            return committer, [call.exception() for call in calls]

        committer, errors = within(2, ask_a_new_one)
        wait_until(lambda: committer._batcher._troubled, "the batch has failed")

        calls = [pool.submit(committer.enter, person.asks("queue_x"), PATIENT) for _ in range(32)]
        wait_until(lambda: sum(call.done() for call in calls) == 24, "most are refused")

        errors += [call.exception() for call in calls]
        assert all(isinstance(error, ServiceUnavailable) for error in errors)


def test_a_connection_that_freezes_is_given_up_and_what_it_does_later_does_no_harm(
    stage, committer
):
    line = stage.line()
    one, two = stage.people(2)
    with ExitStack() as frozen:

        def freeze() -> int:
            committer.enter(one.asks(line), PATIENT)
            pid = backend(committer)
            os.kill(pid, signal.SIGSTOP)
            frozen.callback(os.kill, pid, signal.SIGCONT)
            with pytest.raises(ServiceUnavailable):
                committer.enter(two.asks(line), PATIENT)
            return pid

        gone = within(2, freeze)
        entered = committer.enter(two.asks(line), PATIENT)
    wait_until(lambda: not lives(stage, gone), "the frozen one has ended")

    assert entered.number == 2
    assert stage.numbers(line) == [1, 2]
    assert stage.counters(line) == (2, 2)


def test_a_database_that_is_not_there_is_a_503_at_once(epochs):
    committer = Committer(f"postgresql://x@127.0.0.1:{closed_port()}/x", epochs, unlimited)

    def refused() -> None:
        with pytest.raises(ServiceUnavailable):
            committer.enter(Ask(TENANT, "queue_x", "cons_x", "sess_x"), PATIENT)

    within(1, refused)
    committer.close()


@pytest.mark.parametrize("kind", ["closed", "frozen"])
def test_with_valkey_away_entering_is_answered_by_the_commit_alone(stage, kind):
    line = stage.line()
    with frozen_port() as frozen:
        port = frozen if kind == "frozen" else closed_port()
        valkey = open_valkey(f"redis://127.0.0.1:{port}")
        committer = Committer(stage.url, Epochs(valkey), unlimited)
        committer.enter(stage.people(1)[0].asks(line), PATIENT)

        def enter() -> list[int]:
            return [committer.enter(each.asks(line), PATIENT).number for each in stage.people(19)]

        numbers = within(2, enter)
        committer.close()
    assert numbers == [*range(numbers[0], numbers[0] + 19)]


def test_the_line_in_valkey_learns_of_entries_after_the_answer(stage, committer, epochs, mender):
    line = stage.line()
    people = stage.people(3)
    mender.rebuild(line)

    answers = [committer.enter(person.asks(line), PATIENT) for person in people]

    place = wait_until(lambda: epochs.read(line, people[2].consumer_id), "the line knows them")
    assert place == (3, 2, answers[2].entered_at)


def test_times_are_read_to_the_microsecond(stage, committer):
    line = stage.line(open_at=datetime(2100, 1, 1, 12, 30, 0, 1, tzinfo=UTC))
    (person,) = stage.people(1)

    answer = committer.enter(person.asks(line), PATIENT)

    assert answer.verdict is Verdict.NOT_OPEN
    assert answer.opens_at == datetime(2100, 1, 1, 12, 30, tzinfo=UTC) + timedelta(microseconds=1)


CALLS = st.lists(
    st.tuples(st.sampled_from(["enter", "leave"]), st.integers(0, 4)), min_size=1, max_size=30
)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(calls=CALLS, sizes=st.lists(st.integers(1, 6), min_size=1, max_size=5))
def test_any_calls_in_any_order_leave_one_entry_one_place_and_no_gap(
    stage, committer, calls, sizes
):
    """Beside it the model: a list of those who wait, and a counter."""
    line = stage.line()
    people = stage.people(5)
    waiting: list[int] = []
    entered = 0
    while calls:
        part, calls = calls[: sizes[0]], calls[sizes[0] :]
        sizes = [*sizes[1:], sizes[0]]
        asked = [who for what, who in part if what == "enter"]
        answers = run(committer, [people[who].asks(line) for who in asked])
        for who, answer in zip(asked, answers, strict=True):
            fresh = who not in waiting
            entered += fresh
            waiting += [who] * fresh
            assert (answer.verdict is Verdict.ENTERED) == fresh
            assert answer.place == (len(waiting) if fresh else None)
        for who in [who for what, who in part if what == "leave" and who in waiting]:
            if who in waiting:
                stage.leave(line, [people[who]])
                waiting.remove(who)

    in_line = stage.waiting(line)
    assert sorted(in_line, key=in_line.get) == [people[who].consumer_id for who in waiting]
    assert stage.numbers(line) == [*range(1, entered + 1)]
    assert stage.counters(line) == (entered, len(waiting))


@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
def test_a_forked_child_enters_over_a_connection_of_its_own(stage, committer):
    line = stage.line()
    people = stage.people(3)
    committer.enter(people[0].asks(line), PATIENT)
    receive, send = os.pipe()
    child = os.fork()
    if child == 0:
        number = committer.enter(people[1].asks(line), 10).number
        os.write(send, f"{number} {committer._wire._connection.backend_pid}".encode())
        os._exit(0)
    os.close(send)

    with os.fdopen(receive, "rb") as told:
        number, childs = map(int, told.read().split())

    assert os.waitpid(child, 0)[1] == 0
    assert number == 2
    assert childs != committer._wire._connection.backend_pid
    assert committer.enter(people[2].asks(line), PATIENT).number == 3
