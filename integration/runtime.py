"""The outside world in one frozen object; building it opens nothing."""

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import TypeVar

import requests
from redis import Redis
from redis.backoff import NoBackoff
from redis.retry import Retry
from sqlalchemy import Engine
from sqlalchemy.orm import Session, sessionmaker

from integration.kernel.clock import Clock, SystemClock
from integration.kernel.crypto import Vault
from integration.kernel.engines import embedded_urls
from integration.kernel.outbound import guarded_session
from integration.kernel.settings import Settings
from integration.kernel.tokens import Keyring
from integration.store import db, distributions, keys
from integration.store.facts import Facts
from integration.store.job_queue import JobQueue
from integration.store.keyring import StoredKeyring
from integration.store.limits import Limiter

T = TypeVar("T")
A = TypeVar("A")

VALKEY_SECONDS = 0.2
"""How long an answer may take: nobody waits longer for a Valkey that is away."""


@dataclass(frozen=True)
class Runtime:
    """Everything a use case needs that is not an argument."""

    settings: Settings
    clock: Clock
    vault: Vault
    engine: Engine
    sessions: sessionmaker[Session]
    valkey: Redis
    jobs: JobQueue
    limiter: Limiter
    stored_keyring: StoredKeyring
    keys: Facts[keys.KeyFacts]
    distributions: Facts[distributions.DistributionFacts]
    http: requests.Session
    revoked: set[str] = field(default_factory=set)
    keys_used: set[str] = field(default_factory=set)

    @property
    def keyring(self) -> Keyring:
        """The keys that sign and verify, read when first needed."""
        return self.stored_keyring.current()

    def transaction(self) -> AbstractContextManager[db.Transaction]:
        """Open the unit of work that a use case runs in."""
        return db.transaction(self.sessions)


def build(settings: Settings, clock: Clock | None = None) -> Runtime:
    """Return the runtime that these settings mean."""
    engine = db.connect(db.database_url(settings))
    sessions = sessionmaker(engine, expire_on_commit=False)
    valkey = connect_valkey(settings)
    vault = Vault(settings.secret, settings.previous_secrets)
    return Runtime(
        settings=settings,
        clock=clock or SystemClock(),
        vault=vault,
        engine=engine,
        sessions=sessions,
        valkey=valkey,
        jobs=JobQueue(valkey),
        limiter=Limiter(valkey),
        stored_keyring=StoredKeyring(settings.base_url(), sessions, vault),
        keys=Facts(_reader(sessions, keys.load), _lister(sessions, keys.changes)),
        distributions=Facts(
            _reader(sessions, distributions.load), _lister(sessions, distributions.changes)
        ),
        http=guarded_session(allow_loopback=settings.development),
    )


def connect_valkey(settings: Settings, seconds: float = VALKEY_SECONDS) -> Redis:
    """Return a client that gives up after ``seconds`` and never retries by itself."""
    url = settings.redis_url or embedded_urls(settings.data_dir).redis_url
    return Redis.from_url(
        url.replace("valkey", "redis", 1) if url.startswith("valkey") else url,
        socket_timeout=seconds,
        socket_connect_timeout=seconds,
        retry=Retry(NoBackoff(), 0),
        health_check_interval=0,
    )


def _reader(sessions: sessionmaker[Session], load: Callable[[Session, A], T]) -> Callable[[A], T]:
    def read(key: A) -> T:
        with db.transaction(sessions) as tx:
            return load(tx.session, key)

    return read


def _lister(
    sessions: sessionmaker[Session], load: Callable[[Session, A], Iterable[T]]
) -> Callable[[A], list[T]]:
    def read(since: A) -> list[T]:
        with db.transaction(sessions) as tx:
            return list(load(tx.session, since))

    return read
