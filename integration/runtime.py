"""The outside world in one frozen object; building it opens nothing."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import Any

import requests
from sqlalchemy import Engine
from sqlalchemy.orm import Session, sessionmaker

from connectors.base import Connector, RateBucket, Surroundings, Unmetered
from connectors.registry import find_platform, leads_elsewhere, open_connector
from integration.kernel.bot_checks import BotCheck, chosen_check
from integration.kernel.breakers import Breakers
from integration.kernel.clock import Clock, SystemClock
from integration.kernel.crypto import Vault
from integration.kernel.engines import embedded_urls
from integration.kernel.mail import Channel, Sender, senders
from integration.kernel.outbound import guarded_session
from integration.kernel.quotas import PER_SECOND, per_minute, per_second
from integration.kernel.settings import Settings
from integration.kernel.tenant import Tenant
from integration.kernel.tokens import Keyring
from integration.store import db, distributions, keys, organizations, shops
from integration.store.buckets import Bucket
from integration.store.credential_turns import alone
from integration.store.facts import Facts
from integration.store.freshness import Freshness
from integration.store.job_queue import JobQueue
from integration.store.keyring import StoredKeyring
from integration.store.known import Known, know, own_limits, take_entries
from integration.store.limits import Limits
from integration.store.line.card import CardCache
from integration.store.line.committer import Committer
from integration.store.line.epochs import Epochs
from integration.store.line.guests import GuestMaker
from integration.store.line.mender import Mender
from integration.store.line.reader import LineReader, revoke
from integration.store.line.watching import watch
from integration.store.models import Connection
from integration.store.revocations import Revocations
from integration.store.tally import Tally
from integration.store.ticker import Ticker
from integration.store.valkey import Valkey, open_valkey
from integration.store.watchdog import Watchdog, answers

ASKED = "asked"
GUEST_LIFETIME = timedelta(days=30)
FRESH_SECONDS = 0.5
HOOK_TIMEOUT = (3.05, 30)
"""Seconds to connect to a webhook's endpoint, and for its answer (contract.md, section 6)."""


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
    distributions: distributions.Published
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
    asked: Tally
    senders: Mapping[Channel, Sender]
    http: requests.Session = field(repr=False)
    hooks: requests.Session = field(repr=False)
    bot_check: BotCheck
    breakers: Breakers = field(default_factory=Breakers, repr=False)

    @property
    def keyring(self) -> Keyring:
        """The keys that sign and verify, read when first needed."""
        return self.stored_keyring.current()

    def per_minute(self, tenant: Tenant, limit: str) -> int:
        """Return how many calls a minute this organization may make."""
        return per_minute(own_limits(self.organizations, tenant), limit)

    def per_second(self, tenant: Tenant, limit: str) -> int | None:
        """Return how many of them in one second; None where only the minute counts."""
        if limit not in PER_SECOND:
            return None
        return per_second(own_limits(self.organizations, tenant), limit)

    def transaction(self) -> AbstractContextManager[db.Transaction]:
        """Open the unit of work that a use case runs in."""
        return db.transaction(self.sessions)

    def refuse_sessions(self, session_ids: Sequence[str]) -> None:
        """Refuse these sessions' tokens: here at once, elsewhere within two seconds.

        After the commit that ended them.
        """
        for session_id in session_ids:
            self.revoked.add(session_id, self.clock.now())
        revoke(self.valkey, session_ids)

    def open_shop(self, connection: Connection) -> Connector:
        """Return the connector of a merchant's shop; it may call the shop, so not in a transaction.

        Raises ``ValidationFailed`` where the connection lacks what its platform needs.
        """
        same_shop = partial(self._same_shop, dict(connection.settings))
        kept = (self.sessions, self.vault, connection, same_shop)
        base = self.settings.base_url()
        return open_connector(
            connection.platform,
            connection.settings,
            shops.open_credentials(self.vault, connection),
            Surroundings(
                http=self.http,
                clock=self.clock,
                bucket=self._bucket(connection),
                breaker=self.breakers.of(connection.id),
                save_credentials=partial(shops.merge_credentials, *kept),
                read_credentials=partial(shops.current_credentials, *kept),
                alone=partial(alone, self.valkey, connection.id),
                callback_url=f"{base}/webhooks/{connection.platform}/{connection.id}",
                redirect_url=f"{base}/oauth/{connection.platform}/{connection.id}",
            ),
            testing=self.settings.development,
        )

    def _same_shop(self, settings: Mapping[str, str], connection: Connection) -> bool:
        platform = find_platform(connection.platform, testing=self.settings.development)
        return not leads_elsewhere(platform, settings, connection.settings)

    def _bucket(self, connection: Connection) -> RateBucket:
        platform = find_platform(connection.platform, testing=self.settings.development)
        if platform.allowance is None:
            return Unmetered()
        return Bucket(self.valkey, connection.id, **platform.allowance._asdict())

    def close(self) -> None:
        """Stop this process's threads and let go of its connections."""
        self.ticker.stop()
        self.watchdog.stop()
        for worker in (self.committer, self.guests, self.reader):
            worker.close()
        self.tally.flush()
        self.asked.flush()
        self.engine.dispose()
        self.valkey.client.close()


def build(settings: Settings, clock: Clock | None = None) -> Runtime:
    """Return the runtime that these settings mean."""
    url = db.database_url(settings)
    engine = db.connect(url)
    sessions = sessionmaker(engine, expire_on_commit=False)
    valkey = open_valkey(settings.redis_url or embedded_urls(settings.data_dir).redis_url)
    vault = Vault(settings.secret, settings.previous_secrets)
    limits, known = Limits(valkey), know(sessions, settings.limits)
    keyring = StoredKeyring(settings.base_url(), sessions, vault)
    http = guarded_session(allow_loopback=settings.development)
    asked = Tally(valkey, ASKED)
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
        asked=asked,
        limits=limits,
        stored_keyring=keyring,
        revoked=revoked,
        keys_used=used,
        cards=CardCache(engine, valkey, settings.limits),
        ticker=Ticker(partial(_tick, asked, fresh), FRESH_SECONDS),
        watchdog=Watchdog(engine, partial(answers, url.replace("+psycopg", "", 1))),
        http=http,
        hooks=_hooks(settings),
        senders=_senders(settings, http),
        bot_check=chosen_check(settings, vault, http),
        **known._asdict(),
        **_line(url, engine, valkey, limits, known),
    )


def _hooks(settings: Settings) -> requests.Session:
    # Of what an endpoint answers, its merchant reads the beginning.
    return guarded_session(
        allow_loopback=settings.development, timeout=HOOK_TIMEOUT, max_bytes=4096, cut=True
    )


def _tick(asked: Tally, fresh: Freshness) -> None:
    # After a rush nobody may come who would hand over what was counted in it.
    asked.flush()
    fresh.refresh()


def _senders(settings: Settings, http: requests.Session) -> Mapping[Channel, Sender]:
    return senders(
        http,
        smtp_url=settings.smtp_url,
        author=settings.mail_from,
        sms_url=settings.sms_url,
        sms_token=settings.sms_token,
    )


def _line(url: str, engine: Engine, valkey: Valkey, limits: Limits, known: Known) -> dict[str, Any]:
    lines, take = Epochs(valkey), partial(take_entries, limits, known.organizations)
    entries = partial(take, "queue_entry")
    tally = Tally(valkey)
    return {
        "tally": tally,
        "lines": lines,
        "committer": Committer(
            url,
            lines,
            entries,
            watch=watch(tally, "entries"),
            draw_entry=partial(take, "draw_entry"),
        ),
        "guests": GuestMaker(url, entries, GUEST_LIFETIME, watch(tally, "guests")),
        "reader": LineReader(valkey, limits),
        "mender": Mender(engine, lines),
    }
