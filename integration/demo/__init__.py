"""The demo: an organization that anybody may try everything with."""
