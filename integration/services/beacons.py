"""Rounds of public randomness, fetched for the draws that wait for them (design.md, D9)."""

from integration.engine import beacons
from integration.engine.beacons import QUICKNET
from integration.kernel import drand, drand_source
from integration.kernel.logging import logger
from integration.kernel.outbound import OutboundFailed, OutboundRefused
from integration.runtime import Runtime
from integration.store import draws, rows

log = logger(__name__)

MOST_DRAWS = 100


def fetch_due(rt: Runtime) -> int:
    """Fetch and keep the rounds that are out and wanted; return how many draws have theirs.

    A relay that is away, lies or lags is asked again two seconds later.
    """
    if rt.settings.drand_url is None:
        return 0
    with rt.transaction() as tx:
        last = beacons.last_round(QUICKNET, rows.now(tx.session))
        wanted = draws.ask_beacons(tx.session, last, MOST_DRAWS)
    rounds = {each.round for each in wanted}
    found = {number: _fetch(rt, rt.settings.drand_url, number) for number in rounds}
    kept = 0
    for tenant, draw_id, number in wanted:
        signature = found[number]
        if signature is not None:
            with rt.transaction() as tx:
                draws.keep_beacon(tx.session, tenant, draw_id, signature)
            kept += 1
    return kept


def _fetch(rt: Runtime, relay: str, number: int) -> bytes | None:
    try:
        signature = drand_source.fetch(rt.http, relay, QUICKNET.hash, number)
    except (OutboundFailed, OutboundRefused) as error:
        log.warning("beacon_not_fetched", round=number, problem=str(error))
        return None
    if signature is None:
        log.info("beacon_not_out", round=number)
        return None
    if not drand.verify(QUICKNET.public_key, beacons.message(number), signature):
        log.warning("beacon_forged", round=number)
        return None
    return signature
