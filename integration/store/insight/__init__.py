"""Statements that count what launches come to, and read the counts."""
