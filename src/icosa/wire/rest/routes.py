"""Which operation a method and a path ask for, and back.

The version says the prefix, which operations there are, and how a record is brought back.  Paths of Twenty 1.0.3 are
`/rest/{plural}`, `/rest/{plural}/{id}`, `/rest/batch/{plural}` and `/rest/{plural}/duplicates`; empty segments do not
count, and PUT is PATCH.  Icosa adds `PATCH /rest/restore/{plural}/{id}`, also as `/rest/{plural}/{id}/restore`: newer
versions of Twenty have the one or the other.  GET on a batch or duplicates path finds many, as it does there.  Newer
versions have PATCH and DELETE of `/rest/{plural}`, PATCH of `/rest/restore/{plural}` and `/rest/{plural}/merge`, and
GET of `/rest/{plural}/groupBy`.
"""

import re
from typing import NamedTuple

from icosa.catalogue.kinds import brief, shown
from icosa.catalogue.model import Catalogue, Object
from icosa.errors import InvalidId, InvalidInput
from icosa.wire.actions import OPERATIONS, Operation, method_of, template_of
from icosa.wire.actions.operation import ON_SEVERAL, restoring_template
from icosa.wire.version import TWENTY_1_0_3, Version

_UUID = re.compile(r"[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-5][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}")
"""Both cases are spelled out: where a pattern ignores them it takes four times as long, at each request about one record."""
_METHODS = frozenset(("GET", "POST", "PATCH", "PUT", "DELETE"))
_WITHOUT_ID = {*OPERATIONS, *ON_SEVERAL} - {Operation.FIND_ONE, Operation.UPDATE_ONE, Operation.DELETE_ONE}
_ON_ONE = {
    "GET": Operation.FIND_ONE,
    "PATCH": Operation.UPDATE_ONE,
    "PUT": Operation.UPDATE_ONE,
    "DELETE": Operation.DELETE_ONE,
}

_CHANGING = {"PATCH": Operation.UPDATE_MANY, "DELETE": Operation.DELETE_MANY}


class Route(NamedTuple):
    """An operation on an object; `id`, in lower case, is set where the operation is about one record."""

    object: Object
    operation: Operation
    id: str | None = None


def restoring_path(version: Version, of: Object, id_: str) -> str:
    """The path that brings a record back, as the version shows it first."""
    return restoring_template(version.restores[0], of, version.prefix).replace("{id}", id_)


def is_record_id(text: str) -> bool:
    """Whether a path accepts this id: a UUID of version 1 to 5.  Other UUIDs are ids that nobody could read."""
    return _UUID.fullmatch(text) is not None


class Router:
    """The routes of one catalogue in one version.  Made once; `match` is asked on every request."""

    def __init__(self, catalogue: Catalogue, version: Version = TWENTY_1_0_3) -> None:
        self._catalogue = catalogue
        self._root, self._bare = version.root, version.requests.bare_prefix
        self._restores = version.restores
        self._shown_below = "" if version.requests.shown_below in {each.plural for each in catalogue} else version.requests.shown_below
        self._known = frozenset(map(Operation, version.operations))
        self._on_one = {method: each for method, each in _ON_ONE.items() if each in self._known}
        self._whole: dict[tuple[str, str], Route] = {}
        self._before_id: dict[tuple[str, str], tuple[Object, Operation]] = {}
        for each in catalogue:
            for operation in _WITHOUT_ID & self._known:
                self._whole[method_of(operation), template_of(operation, each, version.prefix)] = Route(each, operation)
            for method, operation in self._on_one.items():
                self._before_id[method, self._root + each.plural] = (each, operation)

    def match(self, method: str, path: str) -> Route | None:
        """What a request asks for; None where nothing is served there, which is a 404.

        `path` is decoded and has no query.  Raises InvalidInput for a path of the wrong shape, InvalidId for
        an id that is missing or none, UnknownObject for an object that the catalogue does not have.
        """
        route = self._whole.get((method, path))
        if route is not None:
            return route
        before, _, id_ = path.rpartition("/")
        found = self._before_id.get((method, before))
        if found is not None and is_record_id(id_):
            return Route(found[0], found[1], id_.lower())
        return self._by_segments(method, path)

    def _by_segments(self, method: str, path: str) -> Route | None:
        """Every path that is not written the usual way, in the order in which 1.0.3 looks at its segments."""
        if method not in _METHODS or not path.startswith(self._root):
            return None
        segments = [each for each in path.removeprefix(self._root).split("/") if each]
        if not segments and not self._bare:
            return None
        if len(segments) > 1 and segments[0] == self._shown_below:
            del segments[0]
        method = "PATCH" if method == "PUT" else method
        match segments:
            case ["restore", plural] if method == "PATCH" and Operation.RESTORE_MANY in self._known:
                return Route(self._catalogue.named(plural), Operation.RESTORE_MANY)
            case ["restore", plural, *rest] if "restore/{plural}/{id}" in self._restores and method == "PATCH" and len(rest) < 2:
                return Route(self._catalogue.named(plural), Operation.RESTORE, _record_id(rest, path, self._root))
            case [plural, id_, "restore"] if "{plural}/{id}/restore" in self._restores and method == "PATCH":
                return Route(self._catalogue.named(plural), Operation.RESTORE, _record_id([id_], path, self._root))
            case [plural, "merge"] if method == "PATCH" and Operation.MERGE in self._known:
                return Route(self._catalogue.named(plural), Operation.MERGE)
            case [plural, "groupBy"] if method == "GET" and Operation.GROUP_BY in self._known:
                return Route(self._catalogue.named(plural), Operation.GROUP_BY)
            case [plural]:
                return self._on_many(method, plural, Operation.CREATE_ONE, path)
            case ["batch", plural]:
                return self._on_many(method, plural, Operation.CREATE_MANY, path)
            case [plural, "duplicates"]:
                return self._on_many(method, plural, Operation.FIND_DUPLICATES, path)
            case [plural, id_]:
                id_ = _record_id([id_], path, self._root)
                of = self._catalogue.named(plural)
                if method == "POST":
                    raise InvalidInput(
                        f"POST {brief(path)} names a record, and POST makes new ones. Send PATCH to change this record, "
                        f'or POST {self._root}{plural} with "id" in the body to choose the id of a new one.'
                    )
                return self._known_route(Route(of, _ON_ONE[method], id_))
            case _:
                examples = " or ".join(self._root + each for each in ("companies/id", "companies", "batch/companies"))
                text = f"Query path '{brief(path)}' invalid. Valid examples: {examples}"
                raise InvalidInput(text, legacy=text)

    def _on_many(self, method: str, plural: str, posted: Operation, path: str) -> Route | None:
        of = self._catalogue.named(plural)
        if method == "GET":
            return self._known_route(Route(of, Operation.FIND_MANY))
        if method == "POST":
            return self._known_route(Route(of, posted))
        changing = _CHANGING.get(method) if posted is Operation.CREATE_ONE else None
        if changing in self._known:
            return Route(of, changing)
        _record_id([], path, self._root)
        raise AssertionError("a missing id is always refused")

    def _known_route(self, route: Route) -> Route | None:
        """The route, where the version has its operation."""
        return route if route.operation in self._known else None


def _of_no_record(word: str, path: str, root: str) -> str:
    """What is said to those who asked for a part of the API that another server has, and for no record."""
    if not word.isalpha():
        return ""
    if path.startswith(f"{root}{root[1:]}"):
        return f". The path begins with {root} twice: leave it out of the server's address"
    return f". Where no record was meant: this server has nothing else at {brief(path)}"


def _record_id(found: list[str], path: str, root: str) -> str:
    if not found:
        shown_path = brief(path.rstrip("/"))
        raise InvalidId("id", f"is missing after {shown_path}; send {shown_path}/ and the id of the record", legacy="Record ID not found")
    if not is_record_id(found[0]):
        raise InvalidId(
            "id",
            f"{shown(found[0])} is not a UUID of version 1 to 5; send 32 hexadecimal digits with hyphens, such as "
            f"20202020-1c25-4d02-bf25-6aeccf7ea419{_of_no_record(found[0], path, root)}",
            legacy=f"'{brief(found[0])}' is not a valid UUID",
        )
    return found[0].lower()
