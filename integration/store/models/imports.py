"""Files that merchants send to be imported: how far that has come, what is left, what was wrong."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, func, text
from sqlalchemy.orm import Mapped, mapped_column

from integration.store.models.base import Base, Tenanted


class ImportRun(Tenanted, Base):
    """One file on its way in; the row is the progress. ``page`` is the next to be stored."""

    __tablename__ = "import_run"
    __table_args__ = (
        Index(
            "ix_import_run_open",
            "organization_id",
            "mode",
            postgresql_where=text("finished_at IS NULL"),
        ),
        Index("ix_import_run_due", "due_at", postgresql_where=text("finished_at IS NULL")),
        Index(None, "finished_at"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    subject: Mapped[str]
    status: Mapped[str]
    header: Mapped[list[str]]
    delimiter: Mapped[str]
    total: Mapped[int]
    page: Mapped[int] = mapped_column(server_default="0")
    rows: Mapped[int] = mapped_column(server_default="0")
    created: Mapped[int] = mapped_column(server_default="0")
    updated: Mapped[int] = mapped_column(server_default="0")
    failed: Mapped[int] = mapped_column(server_default="0")
    attempts: Mapped[int] = mapped_column(server_default="0")
    problem: Mapped[str | None]
    started_at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())
    due_at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())
    finished_at: Mapped[datetime | None]


class ImportPage(Tenanted, Base):
    """A part of a file as it came, until its rows are stored."""

    __tablename__ = "import_page"

    run_id: Mapped[str] = mapped_column(
        ForeignKey("import_run.id", ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int] = mapped_column(primary_key=True)
    first_row: Mapped[int]
    content: Mapped[bytes]


class ImportProblem(Tenanted, Base):
    """What was wrong with a row; ``place`` counts the run's errors."""

    __tablename__ = "import_error"

    run_id: Mapped[str] = mapped_column(
        ForeignKey("import_run.id", ondelete="CASCADE"), primary_key=True
    )
    place: Mapped[int] = mapped_column(primary_key=True)
    row: Mapped[int]
    column: Mapped[str | None]
    message: Mapped[str]
    cells: Mapped[list[str]]
