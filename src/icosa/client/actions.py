"""Running actions: one at a time as a method, or any of them by name over one set of properties or many."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final, Literal, Self, TypeVar

from icosa.catalogue.actions import Action, find_action, find_object
from icosa.catalogue.kinds import shown
from icosa.catalogue.model import Catalogue
from icosa.catalogue.naming import snake_case
from icosa.catalogue.standard import STANDARD
from icosa.client.credentials import resolve
from icosa.client.request import build
from icosa.client.resource import Resource
from icosa.client.response import Content, content, read
from icosa.client.transport import TIMEOUT_SECONDS, Transport, transport_to
from icosa.errors import IcosaError, InvalidBody, InvalidValue
from icosa.secret import Secret
from icosa.wire.message import Request

T = TypeVar("T")

OnError = Literal["stop", "continue"]

_USER_AGENT: Final = "icosa"
_NOTHING_DONE: Final = "nothing was sent"
_PARTLY_DONE: Final = "those before it were done, those after it were not sent"


@dataclass(frozen=True, slots=True)
class Item:
    """What became of one set of properties.

    `input` is its place in what was given, from 0, and `properties` is that set; `json` is the whole
    body of the answer, or None where it failed, and then `error` says why.
    """

    input: int
    properties: Mapping[str, Any] = field(repr=False)  # they may hold secrets
    json: Any = None
    error: IcosaError | None = None


class Client:
    """A workspace, and every action of it.

        with icosa.connect() as crm:
            company = crm.companies.create_one(name="Analytical Engines")
            crm.run("Companies", "Find One Company", {"Id": company["id"], "Depth": 0})

    Resources are attributes in snake_case (`crm.connected_accounts`), and items by any of their names
    (`crm["connectedAccounts"]`).  May be used from several threads.
    """

    def __init__(self, transport: Transport, catalogue: Catalogue = STANDARD, *, address: str = "", token: Secret | None = None) -> None:
        """`token` is what no error may show; how it is sent is the transport's matter."""
        self.catalogue = catalogue
        self.address = address
        self._transport = transport
        self._token = token
        self._names = {snake_case(each.plural): each.plural for each in catalogue}
        self._resources: dict[str, Resource] = {}

    def run(
        self,
        resource: str,
        operation: str,
        properties: Mapping[str, Any] | Iterable[Mapping[str, Any]] = MappingProxyType({}),
        *,
        on_error: OnError = "stop",
    ) -> list[Item]:
        """Run an action over one set of properties, or over several, and give an item for each, in order.

        Resource, operation and properties go by label ("Connected Accounts", "Update One Connected Account",
        "Access Token") or name.  Raises UnknownObject, UnknownAction.

        With `on_error="stop"` all sets are checked before the first is sent, and the first error is raised,
        with a note that says which item it is about.  With "continue" an item that fails becomes an item
        with an `error`, and the others go on.
        """
        if on_error not in ("stop", "continue"):
            raise InvalidValue("on_error", f'{on_error!r} is neither "stop" nor "continue"')
        action = find_action(self.catalogue, resource, operation)
        inputs = _inputs(properties)
        requests = [_outcome(on_error, _note(at, inputs, _NOTHING_DONE), self._build, action, each) for at, each in enumerate(inputs)]
        items = []
        for at, (given, outcome) in enumerate(zip(inputs, requests, strict=True)):
            if isinstance(outcome, Request):
                outcome = _outcome(on_error, _note(at, inputs, _PARTLY_DONE), self._send, action, outcome)
            items.append(Item(at, given, error=outcome) if isinstance(outcome, IcosaError) else Item(at, given, outcome))
        return items

    def run_action(self, action: Action, properties: Mapping[str, Any] = MappingProxyType({})) -> Any:
        """Run an action that is at hand, perhaps one that `icosa.client.offered` adds to the 253, over one
        set of properties, and give the whole JSON body of the answer."""
        return self._send(action, self._build(action, properties))

    def close(self) -> None:
        """Let go of connections, or of the embedded workspace."""
        self._transport.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __getattr__(self, name: str) -> Resource:
        if name.startswith("_"):  # what Python itself looks for, perhaps before __init__ has run
            raise AttributeError(name)
        if name in self._names:
            return self[self._names[name]]
        near = difflib.get_close_matches(name, [*self._names, *super().__dir__()], 1)
        hint = f"did you mean '{near[0]}'?" if near else "dir() of it lists its resources"
        raise AttributeError(f"a client has no resource '{name}'; {hint}", name=name, obj=self)

    def __getitem__(self, name: str) -> Resource:
        """The resource of that name, in any spelling.  Raises UnknownObject with the nearest names."""
        of = find_object(self.catalogue, name)
        if of.plural not in self._resources:
            self._resources[of.plural] = Resource(of, self._perform)
        return self._resources[of.plural]

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *self._names})

    def __repr__(self) -> str:
        return f"<Client of {self.address}>"

    def _perform(self, action: Action, given: Mapping[str, Any], fields: Mapping[str, Any] | None) -> Content:
        return content(action, self._send(action, self._build(action, given, fields)))

    def _build(self, action: Action, given: Mapping[str, Any], fields: Mapping[str, Any] | None = None) -> Request:
        return build(self.catalogue, action, given, fields)._replace(user_agent=_USER_AGENT)

    def _send(self, action: Action, request: Request) -> Any:
        return read(action, request, self._transport.send(request), self._token)


def connect(
    url: str | None = None,
    token: str | Secret | None = None,
    *,
    timeout: float = TIMEOUT_SECONDS,
    catalogue: Catalogue = STANDARD,
) -> Client:
    """A workspace to work with.

    `connect()` is the workspace that the environment names (ICOSA_URL with ICOSA_TOKEN), else the one
    that `icosa login` kept, else the embedded one: a file in the user's data directory, or ICOSA_DATABASE.
    `connect("https://crm.example.com", token="…")` is any Twenty or Icosa server, and
    `connect("sqlite:///crm.db")` an embedded workspace in that file.

    `timeout` is how many seconds one request may take over HTTP.  Nothing is sent yet.  Raises InvalidValue
    for an address that is none, MissingKey or InvalidKey where a server is named without a key, or with
    what cannot be one.
    """
    target = resolve(url, token)
    return Client(transport_to(target, catalogue, timeout), catalogue, address=target.url, token=target.token)


def _outcome(on_error: OnError, note: str, step: Callable[..., T], *arguments: Any) -> T | IcosaError:
    """What a step made of one item, or the error it ended with."""
    try:
        return step(*arguments)
    except IcosaError as error:
        if on_error == "continue":
            return error
        if note:
            error.add_note(note)
        raise


def _note(at: int, inputs: list[Mapping[str, Any]], otherwise: str) -> str:
    return f"It is item {at} of {len(inputs)}, counted from 0; {otherwise}." if len(inputs) > 1 else ""


def _inputs(properties: Any) -> list[Mapping[str, Any]]:
    if isinstance(properties, Mapping):
        return [properties]
    if isinstance(properties, str) or not isinstance(properties, Iterable):
        raise InvalidBody(f"{shown(properties)} is no set of properties; give a dict, or a list of dicts")
    inputs = list(properties)
    for at, each in enumerate(inputs):
        if not isinstance(each, Mapping):
            raise InvalidBody(f"item {at} is {shown(each)}, no set of properties; give a list of dicts")
    return inputs
