"""Writes of every record that a filter holds for, made plans.

A filter is needed: a real 2.19 takes none for all, and changes, restores or destroys every record of the object.
"""

from icosa.catalogue.model import Catalogue, Object
from icosa.errors import InvalidQuery, UnknownAction
from icosa.wire.actions import Operation
from icosa.wire.language.condition import Condition
from icosa.wire.language.grammar import grammar_of
from icosa.wire.message import Request
from icosa.wire.rest import query
from icosa.wire.rest.body import read_record
from icosa.wire.rest.form import read_body
from icosa.wire.rest.routes import Route
from icosa.wire.version import Version
from icosa.workspace.planning.merge import plan_merge
from icosa.workspace.planning.notices import ignored_nulls
from icosa.workspace.planning.updates import check_update
from icosa.workspace.store.write_plan import DeleteMany, Merge, RestoreMany, UpdateMany


def plan_several(catalogue: Catalogue, route: Route, request: Request, version: Version) -> UpdateMany | DeleteMany | RestoreMany | Merge:
    """What an update, deletion or restoring of several records asks for.  Raises InvalidInput of some kind."""
    of, params = route.object, query.parse(request.query, version)
    depth = query.depth(params.depth, version)
    match route.operation:
        case Operation.UPDATE_MANY:
            body = read_body(request, version, empty={})
            sent = read_record(catalogue, of, body, version)
            check_update(sent, None, version)
            return UpdateMany(of, _which(catalogue, of, params, version, "change"), sent, depth, ignored_nulls(of, body, version))
        case Operation.DELETE_MANY:
            return DeleteMany(
                of, _which(catalogue, of, params, version, "delete"), query.deletion(params, version) is query.Afterlife.DESTROYS, depth
            )
        case Operation.RESTORE_MANY:
            return RestoreMany(of, _which(catalogue, of, params, version, "restore"), depth)
        case Operation.MERGE:
            return plan_merge(of, read_body(request, version, empty={}), depth)
        case _:
            raise UnknownAction(f"{route.operation} of {of.plural} is not answered here")


def _which(catalogue: Catalogue, of: Object, params: query.Params, version: Version, verb: str) -> Condition:
    if params.filter is None:
        raise InvalidQuery(
            f"filter is missing, and without one all {of.plural} are meant; say which to {verb}, such as filter=id[eq]:…",
            legacy="Filters are mandatory",
        )
    return grammar_of(version.spelling).condition(params.filter, of, catalogue)
