"""From a request that writes to a plan: everything is parsed and checked here, before any database is touched."""

from typing import Any

from icosa.catalogue.model import Catalogue, Object
from icosa.wire.actions import Operation
from icosa.wire.message import Request
from icosa.wire.rest import query
from icosa.wire.rest.body import Sent, read_record, read_records
from icosa.wire.rest.form import read_body
from icosa.wire.rest.query import Afterlife
from icosa.wire.rest.routes import Route
from icosa.wire.version import Version
from icosa.workspace.planning.notices import ignored_nulls
from icosa.workspace.planning.several import plan_several
from icosa.workspace.planning.updates import check_update
from icosa.workspace.store.write_plan import Create, Delete, Restore, Update, Write

FORM_AGENT = "n8n"
"""The automation node shows and sends every field of its form, the retired ones too, and 1.0.3's refusal
of those makes its forms for notes and tasks unusable.  What it sends there is kept."""


def plan_write(catalogue: Catalogue, route: Route, request: Request, version: Version) -> Write:
    """What a create, update, delete or restore asks for.  Raises InvalidInput of some kind."""
    of = route.object
    params = query.parse(request.query, version)
    depth = query.depth(params.depth, version)
    retired = request.user_agent.startswith(FORM_AGENT)
    match route.operation:
        case Operation.CREATE_ONE:
            body = read_body(request, version, empty={})
            record = read_record(catalogue, of, body, version, retired=retired)
            return _creation(of, (record,), body, depth, params, version)
        case Operation.CREATE_MANY:
            body = read_body(request, version)
            records = read_records(catalogue, of, body, version, retired=retired)
            return _creation(of, tuple(records), body, depth, params, version)
        case Operation.UPDATE_ONE:
            body = read_body(request, version, empty={})
            sent = read_record(catalogue, of, body, version, retired=retired)
            check_update(sent, route.id, version)
            return Update(of, route.id or "", sent, depth, ignored_nulls(of, body, version))
        case Operation.DELETE_ONE:
            fate = query.deletion(params, version)
            return Delete(of, route.id or "", fate is Afterlife.DESTROYS, depth, fate is Afterlife.KEEPS)
        case Operation.RESTORE:
            return Restore(of, route.id or "", depth)
        case _:
            return plan_several(catalogue, route, request, version)


def _creation(of: Object, records: tuple[Sent, ...], body: Any, depth: int, params: query.Params, version: Version) -> Create:
    """A new record has nothing where null was sent; one that an upsert finds may have something."""
    upsert = query.flag(params.upsert, "upsert", version)
    return Create(of, records, depth, upsert, ignored_nulls(of, body, version) if upsert else ())
