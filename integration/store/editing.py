"""Refusing a change that comes too late."""

from collections.abc import Mapping

from integration.engine.changes import Fixed
from integration.kernel.errors import Conflict, Detail


def refuse(fixed: Mapping[str, Fixed]) -> None:
    """Raise ``Conflict`` where a field may not change any more: why not, a detail a field.

    It has the code that the fields have in common.
    """
    if not fixed:
        return
    said = " ".join(dict.fromkeys(each.said for each in fixed.values()))
    error = Conflict(said, details=[Detail(name, each.said) for name, each in fixed.items()])
    codes = {each.code for each in fixed.values()}
    if len(codes) == 1:
        error.code = codes.pop()
    raise error
