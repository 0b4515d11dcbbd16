"""Every row of the contract has its tests; every operation its row."""

import ast
import re
import tomllib

from integration.app import create_app
from integration.runtime import build
from tests.api.conftest import make_settings
from tests.architecture.sources import ROOT

CONTRACT = ROOT / "tests" / "contract"
CONSUMERS = ("/api/v1/", "/checkout/", "/.well-known/")
STATUSES = {400, 401, 403, 404, 405, 409, 410, 412, 413, 415, 422, 423, 429, 500, 503}


def sections():
    return tomllib.loads((CONTRACT / "rows.toml").read_text())


def named_tests() -> set[str]:
    found = set()
    for path in CONTRACT.glob("test_*.py"):
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                module, name = (each.removeprefix("test_") for each in (path.stem, node.name))
                found.add(f"{module}::{name}")
    return found


def test_every_row_has_a_test():
    there = named_tests()

    missing = [
        (row, name)
        for rows in sections().values()
        for row, names in rows.items()
        for name in names or ["none"]
        if name not in there
    ]

    assert missing == []


def test_every_operation_of_consumers_has_a_row(tmp_path):
    urls = "postgresql://nobody@127.0.0.1:1/none", "redis://127.0.0.1:1"
    app = create_app(build(make_settings(*urls, tmp_path)))

    served = {
        f"{method} {re.sub(r'<[^>]+>', ':id', rule.rule).removeprefix('/api/v1')}"
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith(CONSUMERS)
        for method in rule.methods - {"HEAD", "OPTIONS"}
    }

    assert served == sections()["operations"].keys()


def test_every_status_of_an_error_has_a_row():
    told = {int(row.partition(" ")[0]) for row in sections()["errors"]}

    assert told == STATUSES
