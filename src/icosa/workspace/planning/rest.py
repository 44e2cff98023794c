"""From a request that reads to a plan: everything is parsed and checked here, before any database is touched."""

from typing import Any

from icosa.catalogue.kinds import Kind, coerce_each
from icosa.catalogue.model import Catalogue, Object
from icosa.errors import InvalidBody
from icosa.wire.actions import Operation
from icosa.wire.language.grammar import grammar_of
from icosa.wire.message import Request
from icosa.wire.rest import query
from icosa.wire.rest.body import read_records
from icosa.wire.rest.form import read_body
from icosa.wire.rest.routes import Route
from icosa.wire.version import Version
from icosa.workspace.store.plan import FindDuplicates, FindMany, FindOne, Read

FIND_ONE, FIND_MANY = Operation.FIND_ONE, Operation.FIND_MANY
"""Names of the module: to find a member by way of its class takes each request as long as a call."""

READS = frozenset({Operation.FIND_MANY, Operation.FIND_ONE, Operation.FIND_DUPLICATES, Operation.GROUP_BY})

MOST_IDS = 1000
"""For each of them one page of duplicates is looked up."""


def plan_read(catalogue: Catalogue, route: Route, request: Request, version: Version) -> Read:
    """What a find one, find many, find duplicates or group by asks for.  Raises InvalidInput of some kind."""
    params = query.parse(request.query, version)
    if route.operation is Operation.GROUP_BY:
        from icosa.workspace.planning.grouping import plan_groups  # here: most reads group nothing

        return plan_groups(catalogue, route.object, params, version)
    if route.operation is Operation.FIND_ONE:
        return FindOne(route.object, route.id or "", query.depth(params.depth, version))
    page = _page(catalogue, route.object, params, version)
    if route.operation is Operation.FIND_MANY:
        return page
    return _duplicates(catalogue, page, read_body(request, version), version)


def _page(catalogue: Catalogue, of: Object, params: query.Params, version: Version) -> FindMany:
    grammar = grammar_of(version.spelling)
    keys = grammar.order(params.order_by, of, catalogue)
    text, backward = query.cursor(params)
    return FindMany(
        of,
        None if params.filter is None else grammar.condition(params.filter, of, catalogue),
        keys,
        query.limit(params.limit, version),
        query.depth(params.depth, version),
        None if text is None else grammar.place(text, keys),
        backward,
    )


def _duplicates(catalogue: Catalogue, page: FindMany, body: Any, version: Version) -> FindDuplicates:
    """Either data or ids.  Entries that a form left empty are dropped first; `{}` as data has no duplicates."""
    if not isinstance(body, dict):
        raise InvalidBody('the body must be {"data": […]} or {"ids": […]}', legacy='You have to provide either "data" or "ids" argument')
    data, ids = _entries(body, "data"), [each for each in _entries(body, "ids") if each != {}]
    if ids and any(data):
        raise InvalidBody('send either "data" or "ids", not both', legacy='You cannot provide both "data" and "ids" arguments')
    if ids or (not data and isinstance(body.get("ids"), list)):
        if len(ids) > MOST_IDS:
            raise InvalidBody(f"ids: {len(ids)} are too many; send at most {MOST_IDS} a request")
        return FindDuplicates(page, tuple(coerce_each(Kind.UUID, ids, "ids")), ())
    if not data:
        raise InvalidBody(
            'send records to compare with as "data", or ids of records as "ids"',
            legacy='The "data" condition can not be empty when "ids" input not provided'
            if isinstance(body.get("data"), list)
            else 'You have to provide either "data" or "ids" argument',
        )
    return FindDuplicates(page, (), tuple(read_records(catalogue, page.of, data, version, retired=True)))


def _entries(body: dict[str, Any], name: str) -> list[Any]:
    entries = body.get(name)
    if entries is None:
        return []
    if not isinstance(entries, list):
        raise InvalidBody(f'"{name}" must be a list; put it in brackets', legacy="objectRecords.map is not a function")
    return [each for each in entries if each is not None and each != ""]
