"""``fanfare import``, beside a worker."""

import re
from collections.abc import Generator
from threading import Event, Thread

import pytest
from click.testing import CliRunner

from integration.cli import main
from integration.services import organizations
from tests.jobs.support import drain


@pytest.fixture
def worker(rt) -> Generator[None]:
    """Somebody who does what is enqueued."""
    stop = Event()

    def work() -> None:
        while not stop.wait(0.05):
            drain(rt)

    thread = Thread(target=work)
    thread.start()
    yield
    stop.set()
    thread.join()


@pytest.fixture
def fanfare(rt, monkeypatch, tmp_path, merchant):
    """Imports a file's text on this test's engines; returns its status and what it said."""
    monkeypatch.setenv("DATABASE_URL", rt.settings.database_url)
    monkeypatch.setenv("REDIS_URL", rt.settings.redis_url)
    monkeypatch.setenv("FANFARE_DATA_DIR", str(tmp_path))
    slug = organizations.current(rt, merchant.tenant).slug

    def run(subject, file):
        (tmp_path / "file.csv").write_text(file)
        words = ["import", subject, str(tmp_path / "file.csv"), "--org", slug]
        result = CliRunner().invoke(main, words)
        return result.exit_code, result.output

    return run


@pytest.mark.usefixtures("worker")
def test_a_file_is_followed_to_its_end(fanfare, client, merchant):
    code, said = fanfare("consumers", "email,fullName\nann@shop.example,Ann\nnobody,X\n")

    assert code == 0, said
    assert said.splitlines()[-1] == "completed: 1 new, 0 changed, 1 failed"
    # A worker in this very process logs beside it.
    [run_id] = set(re.findall(r"imp_\w+", said))
    shown = client.get(f"/api/imports/{run_id}", headers=merchant.server).json
    assert (shown["status"], shown["failed"]) == ("completed", 1)


def test_a_file_that_is_no_table_is_refused_with_the_reason(fanfare):
    code, said = fanfare("products", "title\nSneaker\n")

    assert code == 2
    assert "The first row names none of these columns: sku." in said
