"""The Integration API."""
