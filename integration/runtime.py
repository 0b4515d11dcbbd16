"""The outside world in one frozen object; building it opens nothing."""

from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import Any

import requests
from sqlalchemy import Engine
from sqlalchemy.orm import Session, sessionmaker

from connectors.base import Connector, Surroundings
from connectors.registry import open_connector
from integration.kernel.clock import Clock, SystemClock
from integration.kernel.crypto import Vault
from integration.kernel.engines import embedded_urls
from integration.kernel.outbound import guarded_session
from integration.kernel.quotas import per_minute
from integration.kernel.settings import Settings
from integration.kernel.tenant import Tenant
from integration.kernel.tokens import Keyring
from integration.store import db, distributions, keys, organizations, shops
from integration.store.facts import Facts
from integration.store.freshness import Freshness
from integration.store.job_queue import JobQueue
from integration.store.keyring import StoredKeyring
from integration.store.known import know, own_limits, take_entries
from integration.store.limits import GroupLimit, Limits
from integration.store.line.card import CardCache
from integration.store.line.committer import Committer
from integration.store.line.epochs import Epochs
from integration.store.line.guests import GuestMaker
from integration.store.line.mender import Mender
from integration.store.line.reader import LineReader
from integration.store.models import Connection
from integration.store.revocations import Revocations
from integration.store.tally import Tally
from integration.store.ticker import Ticker
from integration.store.valkey import Valkey, open_valkey
from integration.store.watchdog import Watchdog, answers

GUEST_LIFETIME = timedelta(days=30)
FRESH_SECONDS = 0.5


@dataclass(frozen=True)
class Runtime:
    """Everything a use case needs that is not an argument."""

    settings: Settings
    clock: Clock
    vault: Vault
    engine: Engine
    sessions: sessionmaker[Session]
    valkey: Valkey
    jobs: JobQueue
    limits: Limits
    stored_keyring: StoredKeyring
    keys: Facts[keys.KeyFacts]
    organizations: Facts[organizations.OrganizationFacts]
    distributions: Facts[distributions.DistributionFacts]
    revoked: Revocations
    keys_used: set[str]
    lines: Epochs
    committer: Committer
    guests: GuestMaker
    reader: LineReader
    cards: CardCache
    mender: Mender
    ticker: Ticker
    watchdog: Watchdog
    tally: Tally
    http: requests.Session = field(repr=False)

    @property
    def keyring(self) -> Keyring:
        """The keys that sign and verify, read when first needed."""
        return self.stored_keyring.current()

    def per_minute(self, tenant: Tenant, limit: str) -> int:
        """Return how many calls a minute this organization may make."""
        return per_minute(own_limits(self.organizations, tenant), limit)

    def transaction(self) -> AbstractContextManager[db.Transaction]:
        """Open the unit of work that a use case runs in."""
        return db.transaction(self.sessions)

    def open_shop(self, connection: Connection) -> Connector:
        """Return the connector of a merchant's shop; it may call the shop, so not in a transaction.

        Raises ``ValidationFailed`` where the connection lacks what its platform needs.
        """
        tenant = Tenant(connection.organization_id, "live" if connection.mode == "live" else "test")
        save = partial(shops.merge_credentials, self.sessions, self.vault, tenant, connection.id)
        base = self.settings.base_url()
        return open_connector(
            connection.platform,
            connection.settings,
            shops.open_credentials(self.vault, connection),
            Surroundings(
                http=self.http,
                clock=self.clock,
                save_credentials=save,
                callback_url=f"{base}/webhooks/{connection.platform}/{connection.id}",
            ),
            testing=self.settings.development,
        )

    def close(self) -> None:
        """Stop this process's threads and let go of its connections."""
        self.ticker.stop()
        self.watchdog.stop()
        for worker in (self.committer, self.guests, self.reader):
            worker.close()
        self.tally.flush()
        self.engine.dispose()
        self.valkey.client.close()


def build(settings: Settings, clock: Clock | None = None) -> Runtime:
    """Return the runtime that these settings mean."""
    url = db.database_url(settings)
    engine = db.connect(url)
    sessions = sessionmaker(engine, expire_on_commit=False)
    valkey = open_valkey(settings.redis_url or embedded_urls(settings.data_dir).redis_url)
    vault = Vault(settings.secret, settings.previous_secrets)
    limits = Limits(valkey)
    known = know(sessions)
    keyring = StoredKeyring(settings.base_url(), sessions, vault)
    now, revoked, used = clock or SystemClock(), Revocations(), set[str]()
    fresh = Freshness(sessions, now, known, keyring=keyring, revoked=revoked, keys_used=used)
    return Runtime(
        settings=settings,
        clock=now,
        vault=vault,
        engine=engine,
        sessions=sessions,
        valkey=valkey,
        jobs=JobQueue(valkey.client),
        tally=Tally(valkey),
        limits=limits,
        stored_keyring=keyring,
        revoked=revoked,
        keys_used=used,
        ticker=Ticker(fresh.refresh, FRESH_SECONDS),
        watchdog=Watchdog(engine, partial(answers, url.replace("+psycopg", "", 1))),
        http=guarded_session(allow_loopback=settings.development),
        **known._asdict(),
        **_line(url, engine, valkey, limits, partial(take_entries, limits, known.organizations)),
    )


def _line(
    url: str, engine: Engine, valkey: Valkey, limits: Limits, entries: GroupLimit
) -> dict[str, Any]:
    lines = Epochs(valkey)
    return {
        "lines": lines,
        "committer": Committer(url, lines, entries),
        "guests": GuestMaker(url, entries, GUEST_LIFETIME),
        "reader": LineReader(valkey, limits),
        "cards": CardCache(engine, valkey),
        "mender": Mender(engine, lines),
    }
