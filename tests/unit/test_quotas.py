"""Rate limits as the environment sets them."""

from pathlib import Path

import pytest

from integration.kernel.quotas import PER_HOUR, PER_MINUTE, BadLimits, read_limits
from integration.kernel.settings import BadSettings, Settings

OPERATIONS = Path(__file__).parents[2] / "docs" / "operations.md"


def test_limits_are_set_by_their_names_on_the_wire():
    said = " queueEntry=5000, otpContact = 10,,bids=0"

    assert read_limits(said) == {"queue_entry": 5000, "otp_contact": 10, "bids": 0}
    assert read_limits("") == {}


@pytest.mark.parametrize(
    "text", ["teapots=1", "queueEntry", "queueEntry=", "bids=-1", "bids=1.5", "bids=10000001"]
)
def test_what_is_no_limit_is_refused(text):
    with pytest.raises(BadLimits, match=text.partition("=")[0]):
        read_limits(text)


def test_the_settings_take_limits_and_name_their_faults(monkeypatch):
    monkeypatch.setenv("FANFARE_LIMITS", "admin=7")
    assert Settings.from_env().limits == {"admin": 7}

    monkeypatch.setenv("FANFARE_LIMITS", "teapots=7")
    with pytest.raises(BadSettings, match=r"FANFARE_LIMITS: knows no limit 'teapots'"):
        Settings.from_env()


def test_the_page_for_operators_names_every_limit_and_its_default():
    page = OPERATIONS.read_text()

    for name, figure in {**PER_MINUTE, **PER_HOUR}.items():
        head, *rest = name.split("_")
        assert f"`{head}{''.join(map(str.capitalize, rest))}` {figure}" in page
