"""What contract tests say of answers, whatever they are about."""

STATUS = {
    "status",
    "enteredAt",
    "admittedAt",
    "completedAt",
    "denyReason",
    "position",
    "admissionToken",
    "outcome",
    "expiresAt",
    "number",
    "estimatedWaitSeconds",
    "estimatedWait",
    "pollAfterMs",
    "consumerId",
    "experienceId",
    "sequenceId",
}
"""The status object; its kind's id comes on top."""
CARD = [
    "queueId",
    "version",
    "status",
    "serverTime",
    "serving",
    "tail",
    "waiting",
    "numbersServedPerMinute",
    "pollAfterMs",
    "presence",
    "marks",
    "notice",
]
"""The line card, in its order."""


def refused(answer):
    """Return what an error says, once its envelope was found to be the contract's."""
    assert {"error", "code", "message", "requestId"} <= answer.json.keys(), answer.text
    assert answer.headers["X-Request-Id"] == answer.json["requestId"]
    assert answer.headers["Content-Type"] == "application/json"
    if "Retry-After" in answer.headers:
        assert int(answer.headers["Retry-After"]) >= 1
    return answer.status_code, answer.json["error"], answer.json["code"]
