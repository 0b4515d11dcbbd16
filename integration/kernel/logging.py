"""Structured logs in which no secret can be read, whoever writes the line."""

import logging
import sys
import threading
from contextlib import AbstractContextManager
from types import TracebackType
from typing import Any, TextIO

import structlog
from structlog.dev import ConsoleRenderer, plain_traceback
from structlog.processors import JSONRenderer, TimeStamper, format_exc_info
from structlog.stdlib import BoundLogger, ExtraAdder, ProcessorFormatter
from structlog.typing import EventDict, Processor, WrappedLogger

from integration.kernel.redaction import redact_named, scrub

# They quote statements, parameters and addresses at their lower levels.
_TALKATIVE = ("sqlalchemy", "urllib3", "psycopg", "requests", "asyncio")
_OURS = frozenset({"_record", "_from_structlog"})
_MULTILINE = frozenset({"exception", "stack"})
_CONTROLS = {n: f"\\x{n:02x}" for n in (*range(32), 127)} | {10: "\\n", 13: "\\r", 9: "\\t"}

GRANIAN_LOGGING: dict[str, Any] = {
    "handlers": {},
    "formatters": {},
    "loggers": {
        "_granian": {"handlers": [], "level": "INFO", "propagate": True},
        "granian.access": {"handlers": [], "level": "INFO", "propagate": True},
    },
}
"""For Granian's ``log_dictconfig``: its lines go through ours."""


def configure(
    level: str = "info", log_format: str = "console", stream: TextIO | None = None
) -> None:
    """Send every log line of this process to ``stream`` (stderr), redacted.

    ``log_format`` is ``console`` or ``json``, one object per line. Covers the standard
    library's loggers, warnings, and exceptions that nobody caught.
    """
    stream = stream or sys.stderr
    handler = logging.StreamHandler(stream)
    handler.setFormatter(_formatter(_renderer(log_format, stream)))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(max(root.level, logging.WARNING))
    logging.setLogRecordFactory(_record)
    logging.captureWarnings(capture=True)
    sys.excepthook = _log_uncaught
    threading.excepthook = _log_uncaught_in_thread
    structlog.configure(
        processors=[*_chain(), ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=BoundLogger,
    )


def logger(name: str) -> BoundLogger:
    """Return a logger: ``log.info("admitted", count=3)``."""
    return structlog.stdlib.get_logger(name)


def bound(**ids: str | None) -> AbstractContextManager[None]:
    """Put ``request_id``, ``organization`` or ``job`` on every line written inside."""
    return structlog.contextvars.bound_contextvars(**ids)


def _chain() -> list[Processor]:
    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        TimeStamper(fmt="iso", utc=True),
        structlog.processors.StackInfoRenderer(),
        format_exc_info,
        _redact,
    ]


def _formatter(renderer: Processor) -> ProcessorFormatter:
    return ProcessorFormatter(
        foreign_pre_chain=[ExtraAdder(), *_chain()],
        processors=[ProcessorFormatter.remove_processors_meta, renderer],
    )


def _renderer(log_format: str, stream: TextIO) -> Processor:
    if log_format == "json":
        return JSONRenderer(ensure_ascii=False)
    return ConsoleRenderer(colors=stream.isatty(), exception_formatter=plain_traceback)


def _redact(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    return {
        name if name in _OURS else scrub(name): value if name in _OURS else _clean(name, value)
        for name, value in event.items()
    }


def _clean(name: str, value: Any) -> Any:
    value = redact_named(name, value)
    if isinstance(value, str) and name not in _MULTILINE:
        # A line break in a value would let its sender write lines of their own.
        return value.translate(_CONTROLS)
    return value


class _Record(logging.LogRecord):
    """A record that is clean from the start, for handlers that are not ours."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if isinstance(self.msg, dict):
            # From structlog, and redacted by its chain.
            return
        self.msg, self.args = scrub(self._told()), ()
        if self.exc_info and self.exc_info[0] is not None:
            self.exc_text = scrub(logging.Formatter().formatException(self.exc_info))

    def _told(self) -> str:
        try:
            return self.getMessage()
        except Exception:  # noqa: BLE001 - logging would print the arguments to stderr
            return f"{self.msg} [arguments do not fit]"


def _record(*args: Any, **kwargs: Any) -> logging.LogRecord:
    return _Record(*args, **kwargs)


def _log_uncaught(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    if issubclass(kind, KeyboardInterrupt):
        return
    logging.getLogger("uncaught").critical("uncaught exception", exc_info=(kind, error, trace))


def _log_uncaught_in_thread(args: threading.ExceptHookArgs) -> None:
    if args.exc_value is not None:
        _log_uncaught(args.exc_type, args.exc_value, args.exc_traceback)
