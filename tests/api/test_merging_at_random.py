"""Whatever two people have entered before they turn out to be one, the books balance."""

from concurrent.futures import ThreadPoolExecutor

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from integration.services import admitting
from jobs import sweeper
from tests.api.admitted import act, books, enter, run_out, status
from tests.jobs.support import drain
from tests.support.chance import AT_RANDOM
from tests.support.launches import make_guest, make_launch
from tests.support.people import come_from_elsewhere

DEEDS = st.lists(
    st.tuples(
        st.sampled_from(["guest", "known", "other"]),
        st.sampled_from(["enter", "enter", "leave", "admit", "complete", "deny", "expire"]),
    ),
    max_size=12,
)
LIVE = {"ADMITTED": 0, "QUEUED": 1}


def do(client, rt, merchant, launch, *, who, deed):
    """Do something to somebody, whether their state allows it or not."""
    if deed == "enter":
        enter(client, launch, who)
    elif deed == "leave":
        client.post(f"/api/v1/queues/{launch.queue_id}/leave", headers=who.headers)
    elif deed == "expire":
        run_out(rt, launch)
        admitting.expire_due(rt)
    else:
        more = {"reason": "BOT_DETECTED"} if deed == "deny" else {}
        act(client, merchant, launch, deed, consumerId=who.consumer_id, **more)


def live(client, launch, who):
    """Where somebody stands in the line, as what sorts first where it is better."""
    answer = client.get(f"/api/v1/queues/{launch.queue_id}/status", headers=who.headers).json
    return (LIVE[answer["status"]], answer["number"]) if answer.get("status") in LIVE else None


def bought(client, launch, who):
    answer = client.get(f"/api/v1/queues/{launch.queue_id}/status", headers=who.headers).json
    return answer.get("status") == "COMPLETED"


def in_order(rt, launch):
    """Who waits, by number: as Postgres has it, and as Valkey does."""
    with rt.transaction() as tx:
        record = tx.session.execute(
            text(
                "SELECT number, consumer_id FROM participation WHERE distribution_id = :id"
                " AND state = 'QUEUED' ORDER BY number"
            ),
            {"id": launch.queue_id},
        ).all()
    client, line = rt.valkey.client, f"line:{{{launch.queue_id}}}"
    epoch = client.get(f"{line}:epoch").decode()
    cached = client.zrange(f"{line}:waiting:{epoch}", 0, -1, withscores=True)
    return [tuple(row) for row in record], [(int(n), name.decode()) for name, n in cached]


@AT_RANDOM
@given(deeds=DEEDS)
def test_the_better_entry_stays_and_the_books_balance(client, rt, merchant, deeds):
    launch = make_launch(rt, merchant, inventory_bound=True, stock=6, rules={"admissionRate": 0})
    rt.mender.rebuild(launch.queue_id)
    subject = launch.queue_id
    known = come_from_elsewhere(client, merchant, subject)
    people = {
        "known": known,
        "guest": make_guest(client, merchant),
        "other": make_guest(client, merchant),
    }
    for name, deed in deeds:
        do(client, rt, merchant, launch, who=people[name], deed=deed)
    before = [
        each for each in (live(client, launch, people[n]) for n in ("guest", "known")) if each
    ]
    served = any(bought(client, launch, people[name]) for name in ("guest", "known"))
    others = live(client, launch, people["other"])

    person = come_from_elsewhere(client, merchant, subject, people["guest"])

    books(rt, launch)
    record, cached = in_order(rt, launch)
    assert record == cached
    assert live(client, launch, people["other"]) == others
    best = min(before, default=None)
    if served and best is not None and best[0] == LIVE["QUEUED"]:
        assert bought(client, launch, person)
    else:
        assert live(client, launch, person) == best
    with rt.transaction() as tx:
        count = "SELECT count(*) FROM participation WHERE consumer_id = :id"
        assert tx.session.scalar(text(count), {"id": people["guest"].consumer_id}) == 0


def test_entering_while_one_signs_in_loses_nothing(app, client, rt, merchant):
    launch = make_launch(rt, merchant)
    known = [come_from_elsewhere(client, merchant, f"p{n}") for n in range(12)]
    guests = [make_guest(client, merchant) for _ in known]

    def sign_in(place):
        caller = app.test_client()
        return come_from_elsewhere(caller, merchant, f"p{place}", guests[place])

    def go_in(place):
        path = f"/api/v1/queues/{launch.queue_id}/enter"
        return app.test_client().post(path, headers=guests[place].headers)

    with ThreadPoolExecutor(8) as pool:
        asked = [(pool.submit(go_in, n), pool.submit(sign_in, n)) for n in range(12)]
        answers = [(entered.result(), person.result()) for entered, person in asked]

    sweeper.sweep(rt)
    drain(rt)
    for entered, person in answers:
        assert entered.status_code in {201, 401}
        if entered.status_code == 201:
            assert status(client, launch, person)["number"] == entered.json["number"]
    books(rt, launch)


def test_admitting_while_one_signs_in_admits_everybody_once(app, client, rt, merchant):
    launch = make_launch(rt, merchant)
    known = [come_from_elsewhere(client, merchant, f"p{n}") for n in range(10)]
    guests = [make_guest(client, merchant) for _ in known]
    for guest in guests:
        enter(client, launch, guest)
    for each in known:
        enter(client, launch, each)

    with ThreadPoolExecutor(6) as pool:
        clock = [pool.submit(admitting.admit_due, rt, launch.queue_id) for _ in range(6)]
        people = list(
            pool.map(
                lambda n: come_from_elsewhere(app.test_client(), merchant, f"p{n}", guests[n]),
                range(10),
            )
        )
        for each in clock:
            each.result()
    admitting.admit_due(rt, launch.queue_id)

    shown = [status(client, launch, person) for person in people]
    assert {each["status"] for each in shown} == {"ADMITTED"}
    assert [each["number"] for each in shown] == list(range(1, 11))
    assert books(rt, launch).active == 10
