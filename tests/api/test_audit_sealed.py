"""Seals on the record: whoever changes it afterwards is found out."""

import threading

import psycopg
import pytest
from click.testing import CliRunner

from integration.cli import main
from integration.kernel.signing import SigningKey
from integration.kernel.tokens import Keyring
from integration.services import sealing, verifying
from integration.store import audit, rows
from integration.store.models import AuditSegment
from integration.store.rows import Slice
from jobs import schedule
from tests.support.launches import make_guest, make_launch, make_merchant
from tests.support.waiting import wait_until

API = "/admin/api/v1"


@pytest.fixture
def tamper(rt):
    """Changes the record as somebody could who has the whole database."""
    url = rt.settings.database_url.replace("+psycopg", "", 1)
    with psycopg.connect(url.replace("//fanfare@", "//postgres@", 1), autocommit=True) as superuser:
        superuser.execute("SET session_replication_role = replica")
        yield superuser.execute


@pytest.fixture
def sealed(rt, merchant):
    """A merchant's record of three launches, in three segments; what each of them holds."""
    for number in range(1, 4):
        make_launch(rt, merchant)
        seal_all(rt, merchant.tenant, number)
    return [segment.ordinals for segment in segments(rt, merchant.tenant)]


def segments(rt, tenant):
    """The segments with all they hold, in their order."""
    with rt.transaction() as tx:
        found = rows.of(AuditSegment, tenant).order_by(AuditSegment.number)
        return tx.session.scalars(found).all()


def newest(rt, tenant):
    return sealing.page(rt, tenant, Slice(None, 100, newest_first=True))


def seal_all(rt, tenant, least):
    """Seal until nothing waits; other tests' transactions may have to end first."""

    def done():
        sealing.seal(rt)
        return len(newest(rt, tenant)) >= least and not problems_of(rt, tenant).unsealed

    wait_until(done, "everything to be sealed")


def problems_of(rt, tenant):
    return verifying.verify(rt, tenant, lambda _: None)


def problems(rt, merchant):
    return problems_of(rt, merchant.tenant).problems


def test_what_was_recorded_is_sealed_and_holds(rt, merchant, sealed):
    found = problems_of(rt, merchant.tenant)

    assert found.problems == []
    assert (found.segments, found.unsealed) == (3, 0)
    assert found.rows == sum(map(len, sealed))
    assert found.head == segments(rt, merchant.tenant)[-1].hash.hex()


def test_a_changed_row_is_found(rt, merchant, sealed, tamper):
    ordinal = sealed[1][0]
    tamper("UPDATE audit_log SET actor = 'key_other' WHERE ordinal = %s", [ordinal])

    (problem,) = problems(rt, merchant)

    assert problem.startswith(f"Segment 2: row {ordinal} (log_")
    assert problem.endswith("was changed after it was sealed.")


def test_a_removed_row_is_found(rt, merchant, sealed, tamper):
    ordinal = sealed[0][1]
    tamper("DELETE FROM audit_log WHERE ordinal = %s", [ordinal])

    assert problems(rt, merchant) == [f"Segment 1: row {ordinal} was removed after it was sealed."]


def test_a_row_put_between_sealed_ones_is_found(rt, merchant, sealed, tamper):
    with rt.transaction() as tx:
        tx.session.connection().exec_driver_sql("SELECT nextval('audit_log_ordinal_seq')")
    gap = sealed[-1][-1] + 1
    make_launch(rt, merchant)
    seal_all(rt, merchant.tenant, 4)
    tamper(
        "INSERT INTO audit_log (ordinal, organization_id, mode, actor, action, subject_id)"
        " VALUES (%s, %s, %s, 'key_1', 'order.created', 'ord_1')",
        [gap, *merchant.tenant],
    )

    (problem,) = problems(rt, merchant)

    assert problem.startswith(f"Segment 4: row {gap} (log_")
    assert problem.endswith("order.created of ord_1) was inserted after it was sealed.")


def test_rows_that_changed_places_are_found(rt, merchant, sealed, tamper):
    one, two = sealed[0][:2]
    tamper("UPDATE audit_log SET ordinal = -ordinal WHERE ordinal IN (%s, %s)", [one, two])
    tamper("UPDATE audit_log SET ordinal = %s WHERE ordinal = %s", [two, -one])
    tamper("UPDATE audit_log SET ordinal = %s WHERE ordinal = %s", [one, -two])

    found = problems(rt, merchant)

    assert len(found) == 2
    assert all("was changed after it was sealed." in each for each in found)


def test_a_removed_segment_is_found(rt, merchant, sealed, tamper):
    tamper("DELETE FROM audit_segment WHERE number = 2")

    assert "Segment 2 is missing." in problems(rt, merchant)


def test_a_removed_last_segment_is_found_by_the_rows_it_leaves(rt, merchant, sealed, tamper):
    tamper("DELETE FROM audit_segment WHERE number = 3")

    found = problems(rt, merchant)

    assert len(found) == len(sealed[2])
    assert "its segment was removed" in found[0]


def test_a_segment_made_anew_without_the_key_is_found(rt, merchant, sealed, tamper):
    (row,) = tamper("SELECT since FROM audit_segment WHERE number = 3").fetchall()
    tamper("UPDATE audit_log SET actor = 'key_other' WHERE ordinal > %s", row)
    tamper("DELETE FROM audit_segment WHERE number = 3")
    tamper("UPDATE audit_mark SET sealed = %s", row)
    stranger = make_stranger(rt)
    forge(rt, stranger)

    found = problems(rt, merchant)

    assert found == ["Segment 3 was changed: its signature does not hold."]


def make_stranger(rt):
    """Somebody's keyring who does not have the installation's secret, but writes its key's name."""
    return Keyring("http://fanfare.test", SigningKey.generate(rt.keyring.active_kid))


def forge(rt, keyring):
    def sealed():
        with rt.transaction() as tx:
            return sealing._seal(keyring, tx)

    wait_until(sealed, "a forged segment")


def test_a_tampered_list_of_rows_is_found(rt, merchant, sealed, tamper):
    ordinal = sealed[1][0]
    tamper("UPDATE audit_log SET actor = 'key_other' WHERE ordinal = %s", [ordinal])
    tamper(
        "UPDATE audit_segment s SET leaves = audit_leaf(l) || substr(s.leaves, 33)"
        " FROM audit_log l WHERE l.ordinal = %s AND s.number = 2",
        [ordinal],
    )

    assert problems(rt, merchant) == [
        "Segment 2 names other rows than were sealed: they do not give its root."
    ]


def test_an_open_transaction_holds_the_seal_until_its_rows_are_there(rt, merchant, sealed):
    entered, leave = threading.Event(), threading.Event()

    def slow():
        with rt.transaction() as tx:
            launch_row(tx, merchant)
            entered.set()
            leave.wait(9)

    thread = threading.Thread(target=slow)
    thread.start()
    entered.wait(10)
    late = make_launch(rt, merchant)
    for _ in range(3):
        sealing.seal(rt)
    early = len(newest(rt, merchant.tenant))
    leave.set()
    thread.join()

    seal_all(rt, merchant.tenant, 4)

    assert early == 3
    found = problems_of(rt, merchant.tenant)
    assert (found.problems, found.unsealed) == ([], 0)
    assert late.queue_id


def launch_row(tx, merchant):
    audit.note(tx.session, merchant.tenant, "job.retried", "job_slow")


def test_two_clocks_seal_each_row_once(rt, merchant, client):
    launch = make_launch(rt, merchant)
    guests = [make_guest(client, merchant) for _ in range(10)]
    stop = threading.Event()

    def clock():
        while not stop.is_set():
            sealing.seal(rt)

    threads = [threading.Thread(target=clock) for _ in range(2)]
    for thread in threads:
        thread.start()
    for guest in guests:
        client.post(f"/api/v1/queues/{launch.queue_id}/enter", headers=guest.headers)
    stop.set()
    for thread in threads:
        thread.join()
    seal_all(rt, merchant.tenant, 1)

    ordinals = [each for segment in segments(rt, merchant.tenant) for each in segment.ordinals]
    assert len(ordinals) == len(set(ordinals))
    assert problems(rt, merchant) == []


def test_the_clock_seals(rt, merchant):
    make_launch(rt, merchant)

    wait_until(lambda: schedule.tick(rt) or newest(rt, merchant.tenant), "the clock's seal")

    assert problems(rt, merchant) == []


def test_seals_are_listed_for_who_wants_to_keep_them_elsewhere(client, rt, merchant, sealed):
    answer = client.get(f"{API}/audit/segments?limit=2", headers=merchant.server).json

    assert [each["number"] for each in answer["data"]] == [3, 2]
    assert answer["data"][0]["previous"] == answer["data"][1]["hash"]
    assert answer["data"][0]["count"] == len(sealed[2])
    cursor = answer["pageInfo"]["endCursor"]
    more = client.get(f"{API}/audit/segments?limit=2&cursor={cursor}", headers=merchant.server).json
    assert [each["number"] for each in more["data"]] == [1]
    other = make_merchant(rt)
    assert client.get(f"{API}/audit/segments", headers=other.server).json["data"] == []


@pytest.fixture
def fanfare(rt, monkeypatch, tmp_path):
    """Runs a command on this test's engines; returns its status and what it said."""
    monkeypatch.setenv("DATABASE_URL", rt.settings.database_url)
    monkeypatch.setenv("REDIS_URL", rt.settings.redis_url)
    monkeypatch.setenv("FANFARE_SECRET", rt.settings.secret)
    monkeypatch.setenv("FANFARE_DATA_DIR", str(tmp_path))

    def run(*words):
        result = CliRunner().invoke(main, ["audit", "verify", *words])
        return result.exit_code, result.output

    return run


def test_the_command_says_that_a_record_holds_or_what_does_not(
    fanfare, rt, merchant, sealed, tamper
):
    head = segments(rt, merchant.tenant)[0].hash.hex()

    good = fanfare("--expect", head)
    unknown = fanfare("--expect", "00" * 32)
    tamper("DELETE FROM audit_log WHERE ordinal = %s", [sealed[0][0]])
    bad = fanfare("--mode", "live")

    assert good[0] == 0, good
    assert "The record holds" in good[1]
    assert unknown[0] == 1
    assert "No segment has the hash" in unknown[1]
    assert bad[0] == 1
    assert f"Segment 1: row {sealed[0][0]} was removed after it was sealed." in bad[1]
