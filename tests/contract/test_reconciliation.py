"""Contract section 5, `/connections`: GET `/:id/reconciliation`."""

from tests.jobs.support import make_connection, make_shop

CONNECTIONS = "/admin/api/v1/connections"


def test_get_connections_id_reconciliation(client, rt, merchant):
    connection_id = make_connection(rt, merchant, make_shop())

    shown = client.get(f"{CONNECTIONS}/{connection_id}/reconciliation", headers=merchant.server)

    assert shown.status_code == 200
    assert shown.json == {
        "connectionId": connection_id,
        "everyMinutes": None,
        "lastRun": None,
        "orders": {"pending": 0, "completed": 0, "rejected": 0},
        "unmatched": [],
        "openCheckouts": [],
    }


def test_get_connections_id_reconciliation_of_none(client, merchant):
    shown = client.get(f"{CONNECTIONS}/conn_x/reconciliation", headers=merchant.server)

    assert (shown.status_code, shown.json["error"], shown.json["code"]) == (
        404,
        "Connection not found",
        "CONNECTION_NOT_FOUND",
    )


def test_get_connections_id_reconciliation_without_a_key(client):
    shown = client.get(f"{CONNECTIONS}/conn_x/reconciliation")

    assert (shown.status_code, shown.json["code"]) == (401, "AUTHENTICATION_REQUIRED")
