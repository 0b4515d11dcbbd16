import io
import json
import logging
import subprocess
import sys
import threading
import warnings

import pytest
import structlog
from granian.log import LOGGING_CONFIG
from granian.log import configure_logging as configure_granian

from integration.kernel.crypto import new_api_key
from integration.kernel.logging import GRANIAN_LOGGING, bound, configure, logger

KEY = new_api_key("secret", "live")
EMAIL = "jane.doe@shop.example"
STANDARD_LOGGERS = [
    "werkzeug",
    "rq.worker",
    "_granian",
    "granian.access",
    "sqlalchemy.engine.Engine",
    "urllib3.connectionpool",
    "anything",
]


@pytest.fixture(autouse=True)
def _as_it_was():
    """Begin with nothing bound; put back what `configure` changes for the whole process."""
    structlog.contextvars.clear_contextvars()
    root, factory = logging.getLogger(), logging.getLogRecordFactory()
    handlers, level = root.handlers[:], root.level
    hooks = sys.excepthook, threading.excepthook
    levels = {name: logging.getLogger(name).level for name in logging.root.manager.loggerDict}
    yield
    root.handlers[:], root.level = handlers, level
    logging.setLogRecordFactory(factory)
    logging.captureWarnings(capture=False)
    sys.excepthook, threading.excepthook = hooks
    for name, before in levels.items():
        logging.getLogger(name).setLevel(before)
    structlog.reset_defaults()


@pytest.fixture
def stream():
    return io.StringIO()


@pytest.fixture
def lines(stream):
    """Configure JSON logs; the result reads what was written."""
    configure("debug", "json", stream)
    return lambda: [json.loads(line) for line in stream.getvalue().splitlines()]


def fail_twice():
    secret, contact = {"password": "hunter2"}, EMAIL
    try:
        {}[KEY]
    except KeyError as cause:
        raise ValueError(f"duplicate: {contact}\n{secret}") from cause


def test_a_line_is_one_json_object(lines):
    logger("launch").info("admitted", count=3)

    [line] = lines()
    assert line.items() >= {"event": "admitted", "count": 3, "level": "info"}.items()
    assert line["logger"] == "launch"
    assert line["timestamp"].endswith("Z")


def test_ids_bound_outside_are_on_every_line_inside_and_gone_after(lines):
    log = logger("launch")

    with bound(request_id="req_1", organization="org_1", job="jobs.inbox"):
        log.info("first")
        logging.getLogger("a.library").info("second")
    log.info("third")

    first, second, third = lines()
    ids = {"request_id": "req_1", "organization": "org_1", "job": "jobs.inbox"}
    assert first.items() >= ids.items()
    assert second.items() >= ids.items()
    assert third.keys().isdisjoint(ids)


def test_our_own_lines_hide_secrets_by_name_and_by_look(stream, lines):
    logger("launch").warning(f"mail to {EMAIL}", token="hunter2", note=[{"seen": KEY}], ok=EMAIL)

    assert EMAIL not in stream.getvalue()
    assert KEY not in stream.getvalue()
    assert "hunter2" not in stream.getvalue()
    assert lines()[0]["note"] == [{"seen": "[redacted]"}]


@pytest.mark.parametrize("name", STANDARD_LOGGERS)
def test_lines_of_libraries_hide_them_too(stream, lines, name):
    log = logging.getLogger(name)

    log.error("GET /x?token=%s by %s", KEY, EMAIL, extra={"password": "hunter2", "who": EMAIL})

    assert stream.getvalue()
    for secret in (KEY, EMAIL, "hunter2"):
        assert secret not in stream.getvalue()
    assert lines()[0]["event"] == "GET /x?token=[redacted] by [redacted]"


@pytest.mark.parametrize("log_format", ["json", "console"])
def test_exceptions_hide_them_with_their_causes(stream, log_format):
    configure("debug", log_format, stream)

    for report in (logger("ours").exception, logging.getLogger("theirs").exception):
        try:
            fail_twice()
        except ValueError:
            report("failed")

    told = stream.getvalue()
    assert told.count("Traceback") == 4
    assert told.count("KeyError: ") == told.count("ValueError: duplicate") == 2
    for secret in (KEY, EMAIL, "hunter2"):
        assert secret not in told


def test_handlers_of_others_see_only_clean_records(lines):
    seen = io.StringIO()
    theirs = logging.StreamHandler(seen)
    log = logging.getLogger("with.a.handler")
    log.addHandler(theirs)

    try:
        fail_twice()
    except ValueError:
        log.exception("for %s", KEY)
    logger("with.a.handler").warning("ours", seen=EMAIL)
    log.removeHandler(theirs)

    assert "ValueError" in seen.getvalue()
    assert KEY not in seen.getvalue()
    assert EMAIL not in seen.getvalue()


def test_arguments_that_do_not_fit_are_not_printed(capsys, stream, lines):
    arguments = (KEY, EMAIL)

    logging.getLogger("werkzeug").info("one %s", *arguments)

    assert "[arguments do not fit]" in lines()[0]["event"]
    assert KEY not in stream.getvalue() + "".join(capsys.readouterr())


def test_nobody_writes_lines_of_their_own(stream):
    configure("info", "console", stream)

    logger("launch").info("entered\nFAKE", agent="x\n2026 [error] FAKE\x1b[31m")

    assert len(stream.getvalue().splitlines()) == 1
    assert "\x1b[31m" not in stream.getvalue()


def test_lines_below_the_level_are_not_written(stream):
    configure("warning", "json", stream)

    logger("launch").info("no")
    logging.getLogger("rq").info("no")
    logger("launch").warning("yes")

    assert stream.getvalue().count("\n") == 1


@pytest.mark.parametrize("name", ["sqlalchemy.engine.Engine", "urllib3.connectionpool"])
def test_libraries_that_quote_parameters_are_kept_quiet(stream, lines, name):
    logging.getLogger(name).info("[generated in 0.1s] ('Jane Doe',)")

    assert stream.getvalue() == ""


def test_warnings_are_logged_clean(stream, lines):
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        logging.captureWarnings(capture=True)
        warnings.warn(f"odd value {EMAIL}", UserWarning, stacklevel=1)
        logging.captureWarnings(capture=False)

    assert "odd value [redacted]" in stream.getvalue()


def test_granian_writes_through_us(stream, lines):
    configure_granian("info", GRANIAN_LOGGING)

    logging.getLogger("granian.access").info("%(path)s %(status)d", {"path": KEY, "status": 200})
    configure_granian("info", LOGGING_CONFIG)

    assert lines()[0]["event"] == "[redacted] 200"


@pytest.mark.parametrize("thread", [False, True])
def test_exceptions_that_nobody_caught_are_logged_clean(thread):
    program = f"""
import threading
from integration.kernel.logging import configure
configure(log_format="json")
def fail():
    raise ValueError("for {EMAIL} with {KEY}")
threading.Thread(target=fail).start() if {thread} else fail()
"""

    ended = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )

    line = json.loads(ended.stderr)
    assert line["event"] == "uncaught exception"
    assert "ValueError: for [redacted] with [redacted]" in line["exception"]
    assert EMAIL not in ended.stderr + ended.stdout


def test_control_c_is_no_news(stream, lines):
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)

    assert stream.getvalue() == ""


def test_configuring_again_writes_each_line_once(stream):
    configure("info", "json", stream)
    configure("info", "json", stream)

    logger("launch").info("once")

    assert stream.getvalue().count("\n") == 1
