"""Which connections were looked at within the hour, by whichever clock asks first."""

from collections.abc import Sequence

from integration.store.valkey import Valkey, ValkeyAway

EVERY_SECONDS = 3600


def due(valkey: Valkey, connection_ids: Sequence[str]) -> list[str]:
    """Return those whose hour is over, each to one caller; none while Valkey is away."""
    try:
        return valkey.run(
            lambda client: [
                each
                for each in connection_ids
                if client.set(f"checked:{each}", 1, nx=True, ex=EVERY_SECONDS)
            ]
        )
    except ValkeyAway:
        return []
