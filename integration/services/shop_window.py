"""An experience as its page shows it."""

from collections.abc import Callable, Mapping
from types import SimpleNamespace
from typing import Any

from integration.engine.kinds import DistributionType
from integration.kernel.errors import required
from integration.kernel.tenant import Tenant
from integration.runtime import Runtime
from integration.store import experiences, rows
from integration.store.experiences import Shown
from integration.store.models import Sequence as Path

Show = Callable[[Runtime, Tenant, str], Any]
"""Returns a distribution of one kind as its own page shows it."""

WAITLISTS = f"{DistributionType.WAITLIST}s"


def show(
    rt: Runtime, tenant: Tenant, experience_id: str, shows: Mapping[str, Show]
) -> SimpleNamespace:
    """Return a published experience with all that it offers, or raise ``NotFound``.

    ``shows`` has one way of showing for each kind of distribution.
    """
    with rt.transaction() as tx:
        experience, product = required(
            experiences.published(tx.session, tenant, experience_id), "Experience"
        )
        paths = experiences.paths(tx.session, tenant, experience_id)
    return rows.shown(
        experience,
        product=product,
        server_time=rt.clock.now(),
        sequences=[_path(rt, tenant, path, offers, shows) for path, offers in paths],
    )


def _path(
    rt: Runtime, tenant: Tenant, path: Path, offers: list[Shown], shows: Mapping[str, Show]
) -> SimpleNamespace:
    shelves: dict[str, list[Any]] = {f"{kind}s": [] for kind in DistributionType}
    for offered, _ in offers:
        shelves[f"{offered.kind}s"].append(shows[offered.kind](rt, tenant, offered.id))
    waitlists = shelves.pop(WAITLISTS)
    return rows.shown(
        path,
        has_access_code=path.has_access_code,
        waitlist=next(iter(waitlists), None),
        **shelves,
    )
