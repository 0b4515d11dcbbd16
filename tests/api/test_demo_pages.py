"""The demo shop's pages: what they show, and that nothing foreign runs in them."""

import json
import re
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256

import pytest

from integration.app import create_app
from integration.demo import facts
from integration.demo.catalog import CATALOG
from integration.demo.paths import PATHS
from integration.kernel.settings import SDK_DIR
from tests.api.demo_shop import with_sdk

LAUNCHES = [f"/demo/launches/{product.slug}" for product in CATALOG.values()]
WAYS = [f"/demo/paths/{slug}" for slug in PATHS]
PAGES = ["/demo", "/demo/paths", "/demo/checkout", *LAUNCHES, *WAYS]


KNOWN = {
    "organizationId": "org_1",
    "publishableKey": "pk_live_1",
    "secretKey": "sk_live_1",
    "experiences": {kind: f"exp_{kind}" for kind in CATALOG},
}


@pytest.fixture(autouse=True)
def demo(settings):
    """What demo.json says."""
    facts.path(settings).write_text(json.dumps(KNOWN))


@pytest.fixture(scope="module")
def built(shared_runtime, tmp_path_factory):
    """Somebody who visits the shop where the SDK is built."""
    files = {"web-components/dist/fanfare.js": "", "browser/src/demo-react.tsx": "export {};"}
    folder = tmp_path_factory.mktemp("built")
    return with_sdk(shared_runtime, folder, **files).test_client()


@pytest.fixture(scope="module")
def bare(shared_runtime, tmp_path_factory):
    """Somebody who visits it where it is not."""
    return with_sdk(shared_runtime, tmp_path_factory.mktemp("bare")).test_client()


@pytest.fixture(scope="module")
def production(shared_runtime):
    """Somebody who looks for it where it matters."""
    settings = replace(shared_runtime.settings, env="production")
    return create_app(replace(shared_runtime, settings=settings)).test_client()


@pytest.mark.parametrize("path", PAGES)
def test_nothing_runs_in_a_page_but_what_it_was_sent_with(built, path):
    answer = built.get(path)

    policy = dict(
        part.partition(" ")[::2] for part in answer.headers["Content-Security-Policy"].split("; ")
    )
    inline = re.findall(r"<script(?![^>]*\bsrc=)[^>]*>(.*?)</script>", answer.text, re.DOTALL)
    hashes = {f"'sha256-{b64encode(sha256(each.encode()).digest()).decode()}'" for each in inline}
    assert answer.status_code == 200
    assert policy["default-src"] == "'none'"
    assert set(policy["script-src"].split()) == {"'self'", *hashes}
    assert policy["style-src"] == "'self'"
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert " style=" not in answer.text
    assert not re.search(r"<[^>]+\son\w+=", answer.text)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_leads_only_to_what_is_there_and_has_a_name(bare, path):
    text = bare.get(path).text

    for link in set(re.findall(r'(?:href|src)="(/[^"#]*)', text)):
        assert bare.get(link).status_code == 200, link
    assert text.count("<h1") == 1
    assert '<html lang="en">' in text
    assert re.search(r"<title>.+ · Odd Pair</title>", text)


@pytest.mark.parametrize("path", LAUNCHES)
def test_a_launch_stands_in_its_products_page(built, path):
    text = built.get(path).text

    assert 'publishable-key="pk_live_1"' in text
    assert sum(f'experience-id="exp_{kind}"' in text for kind in CATALOG) == 1
    assert "sk_live_1" not in text


@pytest.mark.parametrize("path", [*LAUNCHES, *WAYS])
def test_a_page_says_what_to_do_where_the_sdk_is_not_built(bare, path):
    text = bare.get(path).text

    assert "<code>make sdk</code>" in text
    assert "<script" not in text


@pytest.mark.parametrize("slug", PATHS)
def test_a_way_runs_exactly_the_source_that_it_shows(built, slug):
    text = built.get(f"/demo/paths/{slug}").text

    shown = re.search(r"<code>(.*?)</code>", text, re.DOTALL)
    running = shown.group(1).replace("&lt;", "<").replace("&gt;", ">")
    running = running.replace("&#34;", '"').replace("&#39;", "'").replace("&amp;", "&")
    assert running in text


def test_the_react_page_shows_the_component(shared_runtime):
    settings = replace(shared_runtime.settings, sdk_dir=SDK_DIR)
    visitor = create_app(replace(shared_runtime, settings=settings)).test_client()

    assert "@fanfare/sdk-react" in visitor.get("/demo/paths/react").text


@pytest.mark.parametrize(
    "path",
    [
        "/demo/launches/nothing",
        "/demo/paths/nothing",
        "/demo/files/nothing.js",
        "/demo/files/..%2Fpages.py",
        "/demo/pictures/nothing.svg",
        "/demo/checkout/nothing",
        "/demo/checkout/nothing/order",
        "/demo/%00",
    ],
)
def test_what_is_not_there_is_404(built, path):
    assert built.get(path).status_code == 404


@pytest.mark.parametrize("path", [*PAGES, "/demo/files/style.css", "/demo/checkout/adm_1"])
def test_production_has_no_demo(production, path):
    assert production.get(path).status_code == 404


@pytest.mark.parametrize("host", ["shop.example", "[::1]:8000", "no host", "localhost:port"])
def test_a_shop_with_one_name_trusts_itself_alone(bare, host):
    policy = bare.get("/demo", headers={"Host": host}).headers["Content-Security-Policy"]

    assert "connect-src 'self';" in policy
    assert "http" not in policy


def test_files_are_not_sent_twice(bare):
    first = bare.get("/demo/files/style.css")

    again = bare.get("/demo/files/style.css", headers={"If-None-Match": first.headers["ETag"]})

    assert first.headers["Cache-Control"] == "public, max-age=3600"
    assert again.status_code == 304
