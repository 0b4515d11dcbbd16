"""Products that several sources report, or one of them many times at once."""

from concurrent.futures import ThreadPoolExecutor

SNEAKER = {"name": "Limited Sneaker", "price": 199.99, "sku": "SNKR-001"}


def test_racing_reports_of_one_product_make_one(app, client, merchant):
    body = {**SNEAKER, "syncSource": "erp", "externalId": "1"}

    def report(_):
        return app.test_client().post("/products", json=body, headers=merchant.server).status_code

    with ThreadPoolExecutor(6) as pool:
        statuses = list(pool.map(report, range(12)))

    assert sorted(statuses) == [200] * 11 + [201]
    assert len(client.get("/products", headers=merchant.server).json["data"]) == 1


def test_racing_additions_of_one_sku_leave_one_winner(app, client, merchant):
    def add(_):
        return app.test_client().post("/products", json=SNEAKER, headers=merchant.server)

    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(add, range(12)))

    winner = next(answer.json["id"] for answer in answers if answer.status_code == 201)
    assert sorted(answer.status_code for answer in answers) == [201] + [409] * 11
    assert {answer.json["id"] for answer in answers} == {winner}


def test_a_racing_key_is_answered_once(app, client, merchant):
    headers = {**merchant.server, "X-Idempotency-Key": "once"}

    def add(_):
        return app.test_client().post("/products", json=SNEAKER, headers=headers)

    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(add, range(12)))

    assert {answer.status_code for answer in answers} <= {201, 409}
    assert len({answer.data for answer in answers if answer.status_code == 201}) == 1
    assert len(client.get("/products", headers=merchant.server).json["data"]) == 1


def test_a_source_may_not_take_what_a_connected_shop_brings(client, merchant):
    body = {**SNEAKER, "syncSource": "conn_01", "externalId": "1"}
    client.post("/api/products", json=body, headers=merchant.server)

    refused = client.post(
        "/api/products", json={**SNEAKER, "syncSource": "erp"}, headers=merchant.server
    )

    assert refused.status_code == 409
    assert refused.json["code"] == "SKU_TAKEN"
