"""The Consumer API."""
