"""Shapes of the Admin API."""
