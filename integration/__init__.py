"""The Fanfare service."""
