"""The operations: what each is called, and the method and path that stand for it."""

from enum import StrEnum
from typing import NamedTuple

from icosa.catalogue import naming
from icosa.catalogue.model import Object
from icosa.wire.version import OPEN_DOCUMENT, TWENTY_1_0_3


class Operation(StrEnum):
    """Seven operations of every object, one of the workspace itself, and those that no form of Twenty 1.0.3 knows:
    `restore`, which brings a deleted record back, five of newer versions on records that a filter, or a list of ids,
    names, and `other`.  Whoever asks takes what a newer server's document lists for `other`; the action that stands
    for it says itself how it is called and where it goes."""

    FIND_MANY = "find_many"
    CREATE_ONE = "create_one"
    CREATE_MANY = "create_many"
    FIND_ONE = "find_one"
    DELETE_ONE = "delete_one"
    UPDATE_ONE = "update_one"
    FIND_DUPLICATES = "find_duplicates"
    RESTORE = "restore"
    UPDATE_MANY = "update_many"
    DELETE_MANY = "delete_many"
    RESTORE_MANY = "restore_many"
    MERGE = "merge_many"
    GROUP_BY = "group_by"
    OTHER = "other"
    GET_OPEN_API_SCHEMA = "get_open_api_schema"


class _Endpoint(NamedTuple):
    method: str
    path: str  # behind the prefix of the version
    label: str


_ENDPOINTS = {
    Operation.FIND_MANY: _Endpoint("GET", "{plural}", "Find Many {Plural}"),
    Operation.CREATE_ONE: _Endpoint("POST", "{plural}", "Create One {Singular}"),
    Operation.CREATE_MANY: _Endpoint("POST", "batch/{plural}", "Create Many {Plural}"),
    Operation.FIND_ONE: _Endpoint("GET", "{plural}/{id}", "Find One {Singular}"),
    Operation.DELETE_ONE: _Endpoint("DELETE", "{plural}/{id}", "Delete One {Singular}"),
    Operation.UPDATE_ONE: _Endpoint("PATCH", "{plural}/{id}", "Update One {Singular}"),
    Operation.FIND_DUPLICATES: _Endpoint("POST", "{plural}/duplicates", "Find {Singular} Duplicates"),
    Operation.RESTORE: _Endpoint("PATCH", TWENTY_1_0_3.restores[0], "Restore One {Singular}"),
    Operation.UPDATE_MANY: _Endpoint("PATCH", "{plural}", "Update Many {Plural}"),
    Operation.DELETE_MANY: _Endpoint("DELETE", "{plural}", "Delete Many {Plural}"),
    Operation.RESTORE_MANY: _Endpoint("PATCH", "restore/{plural}", "Restore Many {Plural}"),
    Operation.MERGE: _Endpoint("PATCH", "{plural}/merge", "Merge Many {Plural}"),
    Operation.GROUP_BY: _Endpoint("GET", "{plural}/groupBy", "Group By {Plural}"),
    Operation.GET_OPEN_API_SCHEMA: _Endpoint("GET", OPEN_DOCUMENT, "Get Open Api Schema"),
}

RESTORE_LAYOUTS = ("{plural}/{id}/restore", "restore/{plural}", "restore/{plural}/{id}")
"""Where servers bring one record back, by version, behind the prefix; the one in the middle takes a filter.  Where a
document lists several, the first is taken: 2.19 lists the last, and refuses it."""

_BY_FILTER = "?filter=id[eq]:{id}"

OPERATIONS = tuple(_ENDPOINTS)[:7]
"""The seven operations of every object, in the order in which forms list them."""

ON_SEVERAL = (Operation.UPDATE_MANY, Operation.DELETE_MANY, Operation.RESTORE_MANY, Operation.MERGE, Operation.GROUP_BY)
"""What newer versions have beside them, on several records at once."""


def method_of(operation: Operation) -> str:
    return _ENDPOINTS[operation].method


def shape_of(operation: Operation) -> str:
    """The path of an operation behind the prefix, whatever it is about: "{plural}/{id}"."""
    return _ENDPOINTS[operation].path


def template_of(operation: Operation, of: Object | None = None, prefix: str = TWENTY_1_0_3.prefix) -> str:
    """The path of an operation on an object, with `{id}` where the record's id goes."""
    path = _ENDPOINTS[operation].path
    if operation is Operation.GET_OPEN_API_SCHEMA:
        return path
    return _whole(path, of, prefix)


def restoring_template(layout: str, of: Object | None = None, prefix: str = TWENTY_1_0_3.prefix) -> str:
    """The path that brings one record back, with `{id}` where its id goes, perhaps in a query."""
    return _whole(layout if "{id}" in layout else layout + _BY_FILTER, of, prefix)


def _whole(path: str, of: Object | None, prefix: str) -> str:
    return f"{prefix}/{path}" if of is None else f"{prefix}/{path.replace('{plural}', of.plural)}"


def label_of(operation: Operation, of: Object | None = None) -> str:
    """The operation's name in a form: "Update One Connected Account"."""
    text = _ENDPOINTS[operation].label
    return text if of is None else text.format(Singular=naming.label(of.singular), Plural=of.resource)
