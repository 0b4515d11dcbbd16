"""What follows a drawing: winners are admitted, losers are told, backups wait for their turn.

Each step is a short transaction under the line's lock, and asks the rows what is left to
do: any number of clocks, killed at any moment, admit each winner once.
"""

from dataclasses import dataclass

from integration.engine.draw_terms import read_terms
from integration.engine.kinds import DistributionType
from integration.engine.kinds.draw import DrawRules, backups_lost, replacements
from integration.engine.pacing import free_places
from integration.engine.participations import DenyReason, ParticipationState
from integration.engine.status import stamp
from integration.engine.windows import DistributionState
from integration.kernel.tenant import Tenant
from integration.runtime import Runtime
from integration.store import (
    counters,
    distributions,
    draw_choices,
    draws,
    events,
    outbox,
    participations,
    rows,
    turns,
)
from integration.store.db import Transaction
from integration.store.models import Draw
from integration.store.turns import Candidate, Ground

KIND = DistributionType.DRAW.value
BATCH = 2_500
"""Steps of one transaction: a line is held for a fraction of a second."""
BATCHES = 8
"""Of one draw at a time, before the next draw's turn."""


@dataclass(frozen=True, slots=True)
class Scene:
    """A draw that has been drawn, under the lock of its line."""

    tx: Transaction
    tenant: Tenant
    draw: Draw
    ground: Ground
    completed: int

    @property
    def rules(self) -> DrawRules:
        """What the draw has committed itself to."""
        return read_terms(self.draw.terms)

    @property
    def free(self) -> int | None:
        """How many more admissions stock allows; None is no bound."""
        return free_places(self.ground.limits, self.ground.taken)

    @property
    def ended(self) -> bool:
        """Whether its merchant has ended it."""
        return self.ground.window.state is DistributionState.ENDED


def settle(rt: Runtime, draw_id: str) -> bool:
    """Do for those whom a draw has, or has not, chosen what is due now.

    Returns whether more of it is left for when the other draws have had their turn.
    """
    facts = rt.distributions.get(draw_id)
    return facts is not None and all(_step(rt, facts.tenant, draw_id) for _ in range(BATCHES))


def _step(rt: Runtime, tenant: Tenant, draw_id: str) -> bool:
    """Take one step, and tell whether there may be another one."""
    with rt.transaction() as tx:
        scene = _look(tx, tenant, draw_id)
        if scene is None:
            return False
        if scene.draw.announced_at is None:
            return _admit(rt, scene) or _tell_losers(rt, scene) or _announce(rt, scene)
        return _admit(rt, scene) or _dismiss(rt, scene)


def _look(tx: Transaction, tenant: Tenant, draw_id: str) -> Scene | None:
    """Take the line; None where another clock has it, or there is nothing to do."""
    if not counters.claim(tx.session, tenant, draw_id):
        return None
    found = draws.find(tx.session, tenant, draw_id)
    ground = turns.ground(tx.session, tenant, draw_id)
    if found.drawn_at is None or found.finished_at is not None or ground is None:
        return None
    if ground.window.state is DistributionState.PAUSED:
        return None
    completed = distributions.counters(tx.session, tenant, draw_id).completed
    return Scene(tx, tenant, found, ground, completed)


def _admit(rt: Runtime, scene: Scene) -> bool:
    """Admit the next of the winners, then of the backups where they replace winners."""
    chosen = [] if scene.ended else _next(scene)
    if not chosen:
        return False
    session, ids = scene.tx.session, [each.id for each in chosen]
    turns.give(session, scene.tenant, scene.ground, chosen, kid=rt.keyring.active_kid)
    told = events.of_entries(session, scene.tenant, KIND, "admitted", ids)
    told += events.of_entries_too(session, scene.tenant, KIND, "won", ids)
    outbox.wake(scene.tx, rt.jobs, told)
    return True


def _next(scene: Scene) -> list[Candidate]:
    session, draw_id, rules = scene.tx.session, scene.draw.distribution_id, scene.rules
    most = BATCH if scene.free is None else min(BATCH, scene.free)
    winners = draw_choices.first(session, scene.tenant, draw_id, most, rules.winner_count)
    if winners or scene.draw.announced_at is None:
        return winners
    vacant = replacements(
        rules, live=scene.ground.taken.active, completed=scene.completed, free=scene.free
    )
    return draw_choices.first(session, scene.tenant, draw_id, min(BATCH, vacant))


def _tell_losers(rt: Runtime, scene: Scene) -> bool:
    found = draw_choices.losers(scene.tx.session, scene.tenant, scene.draw.distribution_id, BATCH)
    _deny(rt, scene, found, DenyReason.NOT_SELECTED)
    return bool(found)


def _announce(rt: Runtime, scene: Scene) -> bool:
    """Say once that everybody knows: those chosen who still wait are backups from now on."""
    session, tenant, draw_id = scene.tx.session, scene.tenant, scene.draw.distribution_id
    draw_choices.call_backups(session, tenant, draw_id)
    scene.draw.announced_at = rows.now(session)
    told = outbox.emit(session, tenant, "draw.completed", draw_id, 1, _completed(scene))
    outbox.wake(scene.tx, rt.jobs, told)
    scene.tx.then(lambda: rt.lines.forget(draw_id))
    return True


def _dismiss(rt: Runtime, scene: Scene) -> bool:
    """End the waiting of backups where nobody can be replaced any more."""
    live, ground = scene.ground.taken.active, scene.ground
    if ground.waiting == 0:
        scene.draw.finished_at = rows.now(scene.tx.session)
        return False
    if scene.ended:
        reason = DenyReason.QUEUE_CLOSED
    elif backups_lost(scene.rules, live=live, completed=scene.completed, free=scene.free):
        reason = DenyReason.NOT_SELECTED
    else:
        return False
    left = draw_choices.first(scene.tx.session, scene.tenant, ground.distribution_id, BATCH)
    _deny(rt, scene, left, reason)
    return True


def _deny(rt: Runtime, scene: Scene, whom: list[Candidate], reason: DenyReason) -> None:
    session, tenant = scene.tx.session, scene.tenant
    ids = [each.id for each in whom]
    denied = participations.end_waiting(
        session,
        tenant,
        scene.draw.distribution_id,
        ids,
        ParticipationState.DENIED,
        reason=reason.value,
    )
    told = events.of_entries(session, tenant, KIND, "denied", denied)
    if reason is DenyReason.NOT_SELECTED:
        told += events.of_entries_too(session, tenant, KIND, "lost", denied)
    outbox.wake(scene.tx, rt.jobs, told)


def _completed(scene: Scene) -> dict[str, object]:
    found, session = scene.draw, scene.tx.session
    row = distributions.find(session, scene.tenant, found.distribution_id, KIND)
    assert row is not None and found.drawn_at is not None  # noqa: S101, PT018 - it was drawn
    chosen = draw_choices.total(session, scene.tenant, found.distribution_id)
    winners = min(chosen, scene.rules.winner_count)
    return {
        "drawId": row.id,
        "name": row.name,
        "experienceId": row.experience_id,
        "sequenceId": row.sequence_id,
        "drawnAt": stamp(found.drawn_at),
        "entrantCount": found.entrant_count,
        "winnerCount": winners,
        "backupCount": chosen - winners,
        "assurance": found.assurance,
    }
