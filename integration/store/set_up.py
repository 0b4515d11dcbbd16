"""What a kind adds when one of its distributions is made, changed or published."""

from collections.abc import Callable, Collection, Mapping
from types import MappingProxyType

from sqlalchemy.orm import Session

from integration.engine.kinds import DistributionType
from integration.kernel.crypto import Vault
from integration.kernel.settings import Settings
from integration.store import auction_set_up, draw_set_up, queue_set_up
from integration.store.models import Distribution

Step = Callable[[Session, Vault, Settings, Distribution, Collection[str]], None]

STEPS: Mapping[str, Step] = MappingProxyType(
    {
        DistributionType.QUEUE.value: queue_set_up.prepare,
        DistributionType.DRAW.value: draw_set_up.prepare,
        DistributionType.AUCTION.value: auction_set_up.prepare,
    }
)


def prepare(
    session: Session,
    vault: Vault,
    settings: Settings,
    row: Distribution,
    changed: Collection[str] = (),
) -> None:
    """Complete, check and keep what the row's kind has of its own.

    The row is in the database; ``changed`` names its columns that are new. Raises
    ``ValidationFailed`` for fields that do not fit each other, ``Conflict`` for what may
    not change any more.
    """
    step = STEPS.get(row.kind)
    if step is not None:
        step(session, vault, settings, row, changed)
