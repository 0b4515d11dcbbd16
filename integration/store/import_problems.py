"""Statements on what was wrong with imported rows."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import func, insert
from sqlalchemy.orm import Session

from integration.engine.imports import Problem
from integration.kernel.tenant import Tenant
from integration.store import rows
from integration.store.models import ImportProblem


class Wrong(NamedTuple):
    """A row that was not stored: its number, its cells, what is wrong."""

    row: int
    cells: Sequence[str]
    problem: Problem


def add(session: Session, tenant: Tenant, run_id: str, wrong: Sequence[Wrong]) -> None:
    """Keep what was wrong; the caller holds the run's row."""
    if not wrong:
        return
    mine = rows.of(ImportProblem, tenant).where(ImportProblem.run_id == run_id)
    last = session.scalar(mine.with_only_columns(func.max(ImportProblem.place))) or 0
    values = [
        {
            "run_id": run_id,
            "place": place,
            "row": each.row,
            **each.problem._asdict(),
            "cells": [storable(cell) for cell in each.cells],
            **tenant._asdict(),
        }
        for place, each in enumerate(wrong, last + 1)
    ]
    session.execute(insert(ImportProblem), values)


def page(
    session: Session, tenant: Tenant, run_id: str, after: int, most: int
) -> Sequence[ImportProblem]:
    """Return what was wrong in a run, by ``place``, behind the one at ``after``."""
    wanted = (
        rows.of(ImportProblem, tenant)
        .where(ImportProblem.run_id == run_id, ImportProblem.place > after)
        .order_by(ImportProblem.place)
        .limit(most)
    )
    return session.scalars(wanted).all()


def storable(text: str) -> str:
    """Return a text without what Postgres keeps in none."""
    return text.encode("utf-8", "replace").decode().replace("\x00", "\ufffd")
