"""What the blocking client and the asynchronous one share: methods made from flows, and resources by name."""

import inspect
from abc import ABC, abstractmethod
from collections.abc import Callable, Coroutine
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, Final, Generic, NoReturn, ParamSpec, TypeVar, get_args

from icosa.catalogue.model import Catalogue
from icosa.catalogue.naming import snake_case
from icosa.catalogue.standard import STANDARD
from icosa.client.calls import Calls
from icosa.client.credentials.text_address import without_password
from icosa.client.transport.flow import Flow, T
from icosa.errors import UnknownObject
from icosa.wire.actions import find_object

NOT_PICKLED: Final = (
    "holds connections and a key, and goes into no other process and no copy; connect there, with the same arguments: "
    "icosa.connect(url, token)"
)

P = ParamSpec("P")
R = TypeVar("R")


def blocking(made: Callable[Concatenate[Any, P], Flow[T]]) -> Callable[Concatenate[Any, P], T]:
    """A method that drives the flow which `made` gives, and returns their result."""

    @wraps(made)
    def method(self: Any, /, *args: P.args, **kwargs: P.kwargs) -> T:
        result: T = self._drive(made(self._flows, *args, **kwargs))
        return result

    _sign(method, made)
    return method


def awaiting(made: Callable[Concatenate[Any, P], Flow[T]]) -> Callable[Concatenate[Any, P], Coroutine[Any, Any, T]]:
    """The same, to be awaited."""

    @wraps(made)
    async def method(self: Any, /, *args: P.args, **kwargs: P.kwargs) -> T:
        result: T = await self._drive(made(self._flows, *args, **kwargs))
        return result

    _sign(method, made)
    return method


def _sign(method: Any, made: Callable[..., Any]) -> None:
    """Let a method say of itself what it takes and returns, and not that a flow is behind it."""
    signature = inspect.signature(made)
    returned = get_args(signature.return_annotation)[-1]  # of Flow[...]
    method.__signature__ = signature.replace(return_annotation=returned)
    method.__annotations__ = {**made.__annotations__, "return": returned}


class Resources(ABC, Generic[R]):
    """Resources as attributes in snake_case, and as items by any of their names."""

    def __init__(self, calls: Calls, address: str) -> None:
        self.address = address
        self._flows = calls
        self._made: dict[str, R] = {}
        self._named: tuple[Catalogue, dict[str, str]] | None = None

    def _known(self) -> Catalogue:
        """The catalogue that a name is looked up in: the workspace's own where it has been read, else what
        every workspace has."""
        return self._flows.known[0] if self._flows.known else STANDARD

    def _names(self) -> dict[str, str]:
        """The attributes that are resources, and the objects that they stand for."""
        known = self._known()
        if self._named is None or self._named[0] is not known:
            self._named = known, {snake_case(each.plural): each.plural for each in known}
        return self._named[1]

    @abstractmethod
    def _make(self, name: str) -> R:
        """The resource of an object, in any spelling of its name."""

    @abstractmethod
    def _unread(self, name: str) -> R | None:
        """The resource of a name that is not known, while the workspace's own catalogue has not been read; or that
        catalogue is read now, and None says to look again."""

    def _resource(self, name: str) -> R:
        if name not in self._made:
            self._made[name] = self._make(name)
        return self._made[name]

    if not TYPE_CHECKING:  # which resources there are, a type checker knows from a stub, and calls a wrong one an error

        def __getattr__(self, name: str) -> R:
            if name.startswith("_"):  # what Python itself looks for, perhaps before __init__ has run
                raise AttributeError(name)
            if name in (names := self._names()):
                return self._resource(names[name])
            if self._flows.known is None:
                unread = self._unread(name)
                return getattr(self, name) if unread is None else unread
            import difflib  # here: names are seldom wrong

            near = difflib.get_close_matches(name, dir(self), 1)
            hint = f"did you mean '{near[0]}'?" if near else "dir() of it lists its resources"
            raise AttributeError(f"a client has no resource '{name}'; {hint}", name=name, obj=self)

    def __getitem__(self, name: str) -> R:
        """The resource of that name, in any spelling.  Raises UnknownObject with the nearest names."""
        try:
            return self._resource(find_object(self._known(), name).plural)
        except UnknownObject:
            if self._flows.known is not None:
                raise
        unread = self._unread(name)
        return self[name] if unread is None else unread

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *self._names()})

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {without_password(self.address)}>"

    def __reduce__(self) -> NoReturn:
        raise TypeError(f"{self!r} {NOT_PICKLED}")
