"""The built-in bot check: ALTCHA's proof of work, version 2. Nobody else learns of the visitor."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from secrets import randbelow
from typing import Any

import altcha

from integration.kernel.bot_checks.base import Proof
from integration.kernel.crypto import Vault, hash_secret
from integration.kernel.tenant import Tenant

ALGORITHM = "PBKDF2/SHA-256"
ITERATIONS = 1_000
LIFETIME = timedelta(minutes=10)
WORK, ANSWER = "challenge", "challenge answer"


class ProofOfWork:
    """Has the browser search for a number between ``effort`` / 2 and ``effort``.

    Each try costs it 1 000 rounds of PBKDF2, which every browser has built in; 2 000 tries
    take a telephone a second or two. Making a challenge costs us one try, verifying none.
    """

    provider = "altcha"
    site_key = None

    def __init__(self, vault: Vault, effort: int) -> None:
        self._work, self._answer = vault.derive(WORK), vault.derive(ANSWER)
        self._effort = effort

    def challenge(self, tenant: Tenant, now: datetime) -> dict[str, Any]:
        """Return a challenge as ALTCHA's widget takes it, good for ten minutes."""
        least = self._effort // 2
        made = altcha.create_challenge(
            ALGORITHM,
            ITERATIONS,
            counter=least + randbelow(self._effort - least) + 1,
            expires_at=now + LIFETIME,
            data=tenant._asdict(),
            hmac_secret=self._work,
            hmac_key_secret=self._answer,
        )
        return made.to_dict()

    def verify(self, tenant: Tenant, answer: str, now: datetime) -> Proof | None:
        """Return what ALTCHA's payload, in base64, proves to this tenant."""
        result = altcha.verify_solution(answer, self._work, hmac_key_secret=self._answer)
        if not result.verified:
            return None
        challenge = altcha.Payload.from_base64(answer).challenge
        with suppress(TypeError):
            expires_at = datetime.fromtimestamp(challenge.parameters.expires_at or 0, UTC)
            if challenge.parameters.data == tenant._asdict() and now < expires_at:
                return Proof(hash_secret(challenge.signature or ""), expires_at)
        return None
