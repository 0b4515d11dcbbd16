"""Parts of statements that keep their plans: arrays as one parameter, states as literals."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, SQLColumnExpression, Text, any_, literal, literal_column
from sqlalchemy.dialects.postgresql import ARRAY

# A prepared statement cannot tell that a parameter fits a partial index.
QUEUED = literal_column("'QUEUED'", Text)
ADMITTED = literal_column("'ADMITTED'", Text)


def among(column: SQLColumnExpression[Any], values: Iterable[str]) -> ColumnElement[bool]:
    """Return the condition that a text column has one of these values."""
    return column == any_(literal(list(values), ARRAY(Text)))
