"""GET /jobs, POST /jobs/:id/retry, `fanfare jobs`: what waits or has failed, and doing it again."""

import pytest
from click.testing import CliRunner
from sqlalchemy import text

from integration.cli import main
from integration.services import deliveries
from integration.store.intents import Kind
from tests.connectors.loopback import plain, serve
from tests.jobs.support import drain, happen, make_endpoint
from tests.support.backoffice import ADMIN, stranger_to
from tests.support.intents import ask_for, give_up
from tests.support.launches import make_merchant

JOBS = f"{ADMIN}/jobs"
QUEUES = {"order": "orders", "notice": "orders", "delivery": "webhooks", "message": "mail"}


def jobs_of(client, merchant, query=""):
    answer = client.get(f"{JOBS}?limit=100{query}", headers=merchant.server)
    assert answer.status_code == 200, answer.text
    return answer.json["data"]


def retry(client, merchant, job_id):
    return client.post(f"{JOBS}/{job_id}/retry", headers=merchant.server)


@pytest.fixture
def everything(client, rt, merchant):
    """A job of every kind."""
    for kind in Kind:
        ask_for(kind, client, rt, merchant)


@pytest.mark.usefixtures("everything")
def test_what_is_to_be_done_is_listed_whatever_became_of_its_job(client, rt, merchant):
    rt.valkey.client.flushdb()

    found = jobs_of(client, merchant)

    assert sorted(each["kind"] for each in found) == sorted(Kind)
    assert {each["status"] for each in found} == {"waiting"}
    assert {each["kind"]: each["queue"] for each in found} == {
        **dict.fromkeys(Kind, "sync"),
        **QUEUES,
    }
    assert [each["createdAt"] for each in found] == sorted(
        (each["createdAt"] for each in found), reverse=True
    )


@pytest.mark.parametrize("kind", Kind)
def test_what_failed_says_why_and_is_retried_by_one_call(client, rt, merchant, kind):
    with serve(plain(b"")) as served:
        ask_for(kind, client, rt, merchant, served.url)
        give_up(rt)
        rt.valkey.client.flushdb()
        [failed] = jobs_of(client, merchant, "&status=failed")

        answer = retry(client, merchant, failed["id"])
        drain(rt)

    assert (failed["kind"], failed["problem"], failed["dueAt"]) == (kind, "It broke.", None)
    assert (answer.status_code, answer.json["id"]) == (202, failed["id"])
    assert answer.json["status"] in {"waiting", "retrying"}
    assert answer.json["dueAt"] is not None
    assert jobs_of(client, merchant) == []


@pytest.mark.usefixtures("everything")
def test_pages_and_filters_fit_together(client, rt, merchant):
    endpoint = make_endpoint(rt, merchant, "http://127.0.0.1:9/hook")
    for _ in range(4):
        happen(rt, merchant)
    expected = [each["id"] for each in jobs_of(client, merchant)]
    of_kind = [each["id"] for each in jobs_of(client, merchant, "&kind=delivery")]

    seen, query = [], "?limit=3"
    while True:
        page = client.get(f"{JOBS}{query}", headers=merchant.server).json
        seen += [each["id"] for each in page["data"]]
        happen(rt, merchant)
        if not page["pageInfo"]["hasNextPage"]:
            break
        query = f"?limit=3&cursor={page['pageInfo']['endCursor']}"

    # Two endpoints hear of each of the four, one of the event before.
    assert (len(expected), len(of_kind)) == (len(Kind) + 8, 9)
    assert seen == expected
    assert endpoint.id in {each["subjectId"] for each in jobs_of(client, merchant)}


def test_a_cursor_belongs_to_its_filter(client, rt, merchant):
    make_endpoint(rt, merchant, "http://127.0.0.1:9/hook")
    happen(rt, merchant)
    happen(rt, merchant)
    first = client.get(f"{JOBS}?limit=1&kind=delivery", headers=merchant.server).json

    cursor = first["pageInfo"]["endCursor"]
    refused = client.get(f"{JOBS}?limit=1&cursor={cursor}", headers=merchant.server)

    assert (refused.status_code, refused.json["code"]) == (400, "VALIDATION_FAILED")


def test_what_is_tried_again_tells_why_and_when(client, rt, merchant):
    with serve(plain(b"", 500)) as served:
        endpoint = make_endpoint(rt, merchant, f"{served.url}/hook")
        happen(rt, merchant)
        deliveries.drain(rt, endpoint.id)

    [job] = jobs_of(client, merchant, "&status=retrying")
    assert (job["kind"], job["topic"], job["attempts"]) == ("delivery", "order.created", 1)
    assert job["subjectId"] == endpoint.id
    assert job["problem"] == "The endpoint answered 500."
    assert job["dueAt"] > job["createdAt"]


def test_what_a_worker_has_in_hand_is_running(client, rt, merchant):
    endpoint = make_endpoint(rt, merchant, "http://127.0.0.1:9/hook")
    happen(rt, merchant)
    deliveries._claim(rt, endpoint.id)

    [job] = jobs_of(client, merchant)

    assert job["status"] == "running"
    assert retry(client, merchant, job["id"]).json["code"] == "DELIVERY_IN_PROGRESS"


def test_a_code_whose_time_is_over_is_not_sent_again(client, rt, merchant):
    ask_for(Kind.MESSAGE, client, rt, merchant)
    give_up(rt)
    with rt.transaction() as tx:
        tx.session.execute(text("UPDATE message SET expires_at = clock_timestamp()"))
    [job] = jobs_of(client, merchant)

    refused = retry(client, merchant, job["id"])

    assert (refused.status_code, refused.json["code"]) == (409, "JOB_OVER")


def test_a_failed_sync_does_not_overtake_one_that_runs(client, rt, merchant):
    ask_for(Kind.SYNC, client, rt, merchant)
    give_up(rt)
    [failed] = jobs_of(client, merchant)
    path = f"{ADMIN}/connections/{failed['subjectId']}/sync"
    running = client.post(path, json={"subject": "products"}, headers=merchant.server)

    refused = retry(client, merchant, failed["id"])

    assert (refused.status_code, refused.json["code"]) == (409, "SYNC_RUNNING")
    assert refused.json["syncRunId"] == running.json["id"]


@pytest.mark.parametrize("query", ["kind=cleaning", "status=lost", "limit=0"])
def test_a_query_that_makes_no_sense_is_refused(client, merchant, query):
    refused = client.get(f"{JOBS}?{query}", headers=merchant.server)

    assert (refused.status_code, refused.json["code"]) == (400, "VALIDATION_FAILED")


@pytest.mark.usefixtures("everything")
@pytest.mark.parametrize("stranger", ["organization", "mode"])
def test_nobody_else_sees_or_retries_them(client, rt, merchant, stranger):
    other = stranger_to(rt, merchant, stranger)

    refused = [retry(client, other, each["id"]) for each in jobs_of(client, merchant)]

    assert jobs_of(client, other) == []
    assert {(each.status_code, each.json["code"]) for each in refused} == {(404, "JOB_NOT_FOUND")}


def test_they_are_for_administrators(client, rt, merchant):
    reader = make_merchant(rt, scopes=("read:webhooks", "write:webhooks"), of=merchant)

    assert client.get(JOBS, headers=reader.server).status_code == 403
    assert retry(client, reader, "inb_1").status_code == 403


@pytest.fixture
def fanfare(rt, monkeypatch, tmp_path):
    """Runs a command on this test's engines; returns its status and what it said."""
    monkeypatch.setenv("DATABASE_URL", rt.settings.database_url)
    monkeypatch.setenv("REDIS_URL", rt.settings.redis_url)
    monkeypatch.setenv("FANFARE_DATA_DIR", str(tmp_path))

    def run(*words):
        result = CliRunner().invoke(main, ["jobs", *words])
        return result.exit_code, result.output.strip()

    return run


def slug_of(merchant) -> str:
    return merchant.tenant.organization_id[4:].lower()


@pytest.mark.usefixtures("everything")
def test_the_command_lists_and_retries(client, rt, merchant, fanfare):
    give_up(rt)
    org = ("--org", slug_of(merchant))
    [failed] = jobs_of(client, merchant, "&kind=notice")

    listed = fanfare("list", *org, "--kind", "notice")
    one = fanfare("retry", *org, failed["id"])
    rest = fanfare("retry", *org, "--failed")

    assert listed == (0, f"{failed['id']}  failed    notice     24 tries  ping  It broke.")
    assert one == (0, "1 asked for again, 0 refused")
    assert rest == (0, f"{len(Kind) - 1} asked for again, 0 refused")
    assert jobs_of(client, merchant, "&status=failed") == []


def test_the_command_says_what_it_cannot_do(merchant, fanfare):
    org = ("--org", slug_of(merchant))

    unknown = fanfare("retry", *org, "inb_1")
    nothing = fanfare("retry", *org)

    assert unknown[0] == 1
    assert "inb_1: Nothing is here." in unknown[1]
    assert nothing[0] == 2
    assert "Name jobs by their ids (fanfare jobs list), or say --failed." in nothing[1]
    assert "fanfare jobs retry --org acme --failed" in fanfare("retry", "--help")[1]
