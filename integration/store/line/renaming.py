"""A place in the line in Valkey goes over to another name (design.md, D5).

The order is that of every change: fence, commit, then tell the line. No fence is taken down
here: a clock may have chosen under the old name and not have told the line yet. The mender
does it two seconds later; until then Postgres is asked.
"""

from collections.abc import Sequence
from contextlib import suppress

from integration.store.line.epochs import Epochs, Waiting, keys, microseconds
from integration.store.valkey import Call, ValkeyAway


def fence(lines: Epochs, distribution_id: str, guest_id: str, consumer_id: str) -> None:
    """Have Postgres asked about both; the known one twice, since leaving takes one down."""
    lines.fence(distribution_id, [guest_id, consumer_id, consumer_id])


def tell(
    lines: Epochs,
    distribution_id: str,
    gone: Sequence[tuple[int, str]],
    was: str,
    stays: Waiting | None,
) -> None:
    """Take out who left, then give the place ``stays`` to its new name."""
    if gone:
        lines.remove(distribution_id, gone)
    if stays is not None:
        place = (stays.number, microseconds(stays.entered_at), was, stays.consumer_id)
        with suppress(ValkeyAway):
            names = keys(distribution_id, "epoch", "next", "signs")
            lines.valkey.scripts([Call("rename", names, place)])
