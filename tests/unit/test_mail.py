"""Senders against real servers on loopback."""

import json
import logging

import pytest

from integration.kernel.mail import CannotSend, Channel, HttpSender, Letter, SmtpSender, senders
from integration.kernel.outbound import guarded_session
from tests.connectors.loopback import certificate, plain, serve
from tests.support.smtp import serve_mail

AUTHOR = "Acme <no-reply@acme.example>"
LETTER = Letter("msg_1", "jane@shop.example", "Your code for Acme", "123456 is your code.")
SMS = LETTER._replace(recipient="+15551234567")


@pytest.fixture
def trusted(tmp_path, monkeypatch):
    """A certificate for localhost that this process trusts."""
    context, trust = certificate(tmp_path, "localhost")
    monkeypatch.setenv("SSL_CERT_FILE", str(trust))
    return context


def test_a_letter_arrives():
    with serve_mail() as server:
        SmtpSender(f"smtp://127.0.0.1:{server.port}", AUTHOR)(LETTER)

    [letter] = server.letters
    assert (letter["From"], letter["To"]) == (AUTHOR, LETTER.recipient)
    assert letter["Subject"] == LETTER.subject
    assert letter["Message-ID"] == "<msg_1@acme.example>"
    assert letter.get_content().strip() == LETTER.text


def test_tls_is_taken_up_where_it_is_offered(trusted):
    with serve_mail(tls=trusted) as server:
        SmtpSender(f"smtp://jane:p%40ss@localhost:{server.port}", AUTHOR)(LETTER)

    assert ("STARTTLS", False) in server.commands
    assert ("AUTH", True) in server.commands
    assert ("MAIL", True) in server.commands


def test_tls_from_the_beginning(trusted):
    with serve_mail(tls=trusted, at_once=True) as server:
        SmtpSender(f"smtps://localhost:{server.port}", AUTHOR)(LETTER)

    assert len(server.letters) == 1
    assert all(secret for _, secret in server.commands)


def test_a_certificate_that_is_not_trusted_ends_it(tmp_path):
    context, _ = certificate(tmp_path, "localhost")
    with serve_mail(tls=context) as server, pytest.raises(CannotSend) as refused:
        SmtpSender(f"smtp://localhost:{server.port}", AUTHOR)(LETTER)

    assert refused.value.again
    assert server.letters == []


@pytest.mark.parametrize(
    ("says", "again"),
    [
        ({"RCPT": "550 nobody here"}, False),
        ({"RCPT": "450 later"}, True),
        ({"MAIL": "421 busy"}, True),
        ({"DATA": "554 no"}, False),
        ({"AUTH": "535 who are you"}, True),
    ],
)
def test_what_a_mail_server_refuses(says, again):
    with serve_mail(says) as server, pytest.raises(CannotSend) as refused:
        SmtpSender(f"smtp://jane:secret@127.0.0.1:{server.port}", AUTHOR)(LETTER)

    assert refused.value.again is again
    assert LETTER.recipient not in str(refused.value)


def test_no_mail_server_at_all():
    with serve_mail() as server:
        pass

    with pytest.raises(CannotSend) as refused:
        SmtpSender(f"smtp://127.0.0.1:{server.port}", AUTHOR)(LETTER)

    assert refused.value.again


def test_a_text_message_goes_to_the_gateway(caplog):
    with (
        caplog.at_level(logging.DEBUG),
        serve(plain(b"{}", 202)) as gateway,
        guarded_session(allow_loopback=True) as http,
    ):
        HttpSender(http, f"{gateway.url}/send", "s3cret")(SMS)

    [sent] = gateway.requests
    assert json.loads(sent["body"]) == {"id": "msg_1", "to": SMS.recipient, "text": SMS.text}
    assert sent["Authorization"] == "Bearer s3cret"
    assert sent["Idempotency-Key"] == "msg_1"
    assert SMS.text not in caplog.text


@pytest.mark.parametrize(
    ("status", "again"), [(400, False), (403, False), (429, True), (500, True), (302, False)]
)
def test_what_a_gateway_refuses(status, again):
    with (
        serve(plain(b"", status)) as gateway,
        guarded_session(allow_loopback=True) as http,
        pytest.raises(CannotSend) as refused,
    ):
        HttpSender(http, gateway.url, None)(SMS)

    assert refused.value.again is again


def test_a_gateway_in_a_private_network_is_not_called():
    with (
        guarded_session(allow_loopback=False) as http,
        pytest.raises(CannotSend) as refused,
    ):
        HttpSender(http, "https://10.0.0.1/send", None)(SMS)

    assert not refused.value.again


def test_the_settings_open_the_ways():
    with guarded_session(allow_loopback=True) as http:
        none = senders(http, smtp_url=None, author=AUTHOR, sms_url=None, sms_token=None)
        both = senders(
            http, smtp_url="smtp://m", author=AUTHOR, sms_url="https://g.example", sms_token="t"
        )

    assert none == {}
    assert both.keys() == {Channel.EMAIL, Channel.SMS}
    assert "smtp://m" not in repr(both)
