"""What docs/integration-api.md tells to paste, pasted."""

import os
import re
import subprocess
import sys
from collections.abc import Generator
from pathlib import Path
from threading import Event, Thread

import pytest
from sqlalchemy import text
from werkzeug.serving import make_server

from tests.api.admitted import admitted
from tests.jobs.support import drain
from tests.support.launches import make_launch

PAGE = (Path(__file__).parents[2] / "docs" / "integration-api.md").read_text()
SECONDS = 120


@pytest.fixture
def address(app, rt) -> Generator[str]:
    """The address of a server that really listens, beside a worker."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    stop = Event()

    def work() -> None:
        while not stop.wait(0.1):
            drain(rt)

    threads = [Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})]
    threads.append(Thread(target=work))
    for thread in threads:
        thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    stop.set()
    server.shutdown()
    for thread in threads:
        thread.join()
    server.server_close()


def test_every_call_works_as_printed(address, client, rt, merchant, tmp_path):
    launch = make_launch(rt, merchant)
    with rt.transaction() as tx:
        # The product that the page keeps is the one that the launch sells.
        tx.session.execute(text("UPDATE product SET sku = 'SNKR-001'"))
    guest, _ = admitted(client, rt, merchant, launch)
    script = "".join(re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL))
    settings = {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "API": address,
        "NO_PROXY": "127.0.0.1",
        "SECRET_KEY": merchant.secret,
        "CONSUMER_ID": guest.consumer_id,
        "QUEUE_ID": launch.queue_id,
    }

    done = subprocess.run(
        ["bash", "-eu", "-o", "pipefail", "-c", script],
        cwd=tmp_path,
        env=settings,
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )

    assert done.returncode == 0, done.stdout + done.stderr
    said = done.stdout.splitlines()
    assert said[:3] == ["Sneaker", "250", "Ann Lee"]
    assert said[3:6] == ["pending", "refunded", "1"]
    assert said[6].startswith("row,column,message,Email,Full name,Phone")
    assert said[7].startswith("3,email,Not a valid e-mail address.,nobody,X,")
    assert said[8] == "1"
    assert "ann@shop.example" in (tmp_path / "ann.json").read_text()
    for name, held in (("products", "SNKR-001"), ("consumers", "bob@"), ("orders", "YOUR-ORDER")):
        assert held in (tmp_path / f"{name}.csv").read_text()
