"""A real Medusa on the embedded Postgres, bound to loopback, for as long as the tests run."""

import os
import shutil
import subprocess
import tarfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import requests
from psycopg.conninfo import conninfo_to_dict

from tests.support.databases import plain
from tests.support.house import ROOT, free_port
from tests.support.medusa.relay import relay
from tests.support.medusa.shop import EMAIL, PASSWORD, MedusaShop
from tests.support.node import node_bin
from tests.support.npm import installed
from tests.support.shops import prepare
from tests.support.waiting import wait_until

HERE = Path(__file__).parent
PLUGIN = ROOT / "connectors" / "medusa" / "plugin"
INSTALL_SECONDS = 580
PREPARE_SECONDS = 300
START_SECONDS = 120


@contextmanager
def running_shop(database_url: str, folder: Path) -> Generator[MedusaShop]:
    """Fill an empty database with a shop, and serve it."""
    found = conninfo_to_dict(plain(database_url))
    with relay(f"{found['host']}/.s.PGSQL.{found['port']}") as port:
        address = f"postgres://{found['user']}@127.0.0.1:{port}/{found['dbname']}"
        with _serving(address, folder) as shop:
            yield shop


@contextmanager
def _serving(database_url: str, folder: Path) -> Generator[MedusaShop]:
    project, webhook_file, programs = folder / "shop", folder / "webhook.json", node_bin()
    webhook_file.write_text("{}")
    modules = _lay_out(programs, project)
    environment = {
        "PATH": f"{programs}:{os.defpath}",
        "NODE_ENV": "development",
        "MEDUSA_DISABLE_TELEMETRY": "true",
        "DATABASE_URL": database_url,
        "SHOP_WEBHOOK_FILE": str(webhook_file),
        "HOME": str(folder),
    }
    medusa = [str(programs / "node"), str(modules / "@medusajs" / "cli" / "cli.js")]
    for command in (("db:migrate",), ("user", "-e", EMAIL, "-p", PASSWORD)):
        prepare([*medusa, *command], environment, seconds=PREPARE_SECONDS, cwd=project)
    port = free_port()
    with (folder / "log").open("w+b") as log:
        server = subprocess.Popen(
            [*medusa, "start", "--host", "127.0.0.1", "--port", str(port)],
            cwd=project,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        try:
            url = f"http://127.0.0.1:{port}"
            wait_until(lambda: _answers(server, url, log), "Medusa answers", START_SECONDS)
            yield MedusaShop(url, webhook_file)
        finally:
            os.killpg(server.pid, 9)
            server.wait()


def _lay_out(programs: Path, project: Path) -> Path:
    """Make a merchant's project with our plugin in it; return where Medusa itself is."""
    modules = installed(HERE, seconds=INSTALL_SECONDS)
    project.mkdir()
    (project / "node_modules").symlink_to(modules)
    for name in ("medusa-config.js", "package.json"):
        shutil.copy(HERE / name, project)
    source = project.with_name("plugin")
    shutil.copytree(PLUGIN, source)
    prepare([programs / "npm", "pack"], os.environ, seconds=PREPARE_SECONDS, cwd=source)
    [packed] = source.glob("*.tgz")
    # Beside the project, where Node looks next: its own node_modules is shared by all runs.
    with tarfile.open(packed) as tar:
        tar.extractall(project.parent / "node_modules", filter="data")
    (project.parent / "node_modules" / "package").rename(
        project.parent / "node_modules" / "medusa-plugin-fanfare"
    )
    return modules


def _answers(server: subprocess.Popen, url: str, log: Any) -> bool:
    if server.poll() is not None:
        log.seek(0)
        raise AssertionError(f"Medusa did not start:\n{log.read()[-3000:].decode()}")
    try:
        return requests.get(f"{url}/health", timeout=5).ok
    except requests.RequestException:
        return False
