"""React's hooks against a service that really listens."""

import json
import os
import subprocess

from tests.support.launches import make_launch
from tests.support.sdk import ROOT, build


def test_hooks_show_what_the_service_says(address, rt, merchant):
    build()
    launch = make_launch(rt, merchant, rules={"admissionRate": 0})
    real = {
        "apiUrl": address,
        "publishableKey": merchant.publishable,
        "secretKey": merchant.secret,
        "experienceId": launch.experience_id,
        "queueId": launch.queue_id,
    }

    played = subprocess.run(
        [ROOT / "scripts/sdk", "exec", "--", "vitest", "run", "--project", "react", "real"],
        check=False,
        capture_output=True,
        text=True,
        env={**os.environ, "FANFARE_REAL": json.dumps(real), "NO_COLOR": "1"},
    )

    assert played.returncode == 0, played.stdout + played.stderr
    assert "1 passed" in played.stdout
