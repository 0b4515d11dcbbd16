"""Measure the sync of 100 000 products and 100 000 customers by one worker; print Markdown.

Each shop is a stand-in in a process of its own: Shopify, whose lists come by bulk operations,
and WooCommerce, page by page. The second time nothing has changed. Ends with 1 where a shop
took longer than ten minutes, or the worker's memory grew with what it had synced.
"""

import argparse
import subprocess
import sys
from collections.abc import Generator, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any

import psutil
from rq import Worker

from benchmarks.scene import UNLIMITED
from benchmarks.stage import Stage, World, say, stage, wait
from benchmarks.syncing import report
from benchmarks.syncing.watching import Synced, Watch
from integration.kernel.ids import new_id
from integration.runtime import build
from integration.store.models import Connection
from integration.store.shops import seal_credentials
from jobs.worker import LANES
from tests.connectors.standin_woocommerce import KEY, SECRET
from tests.support.launches import make_merchant

RECORDS = 100_000
SUBJECTS = ("products", "customers")
TIMES = ("first", "nothing changed")
DOMAIN = "stand-in.myshopify.com"


def main() -> None:
    """Sync from each shop twice, and print what that took."""
    told = _told()
    found: list[Synced] = []
    with stage() as built:
        for shop in told.shops:
            say(f"Filling a {shop} with {told.records:,} of each ...")
            found += _measured(built, shop, told.records)
    say(f"\n{report.table(found)}\n\n{report.memory(found)}")
    sys.exit(0 if report.passed(found) else 1)


def _told() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.syncing",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    shops = ("shopify", "woocommerce")
    parser.add_argument("--records", type=int, default=RECORDS, help="of each subject (100000)")
    parser.add_argument("--shops", nargs="+", choices=shops, default=shops, help="all")
    return parser.parse_args()


def _measured(built: Stage, shop: str, records: int) -> list[Synced]:
    world = built.world(shop)
    rt = build(world.settings)
    merchant = make_merchant(rt, limits=UNLIMITED)
    with ExitStack() as stack:
        stack.callback(rt.close)
        port = stack.enter_context(_shop(shop, records, world))
        to = [DOMAIN, str(port)] if shop == "shopify" else []
        worker = stack.enter_context(_child(world, "benchmarks.syncing.worker", *to))
        stack.enter_context(_child(world, "integration.cli", "clock"))
        wait(lambda: Worker.count(connection=rt.valkey.client) == len(LANES))
        settings, credentials = _agreed(shop, port)
        connection_id = new_id("conn")
        with rt.transaction() as tx:
            connection = Connection(
                id=connection_id,
                platform=shop,
                name=shop,
                settings=settings,
                credentials=seal_credentials(rt.vault, credentials),
                state="active",
                **merchant.tenant._asdict(),
            )
            tx.session.add(connection)
        watch = Watch(rt, merchant.tenant, worker, built.engines)
        return [
            _said(watch.sync(shop, time, connection_id, subject))
            for time in TIMES
            for subject in SUBJECTS
        ]


def _agreed(shop: str, port: int) -> tuple[dict[str, str], dict[str, str]]:
    """Return the settings and credentials of a connection to a stand-in."""
    if shop == "shopify":
        return {"shop": DOMAIN}, {"accessToken": "shpat_first", "refreshToken": "shprt_first"}
    url = f"http://127.0.0.1:{port}"
    return {"url": url}, {"consumerKey": KEY, "consumerSecret": SECRET}


@contextmanager
def _shop(name: str, records: int, world: World) -> Generator[int]:
    """Serve a shop until the block ends; return its port."""
    command = [sys.executable, "-m", "benchmarks.syncing.shops", name, str(records)]
    with _running(command, world, stdout=subprocess.PIPE) as process:
        yield int(process.stdout.readline())


@contextmanager
def _child(world: World, module: str, *given: str) -> Generator[psutil.Process]:
    command = [sys.executable, "-m", module, *given]
    with (
        (world.folder / "log").open("a") as log,
        _running(command, world, stdout=log, stderr=log) as process,
    ):
        yield psutil.Process(process.pid)


@contextmanager
def _running(command: Sequence[str], world: World, **given: Any) -> Generator[subprocess.Popen]:
    process = subprocess.Popen(command, env=world.environment, text=True, **given)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(30)


def _said(synced: Synced) -> Synced:
    say(f"{synced.shop}, {synced.run.subject}, {synced.time}: {synced.seconds:.1f} s")
    return synced


if __name__ == "__main__":
    main()
