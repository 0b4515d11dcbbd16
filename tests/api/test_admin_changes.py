"""What may change in which state: every field in every stage (contract.md, section 5)."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from integration.engine.changes import EXPERIENCES, SEQUENCES, TABLES, Stage, fixed
from integration.engine.kinds import DistributionType
from integration.store.models import Distribution
from tests.support import change_tables
from tests.support.backoffice import ADMIN, draft, path_of, post, product_of, publish, queue_of

PAGE = Path(__file__).parents[2] / "docs" / "admin-api.md"
PAST = datetime.now(UTC) - timedelta(hours=1)
EARLIER = "2020-01-01T00:00:00.000Z"
OPENS = {"openAt": "2090-01-01T00:00Z", "closeAt": "2095-01-01T00:00Z"}
NEEDED = {
    DistributionType.QUEUE: {**OPENS},
    DistributionType.DRAW: {**OPENS, "drawAt": "2096-01-01T00:00Z", "winnerCount": 1},
    DistributionType.AUCTION: {
        **OPENS,
        "settleAt": "2096-01-01T00:00Z",
        "startingPrice": "100",
        "currencyCode": "USD",
    },
    DistributionType.TIMED_RELEASE: {**OPENS},
    DistributionType.APPOINTMENT: {
        **OPENS,
        "slotDurationMinutes": 30,
        "weeklyHours": [{"weekday": 0, "from": "09:00", "to": "17:00"}],
    },
    DistributionType.WAITLIST: {},
}
STAGES = {
    "draft": (Stage.DRAFT, {}),
    "published": (Stage.PUBLISHED, {}),
    "lobby": (Stage.LOBBY, {"rules": {"lobbyOpensAt": EARLIER}}),
    "open": (Stage.RUNNING, {"open_at": PAST}),
    "paused": (Stage.RUNNING, {"open_at": PAST, "state": "paused"}),
    "closed": (Stage.CLOSED, {"open_at": PAST - timedelta(hours=1), "close_at": PAST}),
    "settled": (
        Stage.DECIDED,
        {"open_at": PAST - timedelta(hours=1), "close_at": PAST, "settled_at": PAST},
    ),
    "ended": (Stage.ENDED, {"open_at": PAST, "state": "ended"}),
}
MOVING = {"openAt", "closeAt", "lobbyOpensAt", "reservePrice", "autoExtendSeconds"}
MOVING |= change_tables.DUTCH.keys()
"""What changes the stage, or which of the others make sense."""

ELSEWHERE = {"lobby": DistributionType.QUEUE, "settled": DistributionType.AUCTION}
CASES = [
    (kind, name)
    for kind in DistributionType
    for name in STAGES
    if ELSEWHERE.get(name, kind) == kind
    and (kind != DistributionType.WAITLIST or name in {"draft", "open", "paused", "ended"})
]


def path_to(kind):
    return f"/{kind.value.replace('_', '-')}s"


def change(client, merchant, address, body):
    return client.patch(f"{ADMIN}{address}", json=body, headers=merchant.server)


def refusals(answer):
    return {each["field"]: each["message"] for each in answer.json.get("details", [])}


def wrong(call, table, stage, bodies, restore):
    """Try each field, and return what was not as the table says."""
    late = {name: fixed(table, stage, bodies[name]) for name in table}
    before, found = call("GET"), []
    for name in [name for name in table if late[name]]:
        answer = call("PATCH", bodies[name])
        said = {field: why.said for field, why in late[name].items()}
        codes = {why.code for why in late[name].values()}
        if (answer.status_code, refusals(answer)) != (409, said) or answer.json[
            "code"
        ] not in codes:
            found.append((name, answer.status_code, answer.text))
    assert call("GET").data == before.data
    for name in [name for name in table if not late[name]]:
        answer = call("PATCH", bodies[name])
        kept = {field: answer.json.get(field, ...) for field in bodies[name]}
        if answer.status_code != 200 or kept not in (bodies[name], {"accessCode": ...}):
            found.append((name, answer.status_code, answer.text))
        if name in MOVING:
            restore()
    return found


def caller(client, merchant, address):
    """Calls one address, as the merchant's tooling does."""
    return lambda method, body=None: client.open(
        f"{ADMIN}{address}", method=method, json=body, headers=merchant.server
    )


@pytest.mark.parametrize(("kind", "name"), CASES)
def test_every_field_of_a_distribution_in_every_stage(client, merchant, rt, kind, name):
    experience = draft(client, merchant, productId=product_of(client, merchant)["id"])
    path = path_of(client, merchant, experience)
    sibling = path_of(client, merchant, experience, name="Beside")
    other = product_of(client, merchant, sku="OTHER", variants=[{"sku": "S"}])
    made = post(client, merchant, path_to(kind), sequenceId=path["id"], **NEEDED[kind])
    stage, columns = STAGES[name]
    if stage is not Stage.DRAFT:
        queue_of(client, merchant, sibling)
        publish(client, merchant, experience)
    with rt.transaction() as tx:
        row = tx.session.get(Distribution, made["id"])
        rules = {"rules": {**row.rules, **columns.get("rules", {})}}
        values = {
            each.key: getattr(row, each.key)
            for each in Distribution.__mapper__.column_attrs
            if each.key not in {"id", "version", "created_at"}
        }

    def restore():
        with rt.transaction() as tx:
            mine = update(Distribution).where(Distribution.id == made["id"])
            tx.session.execute(mine.values(values | columns | rules))
        rt.distributions.forget(made["id"])

    restore()
    bodies = change_tables.bodies(sibling["id"], other)
    call = caller(client, merchant, f"{path_to(kind)}/{made['id']}")

    assert wrong(call, TABLES[kind], stage, bodies, restore) == []


@pytest.mark.parametrize("stage", [Stage.DRAFT, Stage.RUNNING, Stage.ENDED])
def test_every_field_of_an_experience_and_a_sequence_in_every_stage(client, merchant, stage):
    product = product_of(client, merchant, variants=[{"sku": "S"}])
    connection = post(
        client,
        merchant,
        "/connections",
        name="Shop",
        platform="fake",
        settings={"shop": "shop"},
        credentials={"apiKey": "key"},
    )
    audience = post(client, merchant, "/audiences", name="Friends", type="STATIC")
    experience = draft(client, merchant)
    path = path_of(client, merchant, experience)
    queue_of(client, merchant, path)
    if stage is not Stage.DRAFT:
        publish(client, merchant, experience)
    if stage is Stage.ENDED:
        post(client, merchant, f"/experiences/{experience['id']}/end", 200)
    bodies = change_tables.bodies("", product)
    bodies |= {
        "connectionId": {"connectionId": connection["id"]},
        "audienceId": {"audienceId": audience["id"]},
        "accessCode": {"accessCode": "1234"},
    }

    found = [
        wrong(caller(client, merchant, address), table, stage, bodies, list)
        for address, table in (
            (f"/experiences/{experience['id']}", EXPERIENCES),
            (f"/sequences/{path['id']}", SEQUENCES),
        )
    ]

    assert found == [[], []]


def test_the_tables_know_every_field_that_may_be_sent(client, rt):
    document = client.get("/openapi.json").json

    def fields(path):
        operation = document["paths"][f"/admin/api/v1{path}"]["patch"]
        schema = operation["requestBody"]["content"]["application/json"]["schema"]["$ref"]
        return set(document["components"]["schemas"][schema.rpartition("/")[2]]["properties"])

    for kind, table in TABLES.items():
        assert fields(f"{path_to(kind)}/{{line_id}}") == set(table)
    assert fields("/experiences/{experience_id}") == set(EXPERIENCES)
    assert fields("/sequences/{sequence_id}") == set(SEQUENCES)


def test_what_stays_as_it_was_is_no_change(client, merchant):
    experience = draft(client, merchant)
    path = path_of(client, merchant, experience)
    body = NEEDED[DistributionType.DRAW] | {"openAt": None, "closeAt": None}
    drawn = post(client, merchant, "/draws", sequenceId=path["id"], **body)
    publish(client, merchant, experience)

    same = change(
        client,
        merchant,
        f"/draws/{drawn['id']}",
        {"winnerCount": 1, "drawAt": "2096-01-01T00:00:00+00:00"},
    )

    assert same.status_code == 200
    assert same.json["winnerCount"] == 1


def test_a_lobby_opens_before_its_queue_whichever_of_the_two_is_changed(client, merchant):
    path = path_of(client, merchant, draft(client, merchant))
    queue = queue_of(client, merchant, path, **OPENS, lobbyOpensAt="2089-01-01T00:00Z")
    address = f"/queues/{queue['id']}"

    answers = [
        change(client, merchant, address, body)
        for body in (
            {"openAt": "2088-01-01T00:00Z"},
            {"openAt": None},
            {"lobbyOpensAt": "2091-01-01T00:00Z"},
        )
    ]

    assert [each.status_code for each in answers] == [400] * 3
    assert [list(refusals(each)) for each in answers] == [["lobbyOpensAt"]] * 3


def test_the_page_shows_the_tables_as_they_are():
    assert change_tables.page() in PAGE.read_text()
