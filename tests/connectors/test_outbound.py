"""Nothing leaves for a place that is not the public Internet's, and nothing hangs or swells."""

import gzip
import socket
import threading
import time

import pytest

from integration.kernel.outbound import (
    OutboundFailed,
    OutboundRefused,
    guarded_session,
    resolve,
)
from tests.connectors.loopback import certificate, plain, serve
from tests.connectors.test_addresses import LOOPBACK, PRIVATE


def to(*addresses):
    """A resolver that knows one answer, and counts how often it was asked."""

    def answer(host, port):
        answer.asked.append((host, port))
        return list(addresses)

    answer.asked = []
    return answer


@pytest.mark.parametrize("address", [*PRIVATE, *LOOPBACK])
def test_a_name_that_stands_for_a_private_address_is_not_connected_to(address):
    session = guarded_session(allow_loopback=False, resolver=to(address))

    with pytest.raises(OutboundRefused):
        session.get("https://shop.example/")


def test_one_private_address_among_public_ones_spoils_the_name():
    session = guarded_session(allow_loopback=True, resolver=to("127.0.0.1", "10.0.0.1"))

    with pytest.raises(OutboundRefused):
        session.get("http://shop.example/")


def test_the_address_that_was_checked_is_the_one_connected_to():
    turns = iter([["127.0.0.1"], ["10.0.0.1"]])

    with serve(plain()) as server:
        session = guarded_session(allow_loopback=True, resolver=lambda *_: next(turns))
        answer = session.get(f"http://shop.example:{server.port}/x")

    assert answer.text == "hello"
    assert server.requests[0]["Host"] == f"shop.example:{server.port}"
    assert next(turns) == ["10.0.0.1"]


def test_a_name_that_changes_its_mind_is_refused_at_the_next_connection():
    turns = iter([["127.0.0.1"], ["169.254.169.254"]])

    with serve(plain(Connection="close")) as server:
        session = guarded_session(allow_loopback=True, resolver=lambda *_: next(turns))
        session.get(f"http://shop.example:{server.port}/")

        with pytest.raises(OutboundRefused):
            session.get(f"http://shop.example:{server.port}/")


def test_the_second_address_serves_when_the_first_does_not_answer():
    with serve(plain()) as server:
        session = guarded_session(allow_loopback=True, resolver=to("127.0.0.77", "127.0.0.1"))
        answer = session.get(f"http://shop.example:{server.port}/")

    assert answer.status_code == 200


@pytest.mark.parametrize(
    "url", ["http://user:pw@127.0.0.1:1/", "ftp://127.0.0.1/", "http://", "http://[::1", "nonsense"]
)
def test_a_bad_address_is_refused_when_called_too(url):
    session = guarded_session(allow_loopback=True)

    with pytest.raises(OutboundRefused):
        session.get(url)


def test_production_does_not_call_in_the_clear():
    session = guarded_session(allow_loopback=False, resolver=to("8.8.8.8"))

    with pytest.raises(OutboundRefused):
        session.get("http://shop.example/")


def test_tls_checks_the_certificate_against_the_name_not_the_number(tmp_path):
    context, trust = certificate(tmp_path, "shop.example")
    asked = []
    context.sni_callback = lambda _sock, name, _ctx: asked.append(name)

    with serve(plain(), context) as server:
        session = guarded_session(allow_loopback=True, resolver=to("127.0.0.1"))
        answer = session.get(f"https://shop.example:{server.port}/", verify=str(trust))

    assert answer.text == "hello"
    assert asked == ["shop.example"]


def test_a_certificate_for_another_name_fails(tmp_path):
    context, trust = certificate(tmp_path, "other.example")

    with serve(plain(), context) as server:
        session = guarded_session(allow_loopback=True, resolver=to("127.0.0.1"))
        with pytest.raises(OutboundFailed) as failed:
            session.get(f"https://shop.example:{server.port}/", verify=str(trust))

    assert failed.value.kind == "tls"


def test_an_unknown_authority_fails(tmp_path):
    context, _ = certificate(tmp_path, "shop.example")

    with serve(plain(), context) as server:
        session = guarded_session(allow_loopback=True, resolver=to("127.0.0.1"))
        with pytest.raises(OutboundFailed) as failed:
            session.get(f"https://shop.example:{server.port}/")

    assert failed.value.kind == "tls"


def test_a_redirect_is_an_answer_and_not_followed():
    with serve(plain(b"", 302, Location="http://127.0.0.1:1/")) as server:
        answer = guarded_session(allow_loopback=True).get(f"http://127.0.0.1:{server.port}/")

    assert answer.status_code == 302
    assert len(server.requests) == 1


def test_no_cookie_of_one_call_is_sent_with_the_next():
    with serve(plain(Set_Cookie="session=of-somebody-else; Path=/")) as server:
        session = guarded_session(allow_loopback=True)
        session.get(f"http://127.0.0.1:{server.port}/")
        session.get(f"http://127.0.0.1:{server.port}/")

    assert ["Cookie" in request for request in server.requests] == [False, False]


def test_a_proxy_in_the_environment_is_ignored(monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:1")

    with serve(plain()) as server:
        answer = guarded_session(allow_loopback=True).get(f"http://127.0.0.1:{server.port}/")

    assert answer.status_code == 200


def test_a_body_within_the_bound_is_whole():
    with serve(plain(b"x" * 100_000)) as server:
        session = guarded_session(allow_loopback=True, max_bytes=100_000)
        answer = session.get(f"http://127.0.0.1:{server.port}/")

    assert len(answer.content) == 100_000


HUGE = b"x" * 5_000_000


def endless(handler):
    """Redirect, with a body that goes on for as long as it is read."""
    handler.wfile.write(b"HTTP/1.1 302 Found\r\nLocation: /\r\nConnection: close\r\n\r\n")
    while True:
        handler.wfile.write(HUGE)


@pytest.mark.parametrize(
    "answer",
    [
        plain(HUGE),
        plain(gzip.compress(HUGE), Content_Encoding="gzip"),
        plain(HUGE, 500),
        endless,
    ],
    ids=["plain", "gzip", "error", "redirect"],
)
def test_a_body_over_the_bound_is_not_read_to_its_end(answer):
    with serve(answer) as server:
        session = guarded_session(allow_loopback=True, max_bytes=100_000, total=5)
        with pytest.raises(OutboundFailed) as failed:
            session.get(f"http://127.0.0.1:{server.port}/")

    assert failed.value.kind == "too_large"


def test_a_silent_server_times_out():
    done = threading.Event()

    with serve(lambda _: done.wait(5)) as server:
        session = guarded_session(allow_loopback=True, timeout=(1, 0.2))
        with pytest.raises(OutboundFailed) as failed:
            session.get(f"http://127.0.0.1:{server.port}/")
        done.set()

    assert failed.value.kind == "timeout"
    assert failed.value.retry_after


def drip(headers_first, done):
    """Send a byte every 50 ms, for the headers or for the body, without ever ending."""

    def answer(handler):
        start = b"HTTP/1.1 200 OK\r\nX: "
        handler.wfile.write(start if headers_first else start + b"y\r\n\r\n")
        for _ in range(400):
            if done.wait(0.05):
                return
            handler.wfile.write(b"z")

    return answer


@pytest.mark.parametrize("tls", [False, True], ids=["plain", "tls"])
@pytest.mark.parametrize("headers_first", [False, True], ids=["body", "headers"])
def test_a_dripping_server_is_cut_off_at_the_total_time(headers_first, tls, tmp_path):
    context, trust = certificate(tmp_path, "shop.example") if tls else (None, None)
    done = threading.Event()
    session = guarded_session(allow_loopback=True, total=0.5, resolver=to("127.0.0.1"))

    with serve(drip(headers_first, done), context) as server:
        url = f"{'https' if tls else 'http'}://shop.example:{server.port}/"
        started = time.monotonic()
        with pytest.raises(OutboundFailed) as failed:
            session.get(url, verify=str(trust or ""))
        took = time.monotonic() - started
        done.set()

    assert failed.value.kind == "timeout"
    assert took < 5


def test_a_kept_connection_gets_a_new_total_time():
    with serve(plain()) as server:
        session = guarded_session(allow_loopback=True, total=0.3)
        session.get(f"http://127.0.0.1:{server.port}/")
        threading.Event().wait(0.4)
        answer = session.get(f"http://127.0.0.1:{server.port}/")

    assert answer.status_code == 200


def test_nobody_listening_is_a_failure_to_connect():
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
        with pytest.raises(OutboundFailed) as failed:
            guarded_session(allow_loopback=True).get(f"http://127.0.0.1:{port}/")

    assert failed.value.kind == "connect"


@pytest.mark.parametrize("host", ["no-such-name.invalid", "a" * 70 + ".example"])
def test_a_name_without_address_is_a_failure_to_connect(host):
    def nobody(host, port):
        return resolve("a" * 70, port)

    with pytest.raises(OutboundFailed) as failed:
        guarded_session(allow_loopback=True, resolver=nobody).get(f"http://{host}/")

    assert failed.value.kind == "connect"


def test_an_answer_that_is_not_http_is_broken():
    session = guarded_session(allow_loopback=True)

    with (
        serve(lambda handler: handler.wfile.write(b"nonsense\r\n\r\n")) as server,
        pytest.raises(OutboundFailed),
    ):
        session.get(f"http://127.0.0.1:{server.port}/")


def test_an_error_never_repeats_the_address_which_may_hold_a_secret():
    with pytest.raises(OutboundFailed) as failed:
        guarded_session(allow_loopback=True).get("http://127.0.0.1:1/hook-of-secret-path")

    assert "secret-path" not in str(failed.value)
    assert failed.value.__suppress_context__


def test_many_threads_share_one_session():
    with serve(plain()) as server:
        session = guarded_session(allow_loopback=True)
        seen = []
        url = f"http://127.0.0.1:{server.port}/"
        threads = [
            threading.Thread(target=lambda: seen.append(session.get(url).text)) for _ in range(20)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    assert seen == ["hello"] * 20
