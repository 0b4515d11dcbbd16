"""What docs/webhooks.md says: its pieces of code, and what each event's data holds."""

import json
import re
from pathlib import Path
from typing import Any

PAGE = (Path(__file__).parents[2] / "docs" / "webhooks.md").read_text()
SECTION = re.compile(r"(?ms)^### [^\n]+\n\n(?P<names>`[^\n]+?)\n(?P<rest>.*?)(?=^### |\Z)")
EXAMPLE = re.compile(r"```json\n(.*?)```", re.DOTALL)


def block(language: str, holding: str) -> str:
    """Return the page's piece of code in this language that holds these words."""
    pieces = re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)
    [found] = [piece for piece in pieces if holding in piece]
    return found


def examples() -> dict[str, dict[str, Any]]:
    """Return an example of the data of each event, by the event."""
    _, _, events = PAGE.partition("\n## Events\n")
    known: dict[str, dict[str, Any]] = {}
    for section in SECTION.finditer(events):
        example = EXAMPLE.search(section["rest"])
        data = json.loads(example[1]) if example else {}
        for name in re.findall(r"`([a-z_.]+)`", section["names"]):
            known[name] = data
    return known


EXAMPLES = examples()
CATALOGUE = {name: set(data) for name, data in EXAMPLES.items()}
