"""The line: entering in groups, ranks in Valkey, the card that everybody reads (D4 to D6)."""
