"""Standard Webhooks: we agree with the standard's own library, and let nothing else through."""

import base64
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from standardwebhooks import Webhook

from connectors.base import NoticeRefused
from connectors.signatures import verify_standard_webhook

NOW = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
SECRET = "whsec_" + base64.b64encode(b"0123456789abcdef0123456789abcdef").decode()
BODY = '{"type": "order.placed"}'


def signed(body=BODY, secret=SECRET, at=NOW, ref="msg_1"):
    return {
        "webhook-id": ref,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": Webhook(secret).sign(ref, at, body),
    }


def refuses(headers, body=BODY, secret=SECRET, now=NOW):
    with pytest.raises(NoticeRefused):
        verify_standard_webhook(headers, body.encode(), secret, now)


@given(body=st.text(), key=st.binary(min_size=1), ref=st.from_regex(r"\A[!-~]{1,60}\Z"))
def test_what_the_standards_library_signs_is_accepted(body, key, ref):
    secret = "whsec_" + base64.b64encode(key).decode()
    headers = signed(body, secret, ref=ref)

    assert (
        verify_standard_webhook(headers, body.encode("utf-8", "surrogatepass"), secret, NOW) == ref
    )


@given(position=st.integers(0, len(BODY) - 1), bit=st.integers(0, 7))
def test_one_flipped_bit_of_the_body_is_refused(position, bit):
    changed = bytearray(BODY.encode())
    changed[position] ^= 1 << bit

    with pytest.raises(NoticeRefused):
        verify_standard_webhook(signed(), bytes(changed), SECRET, NOW)


@given(garbage=st.text())
def test_no_garbage_in_a_header_gets_through_or_breaks_us(garbage):
    for name in ("webhook-id", "webhook-timestamp", "webhook-signature"):
        if signed()[name] != garbage:
            refuses({**signed(), name: garbage})


def test_the_id_and_the_time_are_under_the_signature():
    refuses({**signed(), "webhook-id": "msg_2"})
    refuses({**signed(), "webhook-timestamp": str(int(NOW.timestamp()) + 1)})


@pytest.mark.parametrize("seconds", [-300, 0, 300])
def test_five_minutes_either_way_are_tolerated(seconds):
    at = NOW + timedelta(seconds=seconds)

    assert verify_standard_webhook(signed(at=at), BODY.encode(), SECRET, NOW)


@pytest.mark.parametrize("seconds", [-301, 301, -(10**7)])
def test_older_and_newer_are_refused(seconds):
    refuses(signed(at=NOW + timedelta(seconds=seconds)))


def test_one_good_signature_among_several_is_enough():
    headers = signed()
    headers["webhook-signature"] = f"v1,AAAA v2,xyz v1a,BBBB {headers['webhook-signature']} v1,"

    assert verify_standard_webhook(headers, BODY.encode(), SECRET, NOW)


def test_a_signature_of_another_version_is_not_taken_for_ours():
    headers = signed()
    headers["webhook-signature"] = headers["webhook-signature"].replace("v1,", "v2,")

    refuses(headers)


def test_header_names_are_read_in_any_case():
    headers = {name.upper(): value for name, value in signed().items()}

    assert verify_standard_webhook(headers, BODY.encode(), SECRET, NOW)


@pytest.mark.parametrize("secret", ["plain text secret", "whsec-test", "whsec_not base64!"])
def test_a_secret_that_is_not_in_the_standards_form_counts_by_its_bytes(secret):
    headers = signed()
    headers["webhook-signature"] = Webhook(secret.encode()).sign("msg_1", NOW, BODY)

    assert verify_standard_webhook(headers, BODY.encode(), secret, NOW)


@pytest.mark.parametrize("secret", ["", "whsec_", "whsec_AAAA"])
def test_an_empty_or_other_secret_refuses(secret):
    refuses(signed(), secret=secret)
