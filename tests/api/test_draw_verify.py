"""``fanfare draw verify``: a proof from a file or an address, checked by nothing but itself."""

import json
import threading
from collections.abc import Generator

import pytest
from click.testing import CliRunner
from werkzeug.serving import make_server

from integration.cli import main
from integration.services import draws
from tests.support.draws import close_and_run, entrants, proof, running_draw


@pytest.fixture
def address(app) -> Generator[str]:
    """The application on a real port."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join(10)
    server.server_close()


@pytest.fixture
def drawn(client, merchant, rt):
    draw = running_draw(client, merchant, winnerCount=2, backupCount=1)
    entrants(client, merchant, draw, 5)
    close_and_run(client, merchant, rt, draw)
    return draw


def check(*arguments):
    return CliRunner().invoke(main, ["draw", "verify", *map(str, arguments)])


def write(tmp_path, content, name="proof.json"):
    target = tmp_path / name
    target.write_text(content if isinstance(content, str) else json.dumps(content))
    return target


def test_a_proof_in_a_file_holds(client, merchant, drawn, tmp_path):
    result = check(write(tmp_path, proof(client, merchant, drawn)))

    assert result.exit_code == 0
    assert "The proof holds: 5 entries, 2 winners, 1 backups, 0 withdrawn." in result.output
    assert "operator could have steered" in result.output


def test_a_proof_at_an_address_holds(merchant, drawn, address):
    result = check(f"{address}/api/v1/draws/{drawn['id']}/proof", "--key", merchant.publishable)

    assert (result.exit_code, "The proof holds" in result.output) == (0, True)


@pytest.mark.parametrize("name", ["winners", "seed", "entries", "terms", "entryRoot"])
def test_a_proof_that_was_tampered_with_is_refused(client, merchant, drawn, tmp_path, name):
    shown = proof(client, merchant, drawn)
    value = shown[name]
    shown[name] = value[::-1]

    result = check(write(tmp_path, shown))

    assert result.exit_code == 1
    assert result.output.strip()


def test_a_draw_that_is_not_drawn_yet_proves_nothing(client, merchant, tmp_path):
    result = check(write(tmp_path, proof(client, merchant, running_draw(client, merchant))))

    assert result.exit_code == 1
    assert "nothing to verify" in result.output


@pytest.mark.parametrize("content", ["not json", "[]", "{}"])
def test_a_file_that_is_no_proof_is_said_to_be_none(tmp_path, content):
    result = check(write(tmp_path, content))

    assert result.exit_code == 1
    assert "Traceback" not in result.output


@pytest.fixture
def few(monkeypatch):
    """More than four entries are very many."""
    monkeypatch.setattr(draws, "MAX_ENTRIES", 4)


@pytest.mark.usefixtures("few")
def test_very_many_entries_are_fetched_from_where_the_proof_says(
    client, merchant, drawn, address, tmp_path
):
    shown = proof(client, merchant, drawn)
    assert "entries" not in shown
    entries = f"{address}/api/v1/draws/{drawn['id']}/entries"
    at_address = check(f"{address}/api/v1/draws/{drawn['id']}/proof", "--key", merchant.publishable)
    given = check(write(tmp_path, shown), "--entries", entries, "--key", merchant.publishable)
    lines = client.get(f"/api/v1/draws/{drawn['id']}/entries", headers=merchant.page).text
    saved = check(write(tmp_path, shown), "--entries", write(tmp_path, lines, "entries.ndjson"))

    # The proof names the service's own address, which is not the one it came from.
    assert (at_address.exit_code, "--entries" in at_address.output) == (1, True)
    assert (given.exit_code, saved.exit_code) == (0, 0)


def test_an_address_that_answers_otherwise_is_told(address, drawn):
    result = check(f"{address}/api/v1/draws/{drawn['id']}/proof")

    assert result.exit_code == 1
    assert "answers 401" in result.output
