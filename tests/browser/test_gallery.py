"""Every phase of the widget, in every theme, at three widths, light and dark: clean in axe."""

from collections.abc import Callable
from itertools import cycle, product
from urllib.parse import urlencode

import pytest
from playwright.sync_api import BrowserContext, Page

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
THEMES = ("default", "retro", "rounded", "clean")
LANGUAGES = ("en", "de", "ar", "fr", "ja", "es")
OWN = '{"accent": "#ffe600", "background": "#7a7a7a"}'


@pytest.fixture
def scene(somebody) -> Callable[..., Page]:
    """Opens a scene of the gallery."""
    built("@fanfare/sdk-web-components")
    contexts: dict[tuple[int, str], BrowserContext] = {}

    def open_(name: str, width: int = 320, scheme: str = "light", **look: str) -> Page:
        size = {"width": width, "height": 900}
        wanted = {"viewport": size, "color_scheme": scheme, "reduced_motion": "reduce"}
        if (width, scheme) not in contexts:
            contexts[width, scheme] = somebody(**wanted)
        context = contexts[width, scheme]
        page = context.pages[0] if context.pages else context.new_page()
        page.goto(f"{GALLERY.as_uri()}?{urlencode({'phase': name, **look})}")
        page.wait_for_function(SHOWN)
        return page

    return open_


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
    looks = zip(names, cycle(THEMES), cycle(LANGUAGES), cycle((768, 1280, 320)), strict=False)

    found = {
        name: findings(scene(name, width, "dark", theme=theme, lang=language, variant="full"))
        for name, theme, language, width in looks
    }

    assert {name: wrong for name, wrong in found.items() if wrong} == {}


@pytest.mark.parametrize("width", [320, 768, 1280])
def test_every_scene_fits_and_is_pictured_by_day_and_by_night(scene, width):
    names = scene("ready").evaluate("scenes")
    wide = []

    for name, scheme in product(names, ("light", "dark")):
        page = scene(name, width, scheme)
        page.screenshot(path=SHOTS / f"{name}-{width}-{scheme}.png", full_page=True)
        if page.evaluate(TOO_WIDE):
            wide.append(name)

    assert wide == []


def test_a_merchants_own_colours_stay_readable(scene):
    names = ["queue.participating", "queue.granted", "auction.participating.outbid", "error"]

    found = {name: findings(scene(name, 768, "light", own=OWN)) for name in names}

    assert {name: wrong for name, wrong in found.items() if wrong} == {}
