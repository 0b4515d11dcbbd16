"""Every phase of the widget, in every theme, at three widths, light and dark: clean in axe."""

from collections.abc import Callable
from itertools import cycle, product
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page

from tests.support.browsers import SHOTS
from tests.support.sdk import SDK, built

pytestmark = pytest.mark.slow

GALLERY = SDK / "web-components" / "gallery" / "index.html"
AXE = SDK / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
FINDINGS = """async (rules) => {
  const { violations } = await axe.run("main", { runOnly: rules });
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0].html} ${nodes[0].failureSummary}`);
}"""
TOO_WIDE = "document.documentElement.scrollWidth > innerWidth"
IN_WIDGET = "document.querySelector('fanfare-experience-widget').shadowRoot"
SHOWN = f"{IN_WIDGET}.querySelector('#title')"
# What opens under a finger: the question before leaving, times to move to, a code to give.
OPENS = "summary, #leave, #release, #change"
OPENED = f"{IN_WIDGET}.querySelectorAll('{OPENS}').forEach((each) => each.click())"
WIDTHS = (320, 768, 1280)
THEMES = ("default", "retro", "rounded", "clean")
LANGUAGES = ("en", "de", "ar", "fr", "ja", "es")
OWN = '{"accent": "#ffe600", "background": "#7a7a7a"}'


@pytest.fixture
def scene(somebody) -> Callable[..., Page]:
    """Opens a scene of the gallery, always in the same page."""
    built("@fanfare/sdk-web-components")
    page = somebody(reduced_motion="reduce").new_page()

    def open_(name: str, width: int = 320, scheme: str = "light", **look: str) -> Page:
        seen_at(page, width, scheme)
        page.goto(f"{GALLERY.as_uri()}?{urlencode({'phase': name, **look})}")
        page.wait_for_function(SHOWN)
        return page

    return open_


def seen_at(page: Page, width: int, scheme: str) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)


def findings(page: Page) -> list[str]:
    """Return what axe finds, and whether one has to scroll sideways."""
    page.evaluate(OPENED)
    page.evaluate(AXE.read_text())
    wide = ["It is too wide."] if page.evaluate(TOO_WIDE) else []
    return [*page.evaluate(FINDINGS, RULES), *wide]


def test_every_scene_is_clean_on_a_small_telephone(scene):
    names = scene("ready").evaluate("scenes")

    found = {name: findings(scene(name)) for name in names}

    assert {name: wrong for name, wrong in found.items() if wrong} == {}
    assert len(names) > 50


def test_every_scene_is_clean_in_other_looks_languages_and_widths(scene):
    names = scene("ready").evaluate("scenes")
    looks = zip(names, cycle(THEMES), cycle(LANGUAGES), cycle(WIDTHS), strict=False)

    found = {
        name: findings(scene(name, width, "dark", theme=theme, lang=language, variant="full"))
        for name, theme, language, width in looks
    }

    assert {name: wrong for name, wrong in found.items() if wrong} == {}


def test_every_scene_fits_and_is_pictured_by_day_and_by_night(scene):
    names = scene("ready").evaluate("scenes")
    wide = []

    for name in names:
        page = scene(name)
        for width, scheme in product(WIDTHS, ("light", "dark")):
            seen_at(page, width, scheme)
            page.screenshot(path=SHOTS / f"{name}-{width}-{scheme}.png", full_page=True)
            if page.evaluate(TOO_WIDE):
                wide.append((name, width))

    assert wide == []


def test_a_merchants_own_colours_stay_readable(scene):
    names = ["queue.participating", "queue.granted", "auction.participating.outbid", "error"]

    found = {name: findings(scene(name, 768, "light", own=OWN)) for name in names}

    assert {name: wrong for name, wrong in found.items() if wrong} == {}
