"""Setting up a distribution: the same routes for every kind."""

from typing import Any

from flask import Response
from marshmallow import Schema

from integration.api.admin.schemas.distributions import (
    DistributionBody,
    DistributionQuery,
    EntryQuery,
    EntryView,
    WaitlistQuery,
)
from integration.engine.kinds import DistributionType
from integration.kernel.tenant import Caller
from integration.services import distributions, entries, switches
from integration.store.entries import Filter
from integration.web.guard import merchant, runtime
from integration.web.idempotency import Keyed
from integration.web.lists import listed, wanted
from integration.web.pagination import page_of
from integration.web.routes import Blueprint
from integration.web.versions import expected_version, tagged

READ, WRITE = merchant("read:experiences"), merchant("write:experiences")
SWITCHES = {
    "open": (switches.open_now, "Take entries from now on; what was closed opens again."),
    "pause": (switches.pause, "Admit nobody for now; entries go on."),
    "resume": (switches.resume, "Admit again."),
    "close": (switches.close, "Take no more entries; those waiting are still served."),
    "end": (switches.end, "End it for good; those waiting are denied with QUEUE_CLOSED."),
}


def set_up_routes(
    blp: Blueprint, kind: DistributionType, body_of: type[DistributionBody], view: type[Schema]
) -> None:
    """Add what a merchant does with distributions of this kind."""
    _making(blp, kind, body_of, view)
    _reading(blp, kind, view)
    for verb in SWITCHES:
        _switch(blp, kind, view, verb)
    _entries(blp, kind)


def _making(
    blp: Blueprint, kind: DistributionType, body_of: type[DistributionBody], view: type[Schema]
) -> None:
    @blp.endpoint(
        "POST",
        "",
        WRITE,
        body=body_of,
        answers={201: view},
        limit="admin",
        keyed=Keyed.WITH_EFFECT,
    )
    def create(caller: Caller, body: dict[str, Any]) -> Any:
        """Add one: to a draft as a draft, to a published experience at once."""
        return tagged(distributions.create(runtime(), caller.tenant, kind, body), 201)

    @blp.endpoint(
        "PATCH",
        "/<line_id>",
        WRITE,
        body=body_of(partial=True),
        answers={200: view},
        limit="admin",
    )
    def change(caller: Caller, body: dict[str, Any], line_id: str) -> Any:
        """Change one; which fields depends on the state it is in."""
        version = expected_version()
        return tagged(
            distributions.update(runtime(), caller.tenant, kind, line_id, body, expected=version)
        )

    @blp.endpoint("DELETE", "/<line_id>", WRITE, answers={204: None}, limit="admin")
    def archive(caller: Caller, line_id: str) -> Any:
        """Archive a draft, or one that has ended."""
        distributions.archive(runtime(), caller.tenant, kind, line_id, expected_version())
        return Response(status=204)


def _reading(blp: Blueprint, kind: DistributionType, view: type[Schema]) -> None:
    @blp.endpoint(
        "GET", "", READ, query=DistributionQuery, answers={200: page_of(view)}, limit="admin"
    )
    def list_all(caller: Caller, query: dict[str, Any]) -> Any:
        """List them."""
        rt, filters = runtime(), wanted(query)
        return listed(
            caller,
            query,
            lambda part: distributions.page(rt, caller.tenant, kind, part, filters),
            kind.value,
        )

    @blp.endpoint("GET", "/<line_id>", READ, answers={200: view}, limit="admin")
    def get(caller: Caller, line_id: str) -> Any:
        """Show one with its counters."""
        return tagged(distributions.get(runtime(), caller.tenant, kind, line_id))


def _switch(blp: Blueprint, kind: DistributionType, view: type[Schema], verb: str) -> None:
    change, said = SWITCHES[verb]

    def switch(caller: Caller, line_id: str) -> Any:
        return tagged(change(runtime(), caller.tenant, kind, line_id))

    switch.__doc__ = said
    blp.endpoint(
        "POST",
        f"/<line_id>/{verb}",
        WRITE,
        answers={200: view},
        limit="admin",
        keyed=Keyed.WITH_EFFECT,
        name=verb,
    )(switch)


def _entries(blp: Blueprint, kind: DistributionType) -> None:
    @blp.endpoint(
        "GET",
        "/<line_id>/participations",
        merchant("read:admissions"),
        query=WaitlistQuery if kind is DistributionType.WAITLIST else EntryQuery,
        answers={200: page_of(EntryView)},
        limit="admin",
    )
    def list_entries(caller: Caller, query: dict[str, Any], line_id: str) -> Any:
        """List who takes part, in the order that they came."""
        rt, filters = runtime(), Filter(**wanted(query))
        return listed(
            caller,
            query,
            lambda part: entries.page(rt, caller.tenant, kind, line_id, part, wanted=filters),
            f"entries:{line_id}",
        )
