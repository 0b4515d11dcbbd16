"""demo.json: what a newcomer needs to try everything."""

import json
import os
from pathlib import Path
from typing import Any

from integration.app import create_app
from integration.demo.seed import seed
from integration.kernel.settings import Settings
from integration.runtime import build


def write(settings: Settings) -> str:
    """Write demo.json atomically, and return its text."""
    target = path(settings)
    rt = build(settings)
    facts = seed(create_app(rt), rt, read(settings))
    rt.close()
    text = json.dumps(facts, indent=2) + "\n"
    draft = target.with_suffix(f".{os.getpid()}")
    draft.touch(mode=0o600)
    draft.write_text(text)
    draft.replace(target)
    return text


def read(settings: Settings) -> dict[str, Any] | None:
    """Return what demo.json says, or None."""
    try:
        known: dict[str, Any] = json.loads(path(settings).read_text())
    except (OSError, ValueError):
        return None
    return known


def path(settings: Settings) -> Path:
    """Return where demo.json is."""
    return settings.data_dir / "demo.json"
