"""What the typed methods of every object share; the types of its records are filled in by a stub: icosa.standard,
or one that `icosa stubs` made.  There is nothing of this at run time, where each resource is a Resource or an
AsyncResource: this file and those two are held together by tests/typed.
"""

from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
from os import PathLike
from typing import Any, Generic, Literal, Protocol, TypedDict, TypeVar, overload
from uuid import UUID

from icosa.call.page import Page
from icosa.call.where import Where
from icosa.catalogue.model import Catalogue, Object
from icosa.client.changes import AsyncChanges, Changes, Since
from icosa.client.sending.retries import Retries
from icosa.client.transport.awaiting import AsyncTransport
from icosa.client.transport.blocking import Transport
from icosa.client.walk import Progress
from icosa.journal.protocol import Journal
from icosa.secret import Secret

Depth = Literal[0, 1, 2]
"""How far relations are followed; where nothing is said, 1."""

RecordLike = str | UUID | Mapping[str, Any]
"""A record, by its id, by what it is known by, or as itself."""
RecordsLike = RecordLike | Iterable[RecordLike]

R0 = TypeVar("R0")  # a record alone
R1 = TypeVar("R1")  # with the records it is related to
R2 = TypeVar("R2")  # with theirs too
Created = TypeVar("Created")
Part = TypeVar("Part")  # any fields of a record
Key = TypeVar("Key")  # the paths by which a record can be told from others
C_co = TypeVar("C_co", covariant=True)

class Deleted(TypedDict):
    """What is left of a record that was deleted."""

    id: str

class ResourceOf(Generic[R0, R1, R2, Created, Part, Key]):
    """The records of one object."""

    @property
    def object(self) -> Object: ...
    @overload
    def find_many(
        self,
        *,
        where: Where | str | None = None,
        filter: str | None = None,
        order_by: str | None = None,
        limit: int | None = None,
        depth: Literal[1] | None = None,
        starting_after: str | None = None,
        ending_before: str | None = None,
        deleted: bool = False,
    ) -> Page[R1]: ...
    @overload
    def find_many(
        self,
        *,
        where: Where | str | None = None,
        filter: str | None = None,
        order_by: str | None = None,
        limit: int | None = None,
        depth: Literal[0],
        starting_after: str | None = None,
        ending_before: str | None = None,
        deleted: bool = False,
    ) -> Page[R0]: ...
    @overload
    def find_many(
        self,
        *,
        where: Where | str | None = None,
        filter: str | None = None,
        order_by: str | None = None,
        limit: int | None = None,
        depth: Literal[2],
        starting_after: str | None = None,
        ending_before: str | None = None,
        deleted: bool = False,
    ) -> Page[R2]: ...
    @overload
    def find_one(self, id: str | UUID, *, depth: Literal[1] | None = None) -> R1: ...
    @overload
    def find_one(self, id: str | UUID, *, depth: Literal[0]) -> R0: ...
    @overload
    def find_one(self, id: str | UUID, *, depth: Literal[2]) -> R2: ...
    @overload
    def look_up(self, known_as: str | UUID, *, depth: Literal[1] | None = None) -> R1: ...
    @overload
    def look_up(self, known_as: str | UUID, *, depth: Literal[0]) -> R0: ...
    @overload
    def look_up(self, known_as: str | UUID, *, depth: Literal[2]) -> R2: ...
    @overload
    def create_many(self, records: Iterable[Created], *, depth: Literal[1] | None = None, upsert: bool = False) -> list[R1]: ...
    @overload
    def create_many(self, records: Iterable[Created], *, depth: Literal[0], upsert: bool = False) -> list[R0]: ...
    @overload
    def create_many(self, records: Iterable[Created], *, depth: Literal[2], upsert: bool = False) -> list[R2]: ...
    @overload
    def restore_one(self, id: str | UUID, *, depth: Literal[1] | None = None) -> R1: ...
    @overload
    def restore_one(self, id: str | UUID, *, depth: Literal[0]) -> R0: ...
    @overload
    def restore_one(self, id: str | UUID, *, depth: Literal[2]) -> R2: ...
    @overload
    def find_duplicates(
        self, *, data: Iterable[Part] | None = None, ids: Iterable[str | UUID] | None = None, depth: Literal[1] | None = None
    ) -> list[Page[R1]]: ...
    @overload
    def find_duplicates(
        self, *, data: Iterable[Part] | None = None, ids: Iterable[str | UUID] | None = None, depth: Literal[0]
    ) -> list[Page[R0]]: ...
    @overload
    def find_duplicates(
        self, *, data: Iterable[Part] | None = None, ids: Iterable[str | UUID] | None = None, depth: Literal[2]
    ) -> list[Page[R2]]: ...
    @overload
    def iterate(
        self,
        *,
        where: Where | str | None = None,
        order_by: str | None = None,
        depth: Literal[1] | None = None,
        page_size: int | None = None,
        progress: Progress | None = None,
        deleted: bool = False,
    ) -> Iterator[R1]: ...
    @overload
    def iterate(
        self,
        *,
        where: Where | str | None = None,
        order_by: str | None = None,
        depth: Literal[0],
        page_size: int | None = None,
        progress: Progress | None = None,
        deleted: bool = False,
    ) -> Iterator[R0]: ...
    @overload
    def iterate(
        self,
        *,
        where: Where | str | None = None,
        order_by: str | None = None,
        depth: Literal[2],
        page_size: int | None = None,
        progress: Progress | None = None,
        deleted: bool = False,
    ) -> Iterator[R2]: ...
    @overload
    def changed(
        self, since: Since = None, *, depth: Literal[1] | None = None, page_size: int | None = None, overlap: float = ...
    ) -> Changes[R1]: ...
    @overload
    def changed(self, since: Since = None, *, depth: Literal[0], page_size: int | None = None, overlap: float = ...) -> Changes[R0]: ...
    @overload
    def changed(self, since: Since = None, *, depth: Literal[2], page_size: int | None = None, overlap: float = ...) -> Changes[R2]: ...
    def update_many(
        self, /, *, where: Where | str, record: Mapping[str, Any] | None = None, depth: Depth | None = None, **fields: Any
    ) -> list[dict[str, Any]]: ...
    def delete_many(self, *, where: Where | str, permanent: bool = False) -> list[dict[str, Any]]: ...
    def restore_many(self, *, where: Where | str, depth: Depth | None = None) -> list[dict[str, Any]]: ...
    def merge(
        self, ids: Iterable[str | UUID], *, priority: int = 0, dry_run: bool = False, depth: Depth | None = None
    ) -> dict[str, Any]: ...
    def group_by(
        self,
        by: str | Iterable[Any],
        *,
        aggregate: str | Iterable[str] = "totalCount",
        where: Where | str | None = None,
        order_by: Any = None,
        limit: int | None = None,
    ) -> list[dict[str, Any]]: ...
    def delete_one(self, id: str | UUID, *, permanent: bool = False) -> Deleted: ...  # noqa: A002
    def call(self, method: str, properties: Mapping[str, Any] | None = None, /, **more: Any) -> Any: ...

class AsyncResourceOf(Generic[R0, R1, R2, Created, Part, Key]):
    """The records of one object, for an event loop."""

    @property
    def object(self) -> Object: ...
    @overload
    async def find_many(
        self,
        *,
        where: Where | str | None = None,
        filter: str | None = None,
        order_by: str | None = None,
        limit: int | None = None,
        depth: Literal[1] | None = None,
        starting_after: str | None = None,
        ending_before: str | None = None,
        deleted: bool = False,
    ) -> Page[R1]: ...
    @overload
    async def find_many(
        self,
        *,
        where: Where | str | None = None,
        filter: str | None = None,
        order_by: str | None = None,
        limit: int | None = None,
        depth: Literal[0],
        starting_after: str | None = None,
        ending_before: str | None = None,
        deleted: bool = False,
    ) -> Page[R0]: ...
    @overload
    async def find_many(
        self,
        *,
        where: Where | str | None = None,
        filter: str | None = None,
        order_by: str | None = None,
        limit: int | None = None,
        depth: Literal[2],
        starting_after: str | None = None,
        ending_before: str | None = None,
        deleted: bool = False,
    ) -> Page[R2]: ...
    @overload
    async def find_one(self, id: str | UUID, *, depth: Literal[1] | None = None) -> R1: ...
    @overload
    async def find_one(self, id: str | UUID, *, depth: Literal[0]) -> R0: ...
    @overload
    async def find_one(self, id: str | UUID, *, depth: Literal[2]) -> R2: ...
    @overload
    async def look_up(self, known_as: str | UUID, *, depth: Literal[1] | None = None) -> R1: ...
    @overload
    async def look_up(self, known_as: str | UUID, *, depth: Literal[0]) -> R0: ...
    @overload
    async def look_up(self, known_as: str | UUID, *, depth: Literal[2]) -> R2: ...
    @overload
    async def create_many(self, records: Iterable[Created], *, depth: Literal[1] | None = None, upsert: bool = False) -> list[R1]: ...
    @overload
    async def create_many(self, records: Iterable[Created], *, depth: Literal[0], upsert: bool = False) -> list[R0]: ...
    @overload
    async def create_many(self, records: Iterable[Created], *, depth: Literal[2], upsert: bool = False) -> list[R2]: ...
    @overload
    async def restore_one(self, id: str | UUID, *, depth: Literal[1] | None = None) -> R1: ...
    @overload
    async def restore_one(self, id: str | UUID, *, depth: Literal[0]) -> R0: ...
    @overload
    async def restore_one(self, id: str | UUID, *, depth: Literal[2]) -> R2: ...
    @overload
    async def find_duplicates(
        self, *, data: Iterable[Part] | None = None, ids: Iterable[str | UUID] | None = None, depth: Literal[1] | None = None
    ) -> list[Page[R1]]: ...
    @overload
    async def find_duplicates(
        self, *, data: Iterable[Part] | None = None, ids: Iterable[str | UUID] | None = None, depth: Literal[0]
    ) -> list[Page[R0]]: ...
    @overload
    async def find_duplicates(
        self, *, data: Iterable[Part] | None = None, ids: Iterable[str | UUID] | None = None, depth: Literal[2]
    ) -> list[Page[R2]]: ...
    @overload
    def iterate(
        self,
        *,
        where: Where | str | None = None,
        order_by: str | None = None,
        depth: Literal[1] | None = None,
        page_size: int | None = None,
        progress: Progress | None = None,
        deleted: bool = False,
    ) -> AsyncIterator[R1]: ...
    @overload
    def iterate(
        self,
        *,
        where: Where | str | None = None,
        order_by: str | None = None,
        depth: Literal[0],
        page_size: int | None = None,
        progress: Progress | None = None,
        deleted: bool = False,
    ) -> AsyncIterator[R0]: ...
    @overload
    def iterate(
        self,
        *,
        where: Where | str | None = None,
        order_by: str | None = None,
        depth: Literal[2],
        page_size: int | None = None,
        progress: Progress | None = None,
        deleted: bool = False,
    ) -> AsyncIterator[R2]: ...
    @overload
    def changed(
        self, since: Since = None, *, depth: Literal[1] | None = None, page_size: int | None = None, overlap: float = ...
    ) -> AsyncChanges[R1]: ...
    @overload
    def changed(
        self, since: Since = None, *, depth: Literal[0], page_size: int | None = None, overlap: float = ...
    ) -> AsyncChanges[R0]: ...
    @overload
    def changed(
        self, since: Since = None, *, depth: Literal[2], page_size: int | None = None, overlap: float = ...
    ) -> AsyncChanges[R2]: ...
    async def update_many(
        self, /, *, where: Where | str, record: Mapping[str, Any] | None = None, depth: Depth | None = None, **fields: Any
    ) -> list[dict[str, Any]]: ...
    async def delete_many(self, *, where: Where | str, permanent: bool = False) -> list[dict[str, Any]]: ...
    async def restore_many(self, *, where: Where | str, depth: Depth | None = None) -> list[dict[str, Any]]: ...
    async def merge(
        self, ids: Iterable[str | UUID], *, priority: int = 0, dry_run: bool = False, depth: Depth | None = None
    ) -> dict[str, Any]: ...
    async def group_by(
        self,
        by: str | Iterable[Any],
        *,
        aggregate: str | Iterable[str] = "totalCount",
        where: Where | str | None = None,
        order_by: Any = None,
        limit: int | None = None,
    ) -> list[dict[str, Any]]: ...
    async def delete_one(self, id: str | UUID, *, permanent: bool = False) -> Deleted: ...  # noqa: A002
    async def call(self, method: str, properties: Mapping[str, Any] | None = None, /, **more: Any) -> Any: ...

class Connect(Protocol[C_co]):
    def __call__(
        self,
        url: str | PathLike[str] | None = None,
        token: str | Secret | None = None,
        *,
        timeout: float = ...,
        max_answer: int | str | None = None,
        catalogue: Catalogue | None = None,
        retries: Retries | float | str | None = ...,
        pace: str | float | None = None,
        journal: Journal | bool | None = None,
        transport: Transport | None = None,
    ) -> C_co: ...

class AsyncConnect(Protocol[C_co]):
    def __call__(
        self,
        url: str | PathLike[str] | None = None,
        token: str | Secret | None = None,
        *,
        timeout: float = ...,
        max_answer: int | str | None = None,
        catalogue: Catalogue | None = None,
        retries: Retries | float | str | None = ...,
        pace: str | float | None = None,
        journal: Journal | bool | None = None,
        transport: AsyncTransport | None = None,
    ) -> C_co: ...
