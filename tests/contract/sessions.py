"""What tests of the contract say of sessions."""

from sqlalchemy import text

from tests.support.people import AUTH

SESSION = {"accessToken", "refreshToken", "tokenType", "expiresIn", "session"}
DETAILS = {"type", "consumerId", "guestId", "email", "phone", "expiresAt"}
AUTHENTICATION_REQUIRED = (401, "Authentication required", "AUTHENTICATION_REQUIRED")


def refresh(client, merchant, token):
    return client.post(f"{AUTH}/refresh", headers=merchant.page, json={"refreshToken": token})


def me(client, headers):
    return client.get("/api/v1/consumers/me", headers=headers)


def shift(rt, table, column, seconds):
    with rt.transaction() as tx:
        statement = f"UPDATE {table} SET {column} = {column} - make_interval(secs => :seconds)"
        tx.session.execute(text(statement), {"seconds": seconds})


def is_session(answer, status, type_):
    said = answer.json
    assert answer.status_code == status, answer.text
    assert said.keys() == SESSION
    assert said["session"].keys() == DETAILS
    assert (said["tokenType"], said["expiresIn"]) == ("Bearer", 3600)
    assert said["session"]["type"] == type_
    assert answer.headers["Cache-Control"] == "no-store"
    return said
