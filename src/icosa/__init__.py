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
    NoValue,
    OtherToken,
    Overloaded,
    PersonNeeded,
    RateLimited,
    ReadOnly,
    ReadOnlyKey,
    RecordExists,
    RevokedKey,
    ServerBroken,
    ServerFailure,
    StoredOtherwise,
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
    from icosa.call.page import Page, Record
    from icosa.call.where import F, Where
    from icosa.client.asynchronous import AsyncResource
    from icosa.client.blocking import Item
    from icosa.client.resource import Resource
    from icosa.client.running import run
    from icosa.client.sending.retries import Retries
    from icosa.standard import AsyncClient, Client, aconnect, connect

    __version__: str

__all__ = [
    "AccessDenied",
    "AsyncClient",
    "AsyncResource",
    "BrokenLink",
    "Client",
    "Conflict",
    "ExpiredKey",
    "F",
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
    "NoValue",
    "NotFound",
    "OtherToken",
    "Overloaded",
    "Page",
    "PersonNeeded",
    "RateLimited",
    "ReadOnly",
    "ReadOnlyKey",
    "Record",
    "RecordExists",
    "Resource",
    "Retries",
    "RevokedKey",
    "Secret",
    "ServerBroken",
    "ServerFailure",
    "StoredOtherwise",
    "TimedOut",
    "UnknownAction",
    "UnknownField",
    "UnknownObject",
    "Unreachable",
    "UnreadableAnswer",
    "UnsupportedDepth",
    "ValueTaken",
    "Where",
    "__version__",
    "aconnect",
    "connect",
    "run",
]

_LATER = {
    "AsyncClient": "icosa.client.asynchronous",
    "AsyncResource": "icosa.client.asynchronous",
    "Client": "icosa.client.blocking",
    "F": "icosa.call.where",
    "Item": "icosa.client.calls",
    "Page": "icosa.call.page",
    "Record": "icosa.call.page",
    "Resource": "icosa.client.resource",
    "Retries": "icosa.client.sending.retries",
    "Where": "icosa.call.where",
    "aconnect": "icosa.client.asynchronous",
    "connect": "icosa.client.blocking",
    "run": "icosa.client.running",
}


def __getattr__(name: str) -> Any:
    if name == "__version__":
        from importlib.metadata import PackageNotFoundError, version  # here: it costs more than all the rest of this module

        try:
            value: Any = version("icosa")
        except PackageNotFoundError:  # run from a checkout that is not installed
            value = "0+source"
    elif name in ("bulk", "doctor", "mirror", "testing"):
        value = import_module(f"icosa.{name}")
    elif name in _LATER:
        value = getattr(import_module(_LATER[name]), name)
    else:
        raise AttributeError(f"module 'icosa' has no attribute '{name}'", name=name, obj=None)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
