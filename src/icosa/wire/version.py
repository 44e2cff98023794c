"""A version of the wire as one value: where requests go, how much they may ask for, and how answers are told.

It lies below the rooms of the wire, because all of them read it: actions their paths, REST its routes and statuses,
OpenAPI what it writes down.  Whoever answers has one version for life (`Workspace`); whoever asks has what a server's
document says of the same things (`Offers`).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from icosa import errors
from icosa.catalogue import making
from icosa.catalogue.making import MadeObjects
from icosa.catalogue.model import Catalogue
from icosa.catalogue.standard import STANDARD
from icosa.errors import IcosaError
from icosa.wire import request_traits, write_traits
from icosa.wire.request_traits import RequestTraits
from icosa.wire.write_traits import WriteTraits

if TYPE_CHECKING:
    from icosa.wire.refusals import Restriction

    TWENTY_2_19: "Version"
    """Of `version_2_19`."""

Fault = tuple[int, str]
"""The status of an answer that refuses something, and the name that it gives the fault."""

FAULTS: Final[Mapping[type[IcosaError], Fault]] = MappingProxyType(
    {
        errors.UnknownField: (400, "Error"),
        errors.MissingKey: (403, "FORBIDDEN_EXCEPTION"),
        errors.InvalidKey: (401, "UNAUTHENTICATED"),
        errors.OtherToken: (401, "UNAUTHENTICATED"),
        errors.ExpiredKey: (401, "UNAUTHENTICATED"),
        errors.RevokedKey: (403, "FORBIDDEN_EXCEPTION"),
        errors.Forbidden: (403, "FORBIDDEN_EXCEPTION"),
        errors.ReadOnlyKey: (403, "FORBIDDEN_EXCEPTION"),
        errors.PersonNeeded: (401, "UnauthorizedException"),
        errors.RateLimited: (429, "TOO_MANY_REQUESTS"),
        errors.Overloaded: (503, "SERVICE_UNAVAILABLE"),
        errors.ReadOnly: (503, "SERVICE_UNAVAILABLE"),
        errors.ServerBroken: (500, "INTERNAL_SERVER_ERROR"),
    }
)


class Spelling(StrEnum):
    """How filters, orders and cursors are said; `wire.language.grammar` reads them."""

    ESCAPED = "escaped"
    """Icosa's own: values in quotes may hold anything."""
    UNESCAPED = "unescaped"
    """That of Twenty 2.19: every quote and bracket counts, and paths lead into related records."""


@dataclass(frozen=True, eq=False)
class Version:
    """What one version of the wire says otherwise than another.

    `standard` are the objects that every workspace of it has.  `prefix` stands before every path of an object ("/rest").
    `page` counts the records of a page that nothing was said of, which is also the most that a Twenty gives; `max_page` those
    that Icosa gives, `batch` those of one creation.
    `depths` are those that relations can be opened to: 0, then each one more.  `created` is the status of a creation,
    `faults` those of errors by their type, and `fault` that of all others.  `wording` has what stands before Icosa's own
    words for an error; an error that is not in it says itself how 1.0.3 words it.  `operations` are those of every
    object, and `restores` the layouts behind the prefix that a record is brought back by, the one to be shown first.
    A deletion destroys where it says `destroys`=true; in a version that has a word for keeping, `keeps`, it does where
    it does not say that one.  A version without such a word understands that of newer ones, soft_delete, all the same.
    `tells_deleted` is whether a deletion that keeps answers with the whole record, `two_ways` whether pages say what lies on
    both sides of them, behind their records, and `etags` whether what is read comes with a tag, by which an answer that has
    not changed is spared.  `codes` are what bodies call faults beside their names, by the type of an error that does not say
    its own; empty in a version whose bodies have none.  `connects` is whether bodies connect and disconnect relations by
    their names, where others name the record by its id.  `unknown_field` words the refusal of a field that an object has
    not.  `keeps_metadata` is whether objects, fields, webhooks, keys and views are told as they are, and changed, below
    `{prefix}/metadata`, and `makes` is what those have that are made there; other versions tell their objects and fields there, in
    an envelope.  `agents` is the path at which
    agents ask, in the Model Context Protocol; "" where there is none.  `spelling` is how it asks for records.  `collections`
    counts the records of a collection that an answer holds, at depth 1, then below it, and `hides_deleted` is whether a
    record that is shown with those it belongs to has no foreign key of a deleted one.  `requests` says how requests are
    read, `writes` how records are written, and `refusals`, by the name of an object, what an API key may not write.

    Two of the same content are two versions: what is made for a version is kept by it.
    """

    name: str
    standard: Catalogue
    prefix: str
    page: int
    max_page: int
    batch: int
    depths: tuple[int, ...]
    created: int
    operations: tuple[str, ...]
    restores: tuple[str, ...]
    destroys: str
    keeps: str
    tells_deleted: bool
    two_ways: bool
    etags: bool
    fault: Fault
    faults: Mapping[type[IcosaError], Fault]
    wording: Mapping[type[IcosaError], str]
    codes: Mapping[type[IcosaError], str]
    connects: bool
    unknown_field: str
    keeps_metadata: bool
    makes: MadeObjects
    agents: str
    spelling: Spelling
    collections: tuple[int, ...]
    hides_deleted: bool
    requests: RequestTraits
    writes: WriteTraits
    refusals: Mapping[str, "Restriction"]

    @property
    def generation(self) -> int:
        """That of its objects' types."""
        return self.standard.objects[0].generation

    @cached_property
    def root(self) -> str:
        """What every path of an object begins with: "/rest/"."""
        return f"{self.prefix}/"

    @cached_property
    def metadata_roots(self) -> tuple[str, ...]:
        """What every path of metadata begins with."""
        further = ("webhooks", "apiKeys") if self.keeps_metadata else ("graphql",)
        return tuple(f"{self.prefix}/{each}" for each in ("metadata", METADATA_DOCUMENT[1:], *further))

    @cached_property
    def document_paths(self) -> tuple[str, str]:
        """Where the OpenAPI document lies: open to all, and behind a key."""
        return OPEN_DOCUMENT, f"{self.prefix}{OPEN_DOCUMENT}"

    @cached_property
    def depth_by_text(self) -> Mapping[str | None, int]:
        """The depths as a query usually says them."""
        return {None: 0, "": 0, **{str(each): each for each in self.depths}}


DOCUMENTS: Final = "/open-api/"
"""What every path of a document has in it."""

OPEN_DOCUMENT: Final = f"{DOCUMENTS}core"

METADATA_DOCUMENT: Final = f"{DOCUMENTS}metadata"
"""The document of what metadata is told by, and changed in versions that keep it: the same for every workspace, and so for
everybody."""

OPEN_DOCUMENTS: Final = (OPEN_DOCUMENT, METADATA_DOCUMENT)
"""Those that nobody needs a key for."""

SEVEN: Final = ("find_many", "create_one", "create_many", "find_one", "delete_one", "update_one", "find_duplicates")

TWENTY_1_0_3: Final = Version(
    name="1.0.3",
    standard=STANDARD,
    prefix="/rest",
    page=60,
    max_page=10_000,
    batch=60,
    depths=(0, 1, 2),
    created=201,
    operations=SEVEN,
    restores=("restore/{plural}/{id}", "{plural}/{id}/restore"),
    destroys="permanent",
    keeps="",
    tells_deleted=False,
    two_ways=False,
    etags=False,
    fault=(400, "BadRequestException"),
    faults=FAULTS,
    wording=MappingProxyType({}),
    codes=MappingProxyType({}),
    connects=False,
    unknown_field='Field metadata for field "{name}" is missing in object metadata',
    keeps_metadata=False,
    makes=making.FIRST,
    agents="",
    spelling=Spelling.ESCAPED,
    collections=(1000, 60),
    hides_deleted=False,
    requests=request_traits.AS_1_0_3,
    writes=write_traits.AS_1_0_3,
    refusals=MappingProxyType({}),
)
"""What Twenty 1.0.3 says, and where Icosa adds to it: longer pages, restoring, and deletions that can be undone."""


_AT_HAND: Final = {each.name: each for each in (TWENTY_1_0_3,)}
_ELSEWHERE: Final = {"2.19": ("icosa.wire.version_2_19", "TWENTY_2_19")}
"""Modules, and what a version is called there: most workspaces speak the usual one, and another is loaded when it is first asked for."""


class _Versions(Mapping[str, Version]):
    def __getitem__(self, name: str) -> Version:
        return _AT_HAND[name] if name in _AT_HAND else _loaded(*_ELSEWHERE[name])

    def __iter__(self) -> Iterator[str]:
        return iter((*_AT_HAND, *_ELSEWHERE))

    def __len__(self) -> int:
        return len(_AT_HAND) + len(_ELSEWHERE)


def _loaded(module: str, name: str) -> Version:
    found: Version = getattr(import_module(module), name)
    return found


VERSIONS: Final[Mapping[str, Version]] = _Versions()
"""The versions that a workspace can speak, by their names."""


def __getattr__(name: str) -> Version:
    """A version that is elsewhere."""
    module = next((module for module, called in _ELSEWHERE.values() if called == name), None)
    if module is None:
        raise AttributeError(f"module 'icosa.wire.version' has no attribute '{name}'", name=name)
    return _loaded(module, name)
