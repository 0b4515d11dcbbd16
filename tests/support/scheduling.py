"""Which worker runs what: a file stays together, and so does what needs one shop or one browser.

What a file starts, such as a whole service, is started once. The groups that xdist brings do
nothing under pytest 9.2, which has no place for them in a test's id.
"""

from xdist.scheduler import LoadFileScheduling

SHOPS = ("vendure", "pretix", "medusa", "tests/browser/")


class ByFile(LoadFileScheduling):
    """Deals files out to workers, and files that share a shop or a browser to one of them."""

    def _split_scope(self, nodeid: str) -> str:
        file = str(super()._split_scope(nodeid))
        return next((shop for shop in SHOPS if shop in file), file)
