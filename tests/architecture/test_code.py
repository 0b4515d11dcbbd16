"""Rules about the code that imports cannot say."""

import ast
import re
from importlib import import_module

import pytest
from sqlalchemy.orm import configure_mappers

from integration.kernel.errors import FanfareError
from integration.store.job_queue import Job
from integration.store.models import Base
from tests.architecture.sources import ROOT, functions, modules

LONGEST_MODULE = 250
LONGEST_FUNCTION = 40
LONGEST_TEST_MODULE = 400
SECRETS = re.compile(r"signature|digest|hmac|\bmac\b|secret|fingerprint_hash", re.IGNORECASE)


def test_only_the_store_commits():
    found = [
        f"{path}:{node.lineno}"
        for path, tree in modules()
        if not path.startswith("integration/store/")
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in {"commit", "rollback", "begin", "begin_nested"}
    ]

    assert found == []


def test_signatures_are_compared_in_constant_time():
    found = [
        f"{path}:{node.lineno}"
        for path, tree in modules()
        # There an == is SQL's: a hash is looked up, not compared by us.
        if not path.startswith("integration/store/")
        for node in ast.walk(tree)
        if isinstance(node, ast.Compare)
        and any(isinstance(op, ast.Eq | ast.NotEq) for op in node.ops)
        and any(_is_secret(side) for side in [node.left, *node.comparators])
    ]

    assert found == []


def test_every_relationship_refuses_lazy_loading():
    configure_mappers()

    lazy = {str(r) for m in Base.registry.mappers for r in m.relationships if r.lazy != "raise"}

    assert lazy == set()


@pytest.mark.parametrize("job", Job)
def test_every_job_name_resolves(job):
    module, name = job.function.rsplit(".", 1)

    assert callable(getattr(import_module(module), name))


def test_error_codes_are_unique():
    for path in [path for path, _ in modules() if "__main__" not in path]:
        import_module(path.removesuffix(".py").removesuffix("/__init__").replace("/", "."))
    by_code: dict[str, list[str]] = {}
    for error in _family(FanfareError):
        if "code" in vars(error):
            by_code.setdefault(error.code, []).append(error.__name__)

    shared = {code: names for code, names in by_code.items() if len(names) > 1}

    assert shared == {}


def test_modules_and_functions_stay_small():
    large = [
        path
        for path, _ in modules()
        if len((ROOT / path).read_text().splitlines()) > LONGEST_MODULE
    ]
    large += [
        f"{path}:{function.name}"
        for path, tree in modules()
        for function in functions(tree)
        if (function.end_lineno or 0) - function.lineno >= LONGEST_FUNCTION
    ]
    large += [
        str(path.relative_to(ROOT))
        for path in (ROOT / "tests").rglob("*.py")
        if len(path.read_text().splitlines()) > LONGEST_TEST_MODULE
    ]

    assert large == []


def _family(error):
    yield error
    for child in error.__subclasses__():
        yield from _family(child)


def _is_secret(node: ast.expr) -> bool:
    names = [part for part in ast.walk(node) if isinstance(part, ast.Name | ast.Attribute)]
    texts = [part.id if isinstance(part, ast.Name) else part.attr for part in names]
    return any(SECRETS.search(text) for text in texts)
