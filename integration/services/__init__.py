"""Use cases: each owns its transaction, none knows another."""
