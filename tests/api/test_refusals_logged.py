"""What an operator must hear of: forged webhooks, endpoints that do not answer well."""

from structlog.testing import capture_logs

from integration.services import deliveries
from tests.api.test_inbound import ADDRESSED
from tests.jobs.support import happen, make_connection, make_endpoint, make_shop

FORGED = {"X-Fake-Signature": "f0rged-signature"}


def test_a_forged_webhook_is_logged_without_what_it_carried(client, rt, merchant, listener):
    connection = make_connection(rt, merchant, make_shop())

    with capture_logs() as lines:
        answer = client.post(
            f"/webhooks/fake/{connection}", headers=FORGED, json={"email": "ann@shop.example"}
        )

    assert answer.status_code == 401
    # A shop that calls knows its connection's id alone; whose it is, that row says.
    listener.bare[:] = [each for each in listener.bare if not each.endswith(ADDRESSED)]
    [line] = [each for each in lines if each["event"] == "notice_refused"]
    assert (line["connection"], line["code"]) == (connection, "NOTICE_REFUSED")
    assert "ann@shop.example" not in str(lines)
    assert "f0rged-signature" not in str(lines)


def test_deliveries_that_fail_are_logged_by_endpoint_and_not_by_address(rt, merchant):
    endpoint = make_endpoint(rt, merchant, "http://127.0.0.1:9/s3cret-path")
    happen(rt, merchant)

    with capture_logs() as lines:
        deliveries.drain(rt, endpoint.id)

    [line] = [each for each in lines if each["event"] == "deliveries_failed"]
    assert (line["webhook"], line["failed"], line["attempted"]) == (endpoint.id, 1, 1)
    assert "s3cret-path" not in str(lines)
