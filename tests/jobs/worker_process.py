"""A worker as a process of its own, beside a slow make-believe shop, to be killed at will."""

import sys
import threading
from pathlib import Path

from connectors.fake import FakeShop, shop
from integration.kernel import logging
from integration.runtime import build
from jobs import worker
from tests.api.conftest import make_settings
from tests.jobs.support import make_product, stock


def fill(name: str, products: int) -> FakeShop:
    """Return the shop of that name, with the same products in every process."""
    made = shop(name)
    stock(made, *[make_product(number) for number in range(products)])
    return made


def main(database_url: str, redis_url: str, data_dir: str, name: str, products: str) -> None:
    fake = fill(name, int(products))
    pause = threading.Event()
    fake.in_transaction = lambda: pause.wait(0.15)
    logging.configure()
    worker.work(build(make_settings(database_url, redis_url, Path(data_dir))))


if __name__ == "__main__":
    main(*sys.argv[1:])
