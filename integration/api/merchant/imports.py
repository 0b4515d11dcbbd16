"""Products and consumers out of CSV files."""

from flask import Response
from marshmallow import fields

from integration.api.merchant.doors import IntegrationBlueprint
from integration.api.runs import RunView
from integration.engine.imports import SUBJECTS, ignored
from integration.kernel.errors import PermissionDenied
from integration.kernel.tenant import Caller
from integration.runtime import Runtime
from integration.services import exports, imports
from integration.store.import_runs import ImportProgress
from integration.web.downloads import attachment
from integration.web.guard import merchant, runtime
from integration.web.idempotency import Keyed
from integration.web.uploads import File

blp = IntegrationBlueprint("imports", __name__, description="Files on their way in")

CSV = File("text/csv", most_mib=10)


class ImportView(RunView):
    """A file on its way in; ``rate`` is in rows a second."""

    subject = fields.String(required=True, metadata={"enum": list(SUBJECTS)})
    total = fields.Integer(required=True)
    rows = fields.Integer(required=True)
    ignored_columns = fields.Function(
        lambda run: ignored(SUBJECTS[run.subject], run.header), required=True
    )


@blp.endpoint(
    "POST",
    "/imports/products",
    merchant("write:products"),
    file=CSV,
    answers={202: ImportView},
    limit="products",
    keyed=Keyed.WITH_EFFECT,
)
def import_products(caller: Caller, file: bytes) -> ImportProgress:
    """Add or update the products of a CSV file; its first row names the columns."""
    return imports.start(runtime(), caller.tenant, "products", file)


@blp.endpoint(
    "POST",
    "/imports/consumers",
    merchant("write:consumers"),
    file=CSV,
    answers={202: ImportView},
    limit="consumers",
    keyed=Keyed.WITH_EFFECT,
)
def import_consumers(caller: Caller, file: bytes) -> ImportProgress:
    """Add or update the consumers of a CSV file; its first row names the columns."""
    return imports.start(runtime(), caller.tenant, "consumers", file)


@blp.endpoint("GET", "/imports/<import_id>", merchant(), answers={200: ImportView}, limit="server")
def get_import(caller: Caller, import_id: str) -> ImportProgress:
    """Show how far an import has come."""
    return _seen(runtime(), caller, import_id)


@blp.endpoint(
    "GET", "/imports/<import_id>/errors.csv", merchant(), answers={200: None}, limit="server"
)
def get_import_errors(caller: Caller, import_id: str) -> Response:
    """Give the rows that were not imported as CSV: where, what is wrong, and the row."""
    rt = runtime()
    _seen(rt, caller, import_id)
    lines = exports.import_errors(rt, caller.tenant, import_id)
    return attachment(f"{import_id}-errors.csv", lines)


def _seen(rt: Runtime, caller: Caller, import_id: str) -> ImportProgress:
    """Return an import to a key that may read, or write, what it is about."""
    run = imports.progress(rt, caller.tenant, import_id)
    if not any(caller.may(f"{verb}:{run.subject}") for verb in ("read", "write")):
        raise PermissionDenied(f"This key lacks the scope 'read:{run.subject}'.")
    return run
