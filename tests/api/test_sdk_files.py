"""The SDK's files for browsers: what was built, and nothing beside it."""

import gzip

import pytest

from tests.api.demo_shop import with_sdk

SCRIPT = "web-components/dist/fanfare.js"
FILES = {
    SCRIPT: "script",
    "web-components/dist/index.js": "for bundlers",
    "browser/dist/core.js": "core",
    "browser/dist/core.js.map": "{}",
    "browser/dist/shared.AbC-_123.js": "shared",
    "browser/dist/.hidden.js": "hidden",
    "browser/src/core.ts": "source",
    "package.json": "{}",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("sdk")


@pytest.fixture(scope="module")
def pages(shared_runtime, folder):
    """Whoever loads files where the SDK is built."""
    return with_sdk(shared_runtime, folder, **FILES).test_client()


@pytest.mark.parametrize(
    ("name", "kind", "kept"),
    [
        ("fanfare.js", "text/javascript; charset=utf-8", "public, max-age=300"),
        ("core.js", "text/javascript; charset=utf-8", "public, max-age=300"),
        ("core.js.map", "application/json", "public, max-age=300"),
        (
            "shared.AbC-_123.js",
            "text/javascript; charset=utf-8",
            "public, max-age=31536000, immutable",
        ),
    ],
)
def test_a_file_is_sent_to_pages_of_every_origin_and_kept(pages, name, kind, kept):
    answer = pages.get(f"/sdk/{name}", headers={"Origin": "https://shop.example"})

    assert answer.status_code == 200
    assert answer.content_type == kind
    assert answer.headers["Cache-Control"] == kept
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_file_is_not_sent_twice(pages, folder):
    first = pages.get("/sdk/fanfare.js")
    asked = {"If-None-Match": first.headers["ETag"]}

    again = pages.get("/sdk/fanfare.js", headers=asked)
    (folder / SCRIPT).write_text("built anew")
    anew = pages.get("/sdk/fanfare.js", headers=asked)

    assert again.status_code == 304
    assert anew.text == "built anew"


def test_a_file_is_gzipped_for_whoever_understands_that(pages, folder):
    (folder / SCRIPT).write_text("a long script " * 1_000)
    plain = pages.get("/sdk/fanfare.js")

    packed = pages.get("/sdk/fanfare.js", headers={"Accept-Encoding": "br, gzip;q=0.5"})
    declined = pages.get("/sdk/fanfare.js", headers={"Accept-Encoding": "gzip;q=0"})
    (folder / SCRIPT).write_text("built anew")
    anew = pages.get("/sdk/fanfare.js", headers={"Accept-Encoding": "gzip"})

    assert packed.headers["Content-Encoding"] == "gzip"
    assert int(packed.headers["Content-Length"]) < 200
    assert gzip.decompress(packed.data) == plain.data == declined.data
    assert packed.headers["ETag"] != plain.headers["ETag"]
    assert {each.headers["Vary"] for each in (plain, packed)} == {"Accept-Encoding"}
    assert gzip.decompress(anew.data) == b"built anew"


@pytest.mark.parametrize(
    "name",
    [
        "index.js",
        "core.ts",
        ".hidden.js",
        "..",
        "..%2Fsrc%2Fcore.ts",
        "%2e%2e%2fpackage.json",
        "..%5C..%5Cpackage.json",
        "%2Fetc%2Fpasswd",
        "core.js%00",
        "a" * 300 + ".js",
        "é.js",
    ],
)
def test_nothing_else_is_sent(pages, name):
    assert pages.get(f"/sdk/{name}").status_code == 404


def test_a_missing_file_tells_how_to_build_it(shared_runtime, tmp_path):
    answer = with_sdk(shared_runtime, tmp_path).test_client().get("/sdk/fanfare.js")

    assert answer.status_code == 404
    assert answer.json["code"] == "SDK_FILE_NOT_FOUND"
    assert "make sdk" in answer.json["message"]
