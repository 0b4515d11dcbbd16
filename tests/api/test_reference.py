"""The API reference, for people and for machines."""

import re

import pytest
from openapi_spec_validator import validate


@pytest.fixture
def document(client):
    return client.get("/openapi.json").json


def test_the_reference_is_served_by_ourselves(client):
    page = client.get("/docs")

    assert page.status_code == 200
    assert page.content_type.startswith("text/html")
    policy = page.headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "http" not in policy
    parts = re.findall(r'(?:src|href)="([^"]+)"', page.text)
    assert len(parts) == 5
    for part in parts:
        assert client.get(part).status_code == 200, part


def test_nothing_in_the_page_is_inline(client):
    page = client.get("/docs").text

    assert re.findall(r"<script[^>]*>[^<\s]", page) == []
    assert "<style" not in page
    assert not re.search(r"\son\w+=|\sstyle=", page)


@pytest.mark.parametrize("name", ["page.html", "../docs/page.html", "__init__.py", "index.html"])
def test_no_other_file_is_served(client, name):
    refused = client.get(f"/docs/{name}")

    assert refused.status_code == 404
    assert refused.json["error"] == "Not found"


def test_its_parts_may_be_cached_and_the_page_may_not(client):
    assert "max-age=86400" in client.get("/docs/swagger-ui.css").headers["Cache-Control"]
    assert "max-age=0" in client.get("/docs").headers["Cache-Control"]


def test_what_a_browser_has_is_not_sent_again(client):
    first = client.get("/docs/swagger-ui-bundle.js")

    again = client.get(
        "/docs/swagger-ui-bundle.js", headers={"If-None-Match": first.headers["ETag"]}
    )

    assert (again.status_code, again.data) == (304, b"")


def test_the_document_is_valid_openapi(document):
    assert document["openapi"] == "3.1.0"
    validate(document)


def test_every_failure_has_the_one_shape(document):
    shapes = {
        str(operation["responses"].get("default"))
        for verbs in document["paths"].values()
        for operation in verbs.values()
        if isinstance(operation, dict)
    }

    assert shapes == {"{'$ref': '#/components/responses/Problem'}"}
    assert "ErrorSchema" not in document["components"]["schemas"]


def test_our_own_fields_have_types(document):
    product = document["components"]["schemas"]["ProductView"]["properties"]
    shown = document["components"]["schemas"]["ShownProductView"]["properties"]

    assert product["price"]["type"] == ["number"]
    assert shown["price"]["type"] == "string"
    assert product["createdAt"] == {"type": "string", "format": "date-time"}


@pytest.mark.parametrize(
    ("path", "header"),
    [("/api/products", "X-Idempotency-Key"), ("/api/products/{product_id}", "If-Match")],
)
def test_headers_that_callers_may_send_are_described(document, path, header):
    verb = "post" if header == "X-Idempotency-Key" else "patch"

    parameters = document["paths"][path][verb]["parameters"]

    assert header in [each["name"] for each in parameters]


def test_a_change_has_a_shape_of_its_own_in_which_nothing_is_required(document):
    schemas = document["components"]["schemas"]

    assert "required" not in schemas["ProductChanges"]
    assert "name" in schemas["ProductBody"]["required"]
    assert "$ref" in schemas["ProductChanges"]["properties"]["variants"]["items"]
