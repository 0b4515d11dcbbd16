"""The Admin API."""
