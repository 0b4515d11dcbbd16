"""demo.json: what a newcomer needs to try everything."""

import json
import os

from integration.app import create_app
from integration.demo.facts import path, read
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
