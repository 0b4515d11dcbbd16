"""Shapes that several routes of the Consumer API share."""
