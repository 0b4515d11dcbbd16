"""The programs inside the engines' wheels; their own starters are not used (design.md, D2)."""

from importlib.util import find_spec
from pathlib import Path

from integration.kernel.processes.service import CannotStart


def wheel_program(package: str, pattern: str) -> Path:
    """Return the one file of ``package`` that ``pattern`` finds."""
    spec = find_spec(package)
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        for found in Path(folder).glob(pattern):
            return found
    raise CannotStart(
        f"The wheel of {package} is not installed for this machine: install it, or set "
        "DATABASE_URL and REDIS_URL to servers of your own."
    )
