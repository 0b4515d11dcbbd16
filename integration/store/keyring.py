"""The installation's signing keys, as every process holds them."""

from datetime import timedelta
from threading import Lock

from sqlalchemy.orm import Session, sessionmaker

from integration.kernel.crypto import Vault
from integration.kernel.signing import SigningKey as Signer
from integration.kernel.tokens import Keyring
from integration.store import keys, rows
from integration.store.db import transaction
from integration.store.models import SigningKey

PUBLISHED_FIRST = timedelta(minutes=10)
"""Longer than anybody keeps a copy of the published keys, which is five minutes."""


class StoredKeyring:
    """Reads the keys when they are first needed, and again with ``refresh``."""

    def __init__(self, issuer: str, sessions: sessionmaker[Session], vault: Vault) -> None:
        self._issuer = issuer
        self._sessions = sessions
        self._vault = vault
        self._keyring: Keyring | None = None
        self._lock = Lock()

    def current(self) -> Keyring:
        """Return the keyring; the first process of an installation makes the first key."""
        if self._keyring is None:
            with self._lock:
                self._keyring = self._keyring or Keyring(self._issuer, *self._read())
        return self._keyring

    def refresh(self) -> None:
        """Take over keys that were added, retired or removed."""
        active, others = self._read()
        self.current().replace(active, others)

    def add(self) -> str:
        """Publish one more key, and return its ``kid``; ten minutes later it signs what is new.

        Whatever older keys have signed stays good.
        """
        with transaction(self._sessions) as tx:
            keys.lock_signing_keys(tx.session)
            return self._make(tx.session).kid

    def _read(self) -> tuple[Signer, list[Signer]]:
        with transaction(self._sessions) as tx:
            found = keys.signing_keys(tx.session) or [self._first(tx.session)]
            known_since = rows.now(tx.session) - PUBLISHED_FIRST
            signing = [row for row in found if row.retired_at is None]
            settled = [row.kid for row in signing if row.created_at <= known_since]
        signers = {row.kid: self._open(row) for row in found}
        # A young installation signs with what it has.
        active = settled[0] if settled else signing[-1].kid
        return signers.pop(active), list(signers.values())

    def _first(self, session: Session) -> SigningKey:
        keys.lock_signing_keys(session)
        if existing := keys.signing_keys(session):
            return existing[0]
        return self._make(session)

    def _make(self, session: Session) -> SigningKey:
        signer = Signer.generate()
        row = SigningKey(kid=signer.kid, private_key=self._vault.seal(signer.private_bytes()))
        session.add(row)
        session.flush()
        return row

    def _open(self, row: SigningKey) -> Signer:
        return Signer.load(row.kid, self._vault.open(row.private_key))
