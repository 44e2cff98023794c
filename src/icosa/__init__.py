"""Every action of the Twenty CRM API, on any Twenty workspace or on the one that Icosa itself is.

    import icosa

    crm = icosa.connect()                                             # the embedded workspace
    crm = icosa.connect("https://crm.example.com", token="…")         # any Twenty or Icosa server
    person = crm.people.create_one(name={"firstName": "Ada", "lastName": "Lovelace"})
    items = crm.run("People", "Find One Person", {"Id": person["id"], "Depth": 0})

The client is loaded when it is first used, so that the import alone costs next to nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from icosa.errors import (
    AccessDenied,
    BrokenLink,
    Conflict,
    ExpiredKey,
    Forbidden,
    IcosaError,
    InvalidBody,
    InvalidId,
    InvalidInput,
    InvalidKey,
    InvalidQuery,
    InvalidValue,
    MalformedJson,
    MissingKey,
    NetworkFailure,
    NotFound,
    Overloaded,
    RateLimited,
    RecordExists,
    RevokedKey,
    ServerBroken,
    ServerFailure,
    TimedOut,
    UnknownAction,
    UnknownField,
    UnknownObject,
    Unreachable,
    UnreadableAnswer,
    UnsupportedDepth,
    ValueTaken,
)
from icosa.secret import Secret

if TYPE_CHECKING:
    from icosa.client.actions import Client, Item, connect
    from icosa.client.page import Page, Record
    from icosa.client.resource import Resource

    __version__: str

__all__ = [
    "AccessDenied",
    "BrokenLink",
    "Client",
    "Conflict",
    "ExpiredKey",
    "Forbidden",
    "IcosaError",
    "InvalidBody",
    "InvalidId",
    "InvalidInput",
    "InvalidKey",
    "InvalidQuery",
    "InvalidValue",
    "Item",
    "MalformedJson",
    "MissingKey",
    "NetworkFailure",
    "NotFound",
    "Overloaded",
    "Page",
    "RateLimited",
    "Record",
    "RecordExists",
    "Resource",
    "RevokedKey",
    "Secret",
    "ServerBroken",
    "ServerFailure",
    "TimedOut",
    "UnknownAction",
    "UnknownField",
    "UnknownObject",
    "Unreachable",
    "UnreadableAnswer",
    "UnsupportedDepth",
    "ValueTaken",
    "__version__",
    "connect",
]

_LATER = {
    "Client": "icosa.client.actions",
    "Item": "icosa.client.actions",
    "Page": "icosa.client.page",
    "Record": "icosa.client.page",
    "Resource": "icosa.client.resource",
    "connect": "icosa.client.actions",
}


def __getattr__(name: str) -> Any:
    if name == "__version__":
        from importlib.metadata import PackageNotFoundError, version  # here: it costs more than all the rest of this module

        try:
            value: Any = version("icosa")
        except PackageNotFoundError:  # run from a checkout that is not installed
            value = "0+source"
    elif name in _LATER:
        value = getattr(import_module(_LATER[name]), name)
    else:
        raise AttributeError(f"module 'icosa' has no attribute '{name}'", name=name, obj=None)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
