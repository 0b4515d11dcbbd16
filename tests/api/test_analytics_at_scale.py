"""What an answer about a day of a million participations touches: sums, and few of them."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import event, text

from tests.support.launches import make_launch

LINES = 2
ROWS_OF_A_DAY = 40_000
ASKED = {"from": "2026-03-01T06:17:00Z", "to": "2026-03-02T06:17:00Z"}
BEGAN = datetime(2026, 3, 1, tzinfo=UTC)

# Two days, each with a million entries and admissions, and waits of twelve classes a minute.
FILL = text("""
    INSERT INTO insight_count (
        organization_id, mode, grain, measure, start, subject_id, label, value
    )
    SELECT :organization_id, :mode, g.grain, w.measure,
        date_trunc(g.unit, CAST(:began AS timestamptz) + t * interval '1 minute', 'UTC'),
        :id, w.label, sum(w.value)
    FROM generate_series(0, 2879) t
    CROSS JOIN (VALUES (60, 'minute'), (3600, 'hour')) g (grain, unit)
    CROSS JOIN LATERAL (
        SELECT m, '', 347 FROM unnest(ARRAY['entered', 'admitted', 'completed']) m
        UNION ALL SELECT 'wait', CAST(t / 10 + c AS text), 29 FROM generate_series(1, 12) c
    ) w (measure, label, value)
    GROUP BY 1, 2, 3, 4, 5, 6, 7
""")


def test_a_day_of_a_million_is_answered_from_few_sums_by_index(client, rt, merchant):
    for _ in range(LINES):
        names = {"id": make_launch(rt, merchant).queue_id, "began": BEGAN}
        with rt.transaction() as tx:
            tx.session.execute(FILL, names | merchant.tenant._asdict())
    heard: list[tuple[str, Any]] = []

    def hear(_connection, _cursor, statement, parameters, *_) -> None:
        heard.append((statement, parameters))

    event.listen(rt.engine, "before_cursor_execute", hear)
    answer = client.get("/admin/api/v1/analytics", query_string=ASKED, headers=merchant.server)
    event.remove(rt.engine, "before_cursor_execute", hear)

    assert answer.status_code == 200
    assert answer.json["total"]["funnel"]["entered"] == LINES * 1_440 * 347
    assert len(answer.json["series"]) == 1_440
    scans = [scan for said in heard for scan in touched(rt, *said) if rows(scan)]
    assert {scan["Relation Name"] for scan in scans}.isdisjoint(
        {"participation", "admission", "orders"}
    )
    counts = [scan for scan in scans if scan["Relation Name"] == "insight_count"]
    assert {scan["Node Type"] for scan in counts} <= {"Index Scan", "Index Only Scan"}
    assert 0 < sum(rows(scan) for scan in counts) < ROWS_OF_A_DAY


def test_a_longer_time_is_read_by_the_hour(client, rt, merchant):
    launch = make_launch(rt, merchant)
    with rt.transaction() as tx:
        names = {"id": launch.queue_id, "began": BEGAN}
        tx.session.execute(FILL, names | merchant.tenant._asdict())
        tx.session.execute(text("UPDATE insight_count SET value = -1 WHERE grain = 60"))

    query = {"from": BEGAN.isoformat(), "to": (BEGAN + timedelta(days=2)).isoformat()}
    answer = client.get("/admin/api/v1/analytics", query_string=query, headers=merchant.server)

    assert answer.json["interval"] == "hour"
    assert answer.json["total"]["funnel"]["entered"] == 2 * 1_440 * 347
    assert {point["entered"] for point in answer.json["series"]} == {60 * 347}


def touched(rt, statement: str, parameters: Any) -> Iterator[dict[str, Any]]:
    """What a statement scans, when it is carried out once more."""
    if not statement.lstrip().startswith(("SELECT", "WITH")):
        return
    with rt.engine.connect() as connection:
        found = connection.exec_driver_sql(
            f"EXPLAIN (ANALYZE, FORMAT JSON) {statement}", parameters
        )
        plans = [found.scalar_one()[0]["Plan"]]
    while plans:
        plan = plans.pop()
        plans += plan.get("Plans", [])
        if "Relation Name" in plan:
            yield plan


def rows(scan: dict[str, Any]) -> float:
    """How many rows a scan has read."""
    read = scan["Actual Rows"] + scan.get("Rows Removed by Filter", 0)
    return float(read * scan["Actual Loops"])
