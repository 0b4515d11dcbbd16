"""The door to Valkey under its first name."""

from integration.store.valkey import Valkey, ValkeyAway, open_valkey

__all__ = ["Valkey", "ValkeyAway", "open_valkey"]
