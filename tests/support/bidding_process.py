"""A process of its own that bids for many until the auction says that it is closed.

Told what to do by one line of JSON; says ``ready``, waits for another line, and ends by
printing every answer: who, how much, status, code.
"""

import json
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

from integration.app import create_app
from integration.runtime import build
from tests.api.conftest import make_settings
from tests.support.racer import say

STEP = 5


def main() -> None:
    # What a log says goes elsewhere: this is read as answers.
    answers, sys.stdout = sys.stdout, sys.stderr
    told = json.loads(sys.stdin.readline())
    with TemporaryDirectory() as folder:
        rt = build(make_settings(told["database_url"], told["redis_url"], Path(folder)))
        app = create_app(rt)
        path = f"/api/v1/auctions/{told['auction']}"
        app.test_client().get(path, headers=told["bidders"][0])
        say(answers, "ready")
        sys.stdin.readline()
        with ThreadPoolExecutor(len(told["bidders"])) as pool:
            found = list(pool.map(lambda headers: bid_on(app, path, headers), told["bidders"]))
        rt.close()
    say(answers, json.dumps([answer for each in found for answer in each]))


def bid_on(app, path, headers):
    """Bid above whatever stands, again and again, until it is over."""
    client, answers, code = app.test_client(), [], None
    while code != "CLOSED":
        high = client.get(f"{path}/highest-bid", headers=headers).json.get("amount")
        amount = float(high or 95) + STEP
        answer = client.post(f"{path}/bid", json={"amount": amount}, headers=headers)
        code = answer.json.get("code")
        answers.append([headers["X-Fingerprint"], amount, answer.status_code, code])
    return answers


if __name__ == "__main__":
    main()
