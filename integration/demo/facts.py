"""demo.json, as the demo's pages and the commands read it (design.md, section 5)."""

import json
from pathlib import Path
from typing import Any

from integration.kernel.settings import Settings

Facts = dict[str, Any]


def path(settings: Settings) -> Path:
    """Return where demo.json is."""
    return settings.data_dir / "demo.json"


def read(settings: Settings) -> Facts | None:
    """Return what demo.json says, or None."""
    try:
        known: Facts = json.loads(path(settings).read_text())
    except (OSError, ValueError):
        return None
    return known
