"""`fanfare worker` as it is, but that the stand-in's domain leads to a port of this machine.

``python -m benchmarks.syncing.worker [DOMAIN PORT]``
"""

import sys

from integration.kernel import logging
from integration.kernel.settings import Settings
from integration.runtime import build
from jobs.worker import work
from tests.support.shopify.sessions import Adapter


def main() -> None:
    """Do jobs until told to stop."""
    logging.configure("warning")
    rt = build(Settings.from_env())
    if sys.argv[1:]:
        adapter = Adapter(sys.argv[1], int(sys.argv[2]))
        rt.http.mount(adapter.address, adapter)
    work(rt)


if __name__ == "__main__":
    main()
