"""The operations: what each is called, and the method and path that stand for it."""

from dataclasses import dataclass
from enum import StrEnum

from icosa.catalogue import naming
from icosa.catalogue.model import Object


class Operation(StrEnum):
    """Seven operations of every object, one of the workspace itself, and two that no form of Twenty 1.0.3
    knows: `restore`, which brings a deleted record back, and `other`, whatever else a newer server's document
    lists; the action that stands for it says itself how it is called and where it goes."""

    FIND_MANY = "find_many"
    CREATE_ONE = "create_one"
    CREATE_MANY = "create_many"
    FIND_ONE = "find_one"
    DELETE_ONE = "delete_one"
    UPDATE_ONE = "update_one"
    FIND_DUPLICATES = "find_duplicates"
    RESTORE = "restore"
    OTHER = "other"
    GET_OPEN_API_SCHEMA = "get_open_api_schema"


@dataclass(frozen=True, slots=True)
class _Endpoint:
    method: str
    path: str
    label: str


_ENDPOINTS = {
    Operation.FIND_MANY: _Endpoint("GET", "/rest/{plural}", "Find Many {Plural}"),
    Operation.CREATE_ONE: _Endpoint("POST", "/rest/{plural}", "Create One {Singular}"),
    Operation.CREATE_MANY: _Endpoint("POST", "/rest/batch/{plural}", "Create Many {Plural}"),
    Operation.FIND_ONE: _Endpoint("GET", "/rest/{plural}/{id}", "Find One {Singular}"),
    Operation.DELETE_ONE: _Endpoint("DELETE", "/rest/{plural}/{id}", "Delete One {Singular}"),
    Operation.UPDATE_ONE: _Endpoint("PATCH", "/rest/{plural}/{id}", "Update One {Singular}"),
    Operation.FIND_DUPLICATES: _Endpoint("POST", "/rest/{plural}/duplicates", "Find {Singular} Duplicates"),
    Operation.RESTORE: _Endpoint("PATCH", "/rest/restore/{plural}/{id}", "Restore One {Singular}"),
    Operation.GET_OPEN_API_SCHEMA: _Endpoint("GET", "/open-api/core", "Get Open Api Schema"),
}

RESTORE_LAYOUTS = ("{plural}/{id}/restore", "restore/{plural}", "restore/{plural}/{id}")
"""Where servers bring one record back, by version, behind /rest/; the one in the middle takes a filter.  Where a
document lists several, the first is taken: 2.19 lists the last, and refuses it."""

_RESTORES_AT = {
    RESTORE_LAYOUTS[0]: "/rest/{plural}/{id}/restore",
    RESTORE_LAYOUTS[1]: "/rest/restore/{plural}?filter=id[eq]:{id}",
    RESTORE_LAYOUTS[2]: "/rest/restore/{plural}/{id}",
}

OPERATIONS = tuple(_ENDPOINTS)[:7]
"""The seven operations of every object, in the order in which forms list them."""


def method_of(operation: Operation) -> str:
    return _ENDPOINTS[operation].method


def template_of(operation: Operation, of: Object | None = None) -> str:
    """The path of an operation on an object, with `{id}` where the record's id goes."""
    path = _ENDPOINTS[operation].path
    return path if of is None else path.replace("{plural}", of.plural)


def restoring_template(layout: str, of: Object) -> str:
    """The path that brings one record back, with `{id}` where its id goes, perhaps in a query."""
    return _RESTORES_AT[layout].replace("{plural}", of.plural)


def label_of(operation: Operation, of: Object | None = None) -> str:
    """The operation's name in a form: "Update One Connected Account"."""
    text = _ENDPOINTS[operation].label
    return text if of is None else text.format(Singular=naming.label(of.singular), Plural=of.resource)
