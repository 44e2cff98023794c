"""What a workspace asks of a store, whichever database holds its records."""

from collections.abc import Awaitable, Callable
from typing import Final, Protocol

from icosa.catalogue.model import Catalogue
from icosa.wire.version import Version
from icosa.workspace.store.dialect import Dialect
from icosa.workspace.store.reads import Reads
from icosa.workspace.store.statement import Statements, T
from icosa.workspace.store.stored_catalogue import Holding, Reshaping

CLOSING: Final = "the workspace is being closed; nothing was written"


class NotAtOnce(Exception):
    """A read takes longer than an event loop may be held."""


class Store(Protocol):
    """Runs statements.  A read is given as a function that begins it, because it may be begun again elsewhere.

    All raise Overloaded where the database cannot be used now, or a read takes longer than its time limit; writes raise
    ReadOnly where it can only be read.  Reads and writes raise Outdated where they name what the database does not have.
    """

    @property
    def catalogue(self) -> Catalogue:
        """The objects whose records it holds."""

    @property
    def version(self) -> Version:
        """The version of the wire that the workspace speaks."""

    @property
    def dialect(self) -> Dialect: ...

    @property
    def reads(self) -> Reads: ...

    @property
    def holding(self) -> Holding:
        """What it held when it was last looked at."""

    def look(self) -> Statements[Holding]:
        """Looks at what it holds now; part of a read."""

    def read(self, begin: Callable[[], Statements[T]]) -> T:
        """The result of a read; blocks.  Safe from any thread."""

    def read_at_once(self, begin: Callable[[], Statements[T]]) -> T:
        """The same for an event loop, which is never held for more than a few milliseconds.  Raises NotAtOnce where
        it would be; then `read_soon` takes it."""

    async def read_soon(self, begin: Callable[[], Statements[T]]) -> T:
        """The same beside an event loop."""

    def commits(self) -> object:
        """What is equal at two times only where nobody, of any process, has written to the database in between.  For an event
        loop, and told at once; where that cannot be done it equals nothing.  Raises Overloaded as reads do."""

    def write(self, begin: Callable[[], Statements[T]], *, vast: bool = False) -> T:
        """The result of a write that is on disk, in a transaction of its own; blocks.  Raises what the statements
        raise, and then nothing was written.  A `vast` one may change more than memory should have to hold."""

    def write_soon(self, begin: Callable[[], Statements[T]], *, large: bool = False, vast: bool = False) -> Awaitable[T]:
        """The same for an event loop; where nothing else has to be waited for, it has its turn whether it is awaited or not.  What
        is `large` is bound and sent beside it too."""

    def reshape(self, begin: Reshaping[T]) -> T:
        """Changes the objects, in a transaction of its own that their tables, the catalogue that is kept and what the
        statements write are all part of; blocks, as long as it takes to write the records of those that are changed anew.
        Others read meanwhile.  Raises what the statements raise, and then nothing was changed."""

    async def reshape_soon(self, begin: Reshaping[T]) -> T:
        """The same for an event loop."""

    def scrub(self) -> None:
        """Takes away what indexes and logs keep of records that were destroyed, where the database does not do that by
        itself; blocks, and others read and write meanwhile."""

    def refusal(self) -> str:
        """Why it can only be read, where that was found as it was opened; else nothing."""

    def facts(self) -> list[tuple[str, str, float]]:
        """What it holds of the machine: a name, what it means, and the number.  Asks no database."""

    def close(self) -> None:
        """Finishes what was begun, then lets the database go."""
