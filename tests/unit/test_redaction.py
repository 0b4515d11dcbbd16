from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integration.kernel.crypto import Vault, new_api_key
from integration.kernel.redaction import HIDDEN, MAX_TEXT, is_secret_name, redact, scrub
from integration.kernel.signing import SigningKey
from integration.kernel.tokens import Keyring

JWT = Keyring("https://x", SigningKey.generate()).sign({"typ": "access", "exp": 1})

LOOKS_SECRET = {
    "access token": JWT,
    "token cut in two": JWT[:60],
    "publishable key": new_api_key("publishable", "live"),
    "secret key": new_api_key("secret", "test"),
    "webhook secret": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
    "refresh token": "rt_9aZ8bY7cX6dW5eV4fU3gT2hS1iR0jQ",
    "exchange code": "xc_9aZ8bY7cX6dW5eV4fU3gT2hS1iR0jQ",
    "device": "fp_01JABCDEFGHJKMNPQRSTVWXYZ0",
    "Shopify token": "shpat_0123456789abcdef0123456789abcdef",
    "WooCommerce key": "ck_0123456789abcdef0123456789abcdef01234567",
    "sealed bytes": Vault("s").seal(b"x").decode(),
    "e-mail": "jane.o'neil+shop@mail.shop.example",
    "e-mail in a query": "jane%40shop.example",
    "unicode e-mail": "jürgen@müller.example",
    "phone": "+15551234567",
    "spaced phone": "+49 (0) 151 234 567-89",
    "escaped phone": "%2B15551234567",
}

IN_CONTEXT = [
    "{}",
    "it was {}",
    "it was {}.",
    "<{}>",
    "'{}'",
    '"{}"',
    "({})",
    "a={},b=1",
    "value:{}",
    "line one\nline {}\nline three",
    "GET /x/{} HTTP/1.1",
]


@pytest.mark.parametrize("context", IN_CONTEXT)
@pytest.mark.parametrize("secret", LOOKS_SECRET.values(), ids=LOOKS_SECRET)
def test_what_looks_secret_is_hidden_wherever_it_stands(secret, context):
    told = scrub(context.format(secret))

    assert secret not in told
    assert secret[4:-4] not in told
    assert HIDDEN in told


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("GET /api/v1/queues?token=hunter2&x=1", "hunter2"),
        ("https://shop.example/return?anything=hunter2#top", "hunter2"),
        ('"GET /checkout/WyJoIl0.aBcDeF.zYxWvU HTTP/1.1" 303', "WyJoIl0"),
        ("postgresql://fanfare:hunter2@db.example/fanfare", "hunter2"),
        ("redis://:hunter2@127.0.0.1:6379/0", "hunter2"),
        ("connection failed: host=db user=fan password=hunter2 dbname=x", "hunter2"),
        ("Authorization: Bearer hunter2hunter2", "hunter2"),
        ("{'Authorization': 'Basic aHVudGVyMjpodW50ZXIy'}", "aHVudGVyMjpodW50ZXIy"),
        ("Cookie: session=hunter2; other=hunter3", "hunter3"),
        ("Set-Cookie: ff_handoff=hunter2; HttpOnly", "hunter2"),
        ("KeyError: {'password': 'hunter2 with spaces'}", "hunter2"),
        ('body {"clientSecret": "hunter2"}', "hunter2"),
        ('body {"accessToken":"hunter2"}', "hunter2"),
        ("Settings(secret='hunter2', port=1)", "hunter2"),
        ("api_key=hunter2", "hunter2"),
        ("X-Publishable-Key: hunter2", "hunter2"),
        ("X-Idempotency-Key: hunter2hunter2", "hunter2"),
        ("otp: 123456", "123456"),
        ("your code is 123456.", "123456"),
        ("{'code': '123456'}", "123456"),
        ("{'accessCode': 'VIPSALE'}", "VIPSALE"),
        ("fullName='Jane Doe'", "Jane Doe"),
        ("DETAIL:  Key (phone)=(0151 23456789) already exists.", "0151"),
        ("DETAIL:  Failing row contains (cons_1, Jane Doe, null).", "Jane Doe"),
        ("[SQL: UPDATE x]\n[parameters: {'full_name': 'Jane Doe'}]\n(Background", "Jane Doe"),
        ("b'-----BEGIN PRIVATE KEY-----\nMC4CAQ\n-----END PRIVATE KEY-----'", "MC4CAQ"),
        ("-----BEGIN PRIVATE KEY-----\nMC4CAQ (cut)", "MC4CAQ"),
    ],
)
def test_secrets_are_known_by_what_stands_before_them(text, secret):
    assert secret not in scrub(text)


@pytest.mark.parametrize(
    "text",
    [
        "admitted 12 to queue_01JABCDEFGHJKMNPQRSTVWXYZ0 in 35 ms",
        "2026-03-01T12:00:00+00:00",
        "2026-03-01 12:00:00 +0200",
        "Process exited with status code 404",
        "retrying 3 of 5, next in 300 s",
        "@vendure/core@3.1.0 installed",
        "KeyError: 'queue_id'",
        'File "/srv/integration/kernel/tokens.py", line 42, in verify',
        "https://shop.example/products/1",
        "127.0.0.1:8000",
        "the queue is basic",
        "decode failed in code.py",
    ],
)
def test_ordinary_lines_are_left_alone(text):
    assert scrub(text) == text


@pytest.mark.parametrize(
    "name",
    [
        "token",
        "admissionToken",
        "admission_token",
        "ACCESS_TOKEN",
        "Authorization",
        "HTTP_AUTHORIZATION",
        "X-Publishable-Key",
        "api_key",
        "apiKey",
        "key",
        "FANFARE_SECRET",
        "webhookSecret",
        "webhookPath",
        "password",
        "code",
        "accessCode",
        "exchangeCode",
        "otp",
        "email",
        "e_mail",
        "phone",
        "phoneNumber",
        "fullName",
        "full_name",
        "Set-Cookie",
        "credentials",
        "fingerprint",
        "X-Fingerprint",
        "signature",
        "private_pem",
        "handle",
    ],
)
def test_values_go_by_the_name_they_stand_under(name):
    assert is_secret_name(name)
    assert redact({name: "plain"}) == {name: HIDDEN}
    assert redact({"deep": [{name: 123456}]}) == {"deep": [{name: HIDDEN}]}


@pytest.mark.parametrize(
    "name",
    [
        "event",
        "request_id",
        "organization",
        "job",
        "key_id",
        "token_type",
        "session_id",
        "status_code",
        "error_code",
        "currencyCode",
        "token_count",
        "email_count",
        "monkey",
        "name",
        "path",
        "",
    ],
)
def test_names_of_ids_and_counts_show_their_values(name):
    assert redact({name: "plain"}) == {name: "plain"}


def test_absent_values_show_as_absent():
    assert redact({"email": None, "token": False}) == {"email": None, "token": False}


def test_names_are_scrubbed_too():
    assert redact({"jane@shop.example": 1}) == {HIDDEN: 1}


def test_whatever_it_is_comes_out_as_plain_values():
    @dataclass
    class Login:
        password: str = "hunter2"

    class Broken:
        def __repr__(self):
            raise RuntimeError

    told = redact(
        [Login(), Broken(), b"sk_live_abcdef123456", {1, 2}, ValueError("a@b.example"), 1.5]
    )

    assert told[0].endswith(f"Login(password={HIDDEN})")
    assert told[1:] == ["[unprintable Broken]", HIDDEN, [1, 2], f"ValueError('{HIDDEN}')", 1.5]


def test_endless_nesting_ends():
    loop = {}
    loop["loop"] = loop

    assert "[deeper]" in str(redact(loop))


def test_long_texts_are_cut():
    assert scrub("x" * 100_000) == "x" * MAX_TEXT + " [cut]"


@given(st.text(alphabet="eyJ.@+1a-_='\":?&/ \n%", max_size=300))
def test_scrubbing_again_changes_nothing_more(text):
    once = scrub(text)

    assert scrub(once) == once


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text() | st.binary() | st.datetimes(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
        max_leaves=10,
    )
)
def test_redacting_never_raises(value):
    redact(value)
