"""The demo: an organization that anybody may try everything with, and its shop.

It serves the demo organization only, and only in development.
"""
