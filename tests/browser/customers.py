"""What customers do and see on a page, by the words that they read."""

import re

from playwright.sync_api import FrameLocator, Page, expect

from tests.browser.launches import Launch
from tests.support.waiting import wait_until

PAY = re.compile("^Pay ")


Where = Page | FrameLocator


def press(page: Where, name: str) -> None:
    """Press the button of this name once it is there."""
    page.get_by_role("button", name=name, exact=True).click()


def sees(page: Where, title: str) -> None:
    """Wait until this heading is shown."""
    expect(page.get_by_role("heading", name=title, exact=True)).to_be_visible()


def reads(page: Where, text: str) -> None:
    """Wait until this text is shown somewhere."""
    expect(page.get_by_text(text).first).to_be_visible()


def check_out(page: Page) -> None:
    """Go from the widget to the demo shop's checkout."""
    press(page, "Go to checkout")
    expect(page.get_by_role("button", name=PAY)).to_be_visible()


def pay(page: Where) -> None:
    """Pay in the demo shop, and be thanked."""
    page.get_by_label("A card that works").check()
    page.get_by_role("button", name=PAY).click()
    sees(page, "Thank you")


def is_declined(page: Where) -> None:
    """Try to pay in the demo shop with a card that does not serve."""
    page.get_by_label("A card that is declined").check()
    page.get_by_role("button", name=PAY).click()
    expect(page.get_by_role("alert")).to_contain_text("The payment did not go through.")


def comes_to(drop: Launch, *states: str) -> None:
    """Wait until the entries stand like this, the oldest first."""

    def stand() -> list[str]:
        entries = sorted(drop.entries(), key=lambda each: each["id"])
        return [each["status"] for each in entries]

    wait_until(lambda: stand() == [*states], f"entries are {states}")
