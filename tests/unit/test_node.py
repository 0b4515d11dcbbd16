"""Finding Node for the tests that need it."""

import os
import subprocess

from tests.support.node import OLDEST, major_version, node_bin, shims


def test_the_machines_node_or_the_wheels_serves():
    folder = node_bin()

    assert major_version(str(folder / "node")) >= OLDEST
    assert (folder / "npm").exists()


def test_the_wheels_npm_runs_without_any_other_node(tmp_path):
    folder = shims(tmp_path)

    said = subprocess.run(
        [folder / "npm", "--version"],
        env={"PATH": f"{folder}:{os.defpath}", "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    ).stdout

    assert said.split(".")[0].isdecimal()
    assert major_version(str(folder / "node")) >= OLDEST
