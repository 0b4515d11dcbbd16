"""Imports and exports of contract.md, section 4."""

import pytest

from tests.api.importing import errors, send, show, table
from tests.jobs.support import drain
from tests.support.envelopes import refused

FILES = {
    "products": "sku,name,price\nSNKR-001,Sneaker,199.99\n,Cap,1\n",
    "consumers": "email,fullName\njohn@example.com,John Doe\nnobody,X\n",
}
RUN = {
    "id",
    "subject",
    "status",
    "total",
    "rows",
    "created",
    "updated",
    "failed",
    "ignoredColumns",
    "rate",
    "secondsLeft",
    "startedAt",
    "finishedAt",
    "problem",
}
SUBJECTS = list(FILES)


@pytest.mark.parametrize("prefix", ["/api", ""])
@pytest.mark.parametrize("subject", SUBJECTS)
def test_post_imports_202_run(client, merchant, subject, prefix):
    headers = {**merchant.server, "Content-Type": "text/csv; charset=utf-8"}

    started = client.post(f"{prefix}/imports/{subject}", data=FILES[subject], headers=headers)

    assert started.status_code == 202
    assert started.json.keys() == RUN
    assert (started.json["subject"], started.json["status"]) == (subject, "queued")
    assert (started.json["total"], started.json["rows"]) == (2, 0)


@pytest.mark.parametrize("subject", SUBJECTS)
def test_get_imports_progress_and_errors(client, rt, merchant, subject):
    run_id = send(client, merchant, subject, FILES[subject]).json["id"]
    drain(rt)

    done = show(client, merchant, run_id)

    assert done.keys() == RUN
    counts = [done[name] for name in ("rows", "created", "updated", "failed", "total")]
    assert (done["status"], counts) == ("completed", [2, 1, 0, 1, 2])
    assert done["rate"] > 0
    header, wrong = errors(client, merchant, run_id)
    assert header[:3] == ["row", "column", "message"]
    assert wrong[0] == "3"


def test_get_imports_404(client, merchant):
    for path in ("/api/imports/imp_x", "/imports/imp_x/errors.csv"):
        answer = client.get(path, headers=merchant.server)

        assert refused(answer) == (404, "Import not found", "IMPORT_NOT_FOUND")


@pytest.mark.parametrize("subject", SUBJECTS)
def test_post_imports_413_and_415(client, merchant, subject):
    large = send(client, merchant, subject, b"x" * (10 * (1 << 20) + 1))
    many = send(client, merchant, subject, "sku,email\n" + "a,\n" * 100_001)
    json = client.post(f"/api/imports/{subject}", json={}, headers=merchant.server)
    bare = client.post(f"/api/imports/{subject}", headers=merchant.server)

    too_large = (413, "Request too large", "REQUEST_TOO_LARGE")
    assert refused(large) == refused(many) == too_large
    assert refused(json) == (415, "Unsupported media type", "UNSUPPORTED_MEDIA_TYPE")
    assert refused(bare)[0] == 415


def test_post_imports_a_file_of_10_mib_and_100_000_rows_is_taken(client, merchant):
    file = "sku\n" + ("a" * 100 + "\n") * 100_000
    file += "\n" * (10 * (1 << 20) - len(file))

    taken = send(client, merchant, "products", file)

    assert (taken.status_code, taken.json["total"]) == (202, 100_000)


def test_post_imports_400(client, merchant):
    answer = send(client, merchant, "products", "title\nSneaker")

    assert refused(answer) == (400, "Validation failed", "VALIDATION_FAILED")
    assert [detail["field"] for detail in answer.json["details"]] == ["file"]


@pytest.mark.parametrize("subject", [*SUBJECTS, "orders"])
def test_get_exports_streams(client, merchant, subject):
    path = f"/api/exports/{subject}.csv"

    answer = client.get(path, headers=merchant.server)

    assert answer.status_code == 200
    assert answer.is_streamed
    assert table(answer)[0][0] == "id"
    assert refused(client.get(path)) == (401, "Authentication required", "AUTHENTICATION_REQUIRED")
