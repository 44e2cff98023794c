"""What the console is a front of: a workspace in this process, or a server elsewhere; and who looks at it."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple, Protocol

import icosa
from icosa.catalogue.model import Catalogue, Object
from icosa.surfaces.console.door import Door
from icosa.wire.message import Answer, Request
from icosa.wire.openapi.reading import Offers


class Visitor(NamedTuple):
    """Who has signed in: the id and the name of an API key; no id for the owner, who came by a one-time link."""

    key_id: str | None
    name: str
    may_write: bool = True


class Sessions(Protocol):
    """Who is signed in.  What is not awaited blocks, and may be called from several threads."""

    def enter(self, key: str, agent: str) -> str:
        """The token of a new session for whom an API key is of; `agent` is what the browser says it is.  Raises
        AccessDenied for a key that is not good here."""

    def invite(self) -> str:
        """A new one-time code, with which the owner signs in; it is good for ten minutes."""

    def spend(self, code: str, agent: str) -> str | None:
        """The token of a new session of the owner; None for a code that is not good, or not any more."""

    async def visitor(self, token: str) -> Visitor | None:
        """Whose session it is, looked up anew; None where it has ended, or where its key was revoked."""

    def leave(self, token: str) -> None:
        """Ends a session, if there is one."""


class ApiKey(NamedTuple):
    """An API key as it is listed; moments are in wire form.  `state` is active, expired, revoked or "no token"."""

    id: str
    name: str
    created_at: str
    expires_at: str
    revoked_at: str | None
    last_used_at: str | None
    state: str
    may_write: bool


class SignedIn(NamedTuple):
    """A session as it is listed: whose it is, None for the owner's key; `agent` is what the browser says it is, and `id` opens
    nothing."""

    id: str
    key_id: str | None
    name: str
    created_at: str
    last_used_at: str
    agent: str


class Access(Protocol):
    """Who may come in: API keys and sessions.  For the owner alone; all of it blocks."""

    def all_keys(self) -> list[ApiKey]:
        """All that were not deleted, the newest last."""

    def create(self, name: str, expires_at: str, *, read_only: bool) -> str:
        """The token of a new key, which nobody can have again.  Raises InvalidValue for a blank name and a moment that has passed."""

    def revoke(self, key_id: str) -> ApiKey:
        """Refuses a key from now on, and ends the sessions of who signed in with it.  Raises NotFound."""

    def sessions(self) -> list[SignedIn]:
        """All sessions, the one that was used last first."""

    def end(self, session_id: str) -> None:
        """Ends a session, if there is one."""


class Vitals(NamedTuple):
    """How the workspace of this process stands.  `refuses` is why nothing can be written, "" where something can; `sizes` are
    bytes on disk by what has them; `metrics` what the server has counted, as Prometheus reads it, None where it counts nothing."""

    refuses: str
    sizes: Sequence[tuple[str, int]]
    metrics: str | None


class NamesAsked(NamedTuple):
    """What records are called, which goes by their ids past the requests of the API."""

    plural: str
    ids: Sequence[str]


class Inquiry(NamedTuple):
    """What a page asked a workspace, and the SHA-256 of what that answered, which may hold secrets."""

    question: Request | NamesAsked
    digest: bytes


class WouldWait(Exception):
    """What is asked takes longer than an event loop may be held, or is nothing that is told at once."""


class AtOnce(Protocol):
    """What a workspace of this process answers to a visitor who was looked up in the same turn of the event loop, without waiting for
    anything.  What it is asked, with the answer, is added to `asked`.  Both raise WouldWait."""

    @property
    def catalogue(self) -> Catalogue: ...

    @property
    def offers(self) -> Offers: ...

    def answer(self, visitor: Visitor, request: Request, asked: list[Inquiry]) -> Answer:
        """The answer to a request that reads."""

    def names(self, visitor: Visitor, of: Object, ids: Sequence[str], asked: list[Inquiry], *, waiting: bool = False) -> Mapping[str, str]:
        """What live records are called, by their ids.  With `waiting` it is for a thread, which takes its time."""


class Site(Protocol):
    """A workspace as the console has it.

    `name` is what people call it ("crm.db", or a host), `address` what calls that are copied out say, `keys_open` whether
    one can sign in with an API key; `remote` where it is a server elsewhere.
    """

    @property
    def name(self) -> str: ...

    @property
    def address(self) -> str: ...

    @property
    def remote(self) -> bool: ...

    @property
    def keys_open(self) -> bool: ...

    @property
    def door(self) -> Door: ...

    @property
    def sessions(self) -> Sessions: ...

    @property
    def at_once(self) -> AtOnce | None:
        """What it answers without waiting; None for a server elsewhere."""

    @property
    def access(self) -> Access | None:
        """Who may come in; None where another server decides that."""

    def vitals(self) -> Vitals | None:
        """How it stands; None where only another server could tell.  Blocks."""

    def client(self, visitor: Visitor, title: str = "console", asked: list[Inquiry] | None = None) -> icosa.Client:
        """A client that acts as the visitor; it blocks.  All that it writes is one run, in a journal of the visitor's,
        under that title.  A key that was revoked meanwhile is refused at the next request.  What it asks, with the answer, is
        added to `asked`, where the workspace is of this process."""

    def reshaped(self) -> None:
        """To be called once objects or fields were made, changed or taken away by a client of this: the next one knows of it."""

    def shape(self) -> object:
        """What is the same at two times only where its objects are too, as far as it knows of them."""

    def commits(self) -> object:
        """What is equal at two times only where nobody has written to the workspace in between; what equals nothing, where
        that cannot be told at once."""

    async def answers_alike(self, visitor: Visitor, asked: Sequence[Inquiry]) -> bool:
        """Whether the workspace answers all of it to the visitor, who has just been looked up, as it did."""
