"""Copies of whole launches, to be changed and published anew."""

from datetime import datetime
from types import SimpleNamespace
from typing import Any

from integration.engine.copying import copied_rules, follows, moved
from integration.engine.kinds import DistributionType
from integration.kernel.errors import required
from integration.kernel.ids import new_id
from integration.kernel.tenant import Tenant
from integration.runtime import Runtime
from integration.store import db, distributions, experiences, gates, rows, sequences, set_up
from integration.store.models import Distribution, Experience
from integration.store.models import Sequence as Path

LONGEST_NAME = 200
ENDING = " (copy)"
OWN = frozenset({"id", "version", "created_at", "archived_at"})
"""What no row takes over from another one."""


def duplicate(
    rt: Runtime, tenant: Tenant, experience_id: str, name: str | None, shift_days: int | None
) -> SimpleNamespace:
    """Draft an experience like this one, with its sequences, gates and distributions.

    Nobody is in it. Its times are cleared, or those of the original so many days later, at
    the same time of the day. Raises ``NotFound``.
    """
    with rt.transaction() as tx:
        original = required(experiences.lock(tx.session, tenant, experience_id), "Experience")
        copy = _experience(tx, original, name, shift_days)
        paths = {
            path.id: _path(tx, copy, path)
            for path in sequences.of_experience(tx.session, tenant, experience_id)
        }
        for each in experiences.distributions_of(tx.session, tenant, [experience_id]):
            _distribution(rt, tx, tenant, each, path=paths[each.sequence_id], days=shift_days)
        tx.session.flush()
        return experiences.described(tx.session, tenant, [copy], rt.clock.now())[0]


def _experience(
    tx: db.Transaction, original: Experience, name: str | None, days: int | None
) -> Experience:
    values = _values(original) | {
        "name": name or original.name[: LONGEST_NAME - len(ENDING)] + ENDING,
        # The original keeps its address.
        "slug": None,
        "published_at": None,
        "opened_at": None,
        "closed_at": None,
        "ended_at": None,
        **_times(original, days),
    }
    copy = Experience(id=new_id("exp"), version=1, **values)
    tx.session.add(copy)
    tx.session.flush()
    return copy


def _path(tx: db.Transaction, copy: Experience, original: Path) -> Path:
    values = _values(original) | {"experience_id": copy.id}
    if original.has_access_code:
        values["code_of"] = original.code_of or original.id
    path = Path(id=new_id("seq"), version=1, **values)
    gates.renew(path, ())
    tx.session.add(path)
    tx.session.flush()
    return path


def _distribution(
    rt: Runtime,
    tx: db.Transaction,
    tenant: Tenant,
    original: Distribution,
    *,
    path: Path,
    days: int | None,
) -> None:
    values = _values(original) | {
        "experience_id": path.experience_id,
        "sequence_id": path.id,
        "gate_version": path.gate_version,
        "state": distributions.DRAFT,
        "settled_at": None,
        "changed_at": rows.now(tx.session),
        "rules": copied_rules(original.rules, days, original.time_zone),
        **_times(original, days),
    }
    if follows(original.rules):
        values["close_at"] = None
    prefix = distributions.PREFIXES[DistributionType(original.kind)]
    copy = Distribution(id=new_id(prefix), version=1, **values)
    distributions.add(tx.session, tenant, copy)
    set_up.prepare(tx.session, rt.vault, rt.settings, copy)


def _values(original: Experience | Path | Distribution) -> dict[str, Any]:
    return {name: value for name, value in vars(rows.shown(original)).items() if name not in OWN}


def _times(original: Experience | Distribution, days: int | None) -> dict[str, datetime | None]:
    zone = original.time_zone
    return {
        "open_at": moved(original.open_at, days, zone),
        "close_at": moved(original.close_at, days, zone),
    }
