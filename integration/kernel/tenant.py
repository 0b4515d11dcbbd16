"""Whose data a request or job may touch."""

from typing import Literal, NamedTuple

Mode = Literal["live", "test"]


class Tenant(NamedTuple):
    """One organization in one mode; no statement goes without both."""

    organization_id: str
    mode: Mode
