"""Files of consumers and products: what is read of them, and what is told of each row."""

import pytest

from integration.store.models import ImportPage
from tests.api.admitted import events, subscribe
from tests.api.importing import count, errors, finish, run, send, show
from tests.jobs.support import drain, make_connection, make_shop
from tests.jobs.support import sync as sync_shop
from tests.support.backoffice import stranger_to
from tests.support.launches import make_merchant

PEOPLE = ("email,phone,fullName,externalId", "ann@shop.example,+15551234567,Ann Lee,7")


def listed(client, merchant, subject, **query):
    answer = client.get(f"/api/{subject}", query_string=query, headers=merchant.server)
    return answer.json["data"]


def test_a_file_of_consumers_is_imported_by_jobs(client, rt, merchant):
    sent = send(client, merchant, "consumers", "\n".join(PEOPLE))
    drain(rt)

    assert sent.status_code == 202
    assert sent.json["id"].startswith("imp_")
    assert (sent.json["status"], sent.json["total"], sent.json["rows"]) == ("queued", 1, 0)
    done = show(client, merchant, sent.json["id"])
    assert (done["status"], done["rows"], done["created"]) == ("completed", 1, 1)
    assert done["finishedAt"] is not None
    [ann] = listed(client, merchant, "consumers")
    assert (ann["email"], ann["phone"], ann["fullName"], ann["externalId"]) == (
        "ann@shop.example",
        "+15551234567",
        "Ann Lee",
        "7",
    )


@pytest.mark.parametrize(
    "file",
    [
        "\ufeffE-Mail;Full Name\r\nann@shop.example;Ann Lee\r\n",
        "full_name\tEMAIL\tpoints\nAnn Lee\tann@shop.example\t7",
        '"email","fullName"\n\n"ann@shop.example","Ann Lee"\n,\n',
        "fullname,email,\r Ann Lee , ann@shop.example ,\r",
    ],
)
def test_a_file_may_be_written_in_many_ways(client, rt, merchant, file):
    done = finish(
        client, rt, merchant, send(client, merchant, "consumers", file.encode()).json["id"]
    )

    assert (done["rows"], done["created"], done["failed"]) == (1, 1, 0)
    [ann] = listed(client, merchant, "consumers")
    assert (ann["email"], ann["fullName"]) == ("ann@shop.example", "Ann Lee")


def test_columns_that_say_nothing_to_us_are_told(client, rt, merchant):
    done = run(client, rt, merchant, "consumers", "email,Tags,Total Spent", "a@b.example,x,1")

    assert done["ignoredColumns"] == ["Tags", "Total Spent"]


@pytest.mark.parametrize(
    ("file", "told"),
    [
        (b"", "The file is empty. Its first row names the columns."),
        (
            b"name,tags\nAnn,x\n",
            "The first row names none of these columns: email, phone, externalId.",
        ),
        (b"email,E-Mail\na@b.example,c@d.example\n", "Two columns are called email. Keep one."),
        (b'email\n"a@b.example', "Row 2 cannot be read: look at its quotation marks."),
        (
            b'email,fullName\na@b.example,A\nc@d.example,"C"D\n',
            "Row 3 cannot be read: look at its quotation marks.",
        ),
        ("email\na@b.example".encode("utf-16"), "The file is UTF-16. Save it as 'CSV UTF-8'."),
    ],
)
def test_a_file_that_is_no_table_is_refused_whole(client, rt, merchant, file, told):
    refused = send(client, merchant, "consumers", file)

    assert (refused.status_code, refused.json["code"]) == (400, "VALIDATION_FAILED")
    assert refused.json["details"] == [{"field": "file", "message": told}]
    assert count(rt, "import_run") == 0


def test_what_is_wrong_is_told_by_row_and_the_rest_is_stored(client, rt, merchant):
    good = b"email,phone,fullName\nann@shop.example,,Ann\n\n"
    bad = b"nobody,12,X\n,,Y\nbob@shop.example,,B\xf6b\neve@shop.example,,\0,more\n"
    sent = send(client, merchant, "consumers", good + bad)

    done = finish(client, rt, merchant, sent.json["id"])

    assert (done["rows"], done["created"], done["failed"]) == (5, 1, 4)
    assert errors(client, merchant, done["id"]) == [
        ["row", "column", "message", "email", "phone", "fullName"],
        ["4", "email", "Not a valid e-mail address.", "nobody", "12", "X"],
        ["5", "", "Give at least one of email, phone and externalId.", "", "", "Y"],
        [
            "6",
            "fullName",
            "It is not UTF-8. Save the file as 'CSV UTF-8'.",
            "bob@shop.example",
            "",
            "B?b",
        ],
        ["7", "", "The row has 4 cells, the header 3.", "eve@shop.example", "", "\ufffd", "more"],
        ["7", "fullName", "It holds a NUL character.", "eve@shop.example", "", "\ufffd", "more"],
    ]


@pytest.mark.parametrize(
    ("column", "cell", "told"),
    [
        ("phone", "030901820", "Not a phone number. Send it as +15551234567, or with"),
        ("defaultCountry", "XX", "Not a country's code, such as US."),
        ("fullName", "x" * 201, "At most 200 characters."),
        ("externalId", "x" * 256, "At most 255 characters."),
        ("metadata", "[]", "Not a JSON object of at most 16 kB."),
        ("metadata", '"{""a"": NaN}"', "Not a JSON object of at most 16 kB."),
        ("metadata", "[" * 9000, "Not a JSON object of at most 16 kB."),
        ("metadata", '"{""a"": ""\\u0000""}"', "Not a JSON object of at most 16 kB."),
    ],
)
def test_a_cell_is_held_to_the_apis_bounds(client, rt, merchant, *, column, cell, told):
    done = run(client, rt, merchant, "consumers", f"email,{column}", f"a@b.example,{cell}")

    assert done["failed"] == 1
    [[row, name, message, *_]] = errors(client, merchant, done["id"])[1:]
    assert (row, name) == ("2", column)
    assert message.startswith(told)


def test_the_same_file_again_changes_nothing(client, rt, merchant):
    lines = (
        "email,phone,externalId,syncSource,metadata",
        "ann@shop.example,+15551234567,,,",
        ",+15557654321,,,",
        ",,7,,",
        ',,7,crm,"{""tier"": ""gold""}"',
    )
    first = run(client, rt, merchant, "consumers", *lines)
    before = listed(client, merchant, "consumers")

    again = run(client, rt, merchant, "consumers", *lines)

    assert (first["created"], first["updated"]) == (4, 0)
    assert (again["rows"], again["created"], again["updated"], again["failed"]) == (4, 0, 0, 0)
    assert listed(client, merchant, "consumers") == before


def test_the_same_key_is_the_same_import(client, rt, merchant):
    first = send(client, merchant, "consumers", "\n".join(PEOPLE), **{"X-Idempotency-Key": "one"})
    again = send(client, merchant, "consumers", "\n".join(PEOPLE), **{"X-Idempotency-Key": "one"})
    other = send(client, merchant, "consumers", "email\na@b.example", **{"Idempotency-Key": "one"})

    assert (again.status_code, again.data) == (202, first.data)
    assert again.headers["Idempotency-Replayed"] == "true"
    assert other.status_code == 422
    assert count(rt, "import_run") == 1


def test_who_is_known_is_updated_and_what_is_not_told_stays(client, rt, merchant):
    headers, body = merchant.server, {"email": "ann@shop.example", "fullName": "Ann"}
    known = client.post("/api/consumers", json=body, headers=headers).json

    done = run(
        client, rt, merchant, "consumers", "email,fullName,phone", "ANN@shop.example,,+15551234567"
    )

    assert (done["created"], done["updated"]) == (0, 1)
    shown = client.get(f"/api/consumers/{known['id']}", headers=headers)
    assert (shown.json["fullName"], shown.json["phone"]) == ("Ann", "+15551234567")
    assert shown.headers["ETag"] == '"2"'


def test_rows_of_one_person_are_one_person(client, rt, merchant):
    done = run(
        client,
        rt,
        merchant,
        "consumers",
        "externalId,email,fullName",
        "7,ann@shop.example,",
        "7,anna@shop.example,Anna",
        ",anna@shop.example,Anna Lee",
    )

    assert (done["rows"], done["created"]) == (3, 1)
    [anna] = listed(client, merchant, "consumers")
    assert (anna["externalId"], anna["email"], anna["fullName"]) == (
        "7",
        "anna@shop.example",
        "Anna Lee",
    )


def test_two_people_may_not_have_one_address(client, rt, merchant):
    done = run(
        client,
        rt,
        merchant,
        "consumers",
        "externalId,email",
        "7,ann@shop.example",
        "8,ann@shop.example",
    )

    ann = listed(client, merchant, "consumers")[0]
    assert (done["created"], done["failed"]) == (1, 1)
    assert errors(client, merchant, done["id"])[1][:3] == [
        "3",
        "email",
        f"Another consumer has this address: {ann['id']}.",
    ]


def test_people_who_change_places_are_told_of(client, rt, merchant):
    header = "externalId,email"
    run(client, rt, merchant, "consumers", header, "1,a@b.example", "2,c@d.example")

    done = run(
        client, rt, merchant, "consumers", header, "1,c@d.example", "2,a@b.example", "3,e@f.example"
    )

    assert (done["created"], done["updated"], done["failed"]) == (1, 0, 2)


def test_a_number_that_several_have_names_none_of_them(client, rt, merchant):
    for email in ("a@b.example", "c@d.example"):
        body = {"email": email, "phone": "+15551234567"}
        client.post("/api/consumers", json=body, headers=merchant.server)

    done = run(client, rt, merchant, "consumers", "phone,fullName", "+15551234567,Ann")

    assert (done["updated"], done["failed"]) == (0, 1)
    assert "Several consumers" in errors(client, merchant, done["id"])[1][2]


def test_subscribers_hear_of_imported_consumers(client, rt, merchant):
    subscribe(rt, merchant)
    run(client, rt, merchant, "consumers", *PEOPLE)
    run(client, rt, merchant, "consumers", "externalId,fullName", "7,Ann")

    told = [(name, sequence, data["fullName"]) for name, sequence, data in events(rt)]

    assert told == [("consumer.created", 1, "Ann Lee"), ("consumer.updated", 2, "Ann")]


def test_products_are_added_and_updated_by_sku_or_by_their_id_elsewhere(client, rt, merchant):
    header = "sku,name,price,currencyCode,inventory,externalId,syncSource"
    first = run(
        client, rt, merchant, "products", header, "A,Sneaker,199.9,,5,1,erp", "B,Cap,20,JPY,,,"
    )
    again = run(client, rt, merchant, "products", header, "A2,,210,,,1,erp", "B,Cap,20,JPY,,,")

    assert (first["created"], first["failed"]) == (2, 0)
    assert (again["created"], again["updated"], again["failed"]) == (0, 1, 0)
    by_name = {each["name"]: each for each in listed(client, merchant, "products")}
    sneaker, cap = by_name["Sneaker"], by_name["Cap"]
    assert (sneaker["sku"], sneaker["name"], sneaker["price"]) == ("A2", "Sneaker", 210.0)
    assert (sneaker["currencyCode"], sneaker["inventory"]) == ("USD", 5)
    assert (cap["price"], cap["currencyCode"], cap["inventory"]) == (20, "JPY", None)


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (",Cap,1,,,", "sku"),
        ("A,,1,,,", "name"),
        ("A,Cap,,,,", "price"),
        ("A,Cap,1.999,,,", "price"),
        ("A,Cap,-1,,,", "price"),
        ("A,Cap,1.5,JPY,,", "price"),
        ("A,Cap,1,XXX,,", "currencyCode"),
        ("A,Cap,1,,1.5,", "inventory"),
        ("A,Cap,1,,9999999999,", "inventory"),
        ("A,Cap,1,,,javascript:alert(1)", "url"),
        ("A,Cap,1,,,https://[::1", "url"),
    ],
)
def test_a_bad_cell_of_a_product_is_named(client, rt, merchant, row, column):
    done = run(client, rt, merchant, "products", "sku,name,price,currencyCode,inventory,url", row)

    assert (done["created"], done["failed"]) == (0, 1)
    assert errors(client, merchant, done["id"])[1][1] == column


def test_what_a_connected_shop_brings_is_that_shops_own(client, rt, merchant):
    shop = make_shop(products=1)
    sync_shop(rt, merchant, make_connection(rt, merchant, shop))

    done = run(client, rt, merchant, "products", "sku,name,price", "SKU-00000,Mine,1")

    assert done["failed"] == 1
    assert listed(client, merchant, "products")[0]["name"] == "Thing 0"


def test_a_cell_that_would_run_in_a_spreadsheet_is_text_in_the_list_of_errors(client, rt, merchant):
    done = run(client, rt, merchant, "consumers", "email,fullName", "=HYPERLINK(1),@x")

    assert errors(client, merchant, done["id"])[1][3:] == ["'=HYPERLINK(1)", "'@x"]


def test_a_file_is_gone_once_its_rows_are_stored(client, rt, merchant):
    run(client, rt, merchant, "consumers", *PEOPLE)

    assert count(rt, ImportPage.__tablename__) == 0


def test_a_file_too_large_or_of_another_type_is_refused(client, rt, merchant):
    large = send(client, merchant, "consumers", b"email\n" + b"x" * 10 * (1 << 20))
    many = send(client, merchant, "products", "sku\n" + "a\n" * 100_001)
    json = client.post("/api/imports/products", json=[], headers=merchant.server)
    latin = send(
        client, merchant, "products", b"sku", **{"Content-Type": "text/csv;charset=latin1"}
    )

    assert (large.status_code, large.json["error"]) == (413, "Request too large")
    assert "10 MiB" in large.json["message"]
    assert (many.status_code, many.json["code"]) == (413, "REQUEST_TOO_LARGE")
    assert "100000 rows" in many.json["message"]
    assert (json.status_code, json.json["error"]) == (415, "Unsupported media type")
    assert latin.status_code == 415


def test_so_many_files_wait_and_no_more(client, rt, merchant):
    for _ in range(20):
        assert send(client, merchant, "products", "sku\nA").status_code == 202

    refused = send(client, merchant, "consumers", "email\na@b.example")

    assert (refused.status_code, refused.json["code"]) == (409, "IMPORTS_WAITING")


@pytest.mark.parametrize("stranger", ["organization", "mode"])
@pytest.mark.parametrize("path", ["", "/errors.csv"])
def test_nobody_else_has_heard_of_an_import(client, rt, merchant, stranger, path):
    started = send(client, merchant, "consumers", "\n".join(PEOPLE)).json["id"]
    other = stranger_to(rt, merchant, stranger)

    refused = client.get(f"/imports/{started}{path}", headers=other.server)

    assert (refused.status_code, refused.json["error"]) == (404, "Import not found")


def test_an_import_is_shown_to_keys_of_its_subject(client, rt, merchant):
    started = send(client, merchant, "consumers", "\n".join(PEOPLE)).json["id"]
    writer = make_merchant(rt, scopes=("write:consumers",), of=merchant)
    other = make_merchant(rt, scopes=("read:products",), of=merchant)

    assert client.get(f"/imports/{started}", headers=writer.server).status_code == 200
    assert client.get(f"/imports/{started}", headers=other.server).status_code == 403
    assert send(client, other, "products", "sku").status_code == 403
