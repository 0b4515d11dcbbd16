"""Messages to people: a row first, then sent by whatever way there is."""

from dataclasses import replace

import pytest
from sqlalchemy import text

from integration.kernel.mail import CannotSend, Channel, SmtpSender
from integration.services import mail, otp
from integration.services.otp import NoChannel
from integration.store.contacts import Contact
from integration.store.rows import Slice
from jobs import sweeper
from tests.jobs.support import drain, make_due
from tests.support.smtp import serve_mail

JANE = Contact(Channel.EMAIL, "jane@shop.example")


class Gateway:
    """A way that takes letters, once it has failed as often as it is told to."""

    def __init__(self, failures: int = 0, *, again: bool = True) -> None:
        self.failures, self.again, self.letters = failures, again, []

    def __call__(self, letter):
        if self.failures:
            self.failures -= 1
            raise CannotSend("Not now.", again=self.again)
        self.letters.append(letter)


def with_way(rt, way, **settings):
    return replace(rt, senders={Channel.EMAIL: way}, settings=replace(rt.settings, **settings))


def mail_by(server):
    return {Channel.EMAIL: SmtpSender(f"smtp://127.0.0.1:{server.port}", "a@acme.example")}


def message_of(rt):
    with rt.transaction() as tx:
        return tx.session.execute(text("SELECT * FROM message")).one()


def test_a_code_is_sent_by_a_job(rt, merchant):
    with serve_mail() as server:
        sending = replace(rt, senders=mail_by(server))
        otp.request(rt, merchant.tenant, JANE, None)
        drain(sending)

    [letter] = server.letters
    assert letter["To"] == JANE.value
    assert letter["Subject"] == "Your code for Acme"
    assert message_of(rt).state == "sent"


def test_a_message_that_lost_its_job_is_found(rt, merchant):
    way = Gateway()
    otp.request(rt, merchant.tenant, JANE, None)
    rt.valkey.client.flushdb()

    sweeper.sweep(rt)
    drain(with_way(rt, way))

    assert len(way.letters) == 1


def test_a_message_is_sent_once_however_often_its_job_runs(rt, merchant):
    way = Gateway()
    otp.request(rt, merchant.tenant, JANE, None)
    sending = with_way(rt, way)

    for _ in range(3):
        mail.send(sending, message_of(rt).id)

    assert len(way.letters) == 1


def test_a_failing_way_is_tried_again_with_pauses(rt, merchant):
    sending = with_way(rt, Gateway(failures=2))
    otp.request(rt, merchant.tenant, JANE, None)
    drain(sending)
    waiting = message_of(rt)

    assert sweeper.sweep(rt) == 0
    for _ in range(2):
        make_due(rt, "message")
        assert sweeper.sweep(rt) == 1
        drain(sending)

    assert (waiting.state, waiting.problem) == ("pending", "Not now.")
    assert message_of(rt).state == "sent"
    assert message_of(rt).attempts == 3


def test_what_can_never_be_sent_is_given_up(rt, merchant):
    otp.request(rt, merchant.tenant, JANE, None)

    drain(with_way(rt, Gateway(failures=1, again=False)))

    assert message_of(rt).state == "failed"
    make_due(rt, "message")
    assert sweeper.sweep(rt) == 0


def test_a_code_that_is_over_is_not_sent(rt, merchant):
    way = Gateway()
    otp.request(rt, merchant.tenant, JANE, None)
    with rt.transaction() as tx:
        tx.session.execute(text("UPDATE message SET expires_at = clock_timestamp()"))

    drain(with_way(rt, way))
    sweeper.tidy(rt)

    assert way.letters == []
    assert (message_of(rt).state, message_of(rt).content) == ("expired", None)


def test_what_a_message_said_is_forgotten_in_production(rt, merchant):
    otp.request(rt, merchant.tenant, JANE, None)

    drain(with_way(rt, Gateway(), env="production"))

    assert (message_of(rt).state, message_of(rt).content) == ("sent", None)


def test_in_development_a_message_without_a_way_is_kept(rt, merchant):
    otp.request(rt, merchant.tenant, JANE, None)

    drain(rt)

    [shown] = mail.outbox(rt, merchant.tenant, Slice(None, 10))
    assert (shown.status, shown.recipient) == ("unsendable", JANE.value)


def test_in_production_a_way_must_be_there(rt, merchant):
    strict = replace(rt, settings=replace(rt.settings, env="production"))

    with pytest.raises(NoChannel):
        otp.request(strict, merchant.tenant, JANE, None)


def test_messages_are_deleted_after_a_day(rt, merchant):
    otp.request(rt, merchant.tenant, JANE, None)
    with rt.transaction() as tx:
        for table, column in (("message", "created_at"), ("otp_code", "expires_at")):
            tx.session.execute(text(f"UPDATE {table} SET {column} = now() - interval '2 days'"))

    sweeper.tidy(rt)

    with rt.transaction() as tx:
        left = "SELECT (SELECT count(*) FROM message) + (SELECT count(*) FROM otp_code)"
        assert tx.session.scalar(text(left)) == 0
