"""What differs between databases, as one protocol.  Each database answers it in its own folder, in
files of the same names; nothing else in the store knows which one is in use."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Protocol

from icosa.catalogue.columns import Column
from icosa.catalogue.model import Object
from icosa.wire.language.filter_tree import Comparator
from icosa.workspace.store.statement import Row

if TYPE_CHECKING:
    from icosa.workspace.store.grouping_dialect import GroupingDialect


class Dialect(Protocol):
    ROW: str
    """What tells a row from others while a statement runs."""

    PICKS_BY: str
    """The column by which the rows of a page are picked before anything is read about them, lest it be read
    for every row that is sorted; empty where the database reads about picked rows alone by itself."""

    READS_BACK: bool
    """Whether the doc of a row that was changed is read from where it lies, and not returned by the statement that changes the row."""

    WEIGHS_INDEXES: bool
    """Whether it knows how many rows a filter holds for before it reads them, and so which index is worth going by."""

    FOR_CHANGE: str
    """What follows a SELECT whose rows are to stay as they are until the transaction ends, because it will
    change them; FOR_LINK, because it will link to them; FOR_END, because it will delete them.  Those who
    change and those who link do not wait for each other; who deletes waits for both, and they for it.
    Empty where transactions that write follow each other anyway."""

    FOR_LINK: str
    FOR_END: str

    LINKED: str
    """An expression for a bound id of a live record in a `{table}`; where there is none such it is what no column of ids takes.  Empty
    where a record has to be locked that is linked to."""

    EVENTS: str
    """Where the events are read: a table, or a view, with the columns `EVENT` (names.py)."""

    EVENTS_OF: str
    """A statement for the numbers, in order, of the events that hold the JSON of any record in a bound list of ids."""

    EVENTS_AMONG: str
    """The same among those from one number to another, bound behind the ids, which reads them all: it takes as long for many records as for
    one.  Empty where the other is as good."""

    def events_after(self, cursor: str, limit: int) -> tuple[str, tuple[Any, ...]]:
        """A statement for up to `limit` events that a reader with this cursor has not seen, and what to bind."""

    def events_cursor(self, cursor: str, limit: int, rows: Sequence[Row]) -> str:
        """The cursor of a reader that has seen the rows of that statement too."""

    def created_event(self, of: Object, records: int, *, lines: bool) -> str:
        """A statement that records the creation of so many records, which the statement before has inserted, at a bound moment
        by a bound actor, without their JSON; empty where it is written into the event.  Where `lines` are owed, a JSON list of
        their ids is bound too, and the database sees to it that they are there for whoever looks."""

    def deleted_event(self, of: Object) -> str:
        """A statement that records the deletion of a record, if the statement before has marked it as deleted, at a bound moment by
        a bound actor, the record's id bound last, and gives a row then; without its JSON, and empty where that is written into the
        event."""

    def grouping(self) -> "GroupingDialect":
        """How it groups records, loaded by the first who does."""

    def value(self, column: Column, canonical: Any) -> Any:
        """A canonical value as the database stores it."""

    def number(self, sql: str) -> str:
        """An expression for a number that is computed, as `value` has it."""

    def canonical(self, column: Column, stored: Any) -> Any:
        """A stored value in canonical form."""

    def comparable(self, column: Column, sql: str) -> str:
        """An expression that compares and sorts as the column's kind does: lists and JSON as their text, options where
        the column is `ranked` by their places."""

    def json_of(self, column: Column) -> str:
        """An expression for a column's JSON, never NULL but where there is no row; the column stands in it by its own
        name."""

    def test(self, column: Column, comparator: Comparator, value: Any, sql: str) -> tuple[str, tuple[Any, ...]]:
        """A condition on the expression `sql`, and what to bind to its `?`.  It has a case for every comparator and none
        for "all others", so that a type checker tells where one is missing."""

    def narrowed(self, of: Object, column: Column, comparator: Comparator, value: Any) -> tuple[str, Any] | None:
        """A statement with one `?`, and what to bind to it, for the ROWs that an index names: among them is every row that
        passes the test.  None where no index is asked so."""

    def few(self, of: Object) -> str:
        """An expression for how many rows an index may name at most for it to be worth going by it."""

    def most_held(self, of: Object, *, walked: bool) -> str:
        """An expression for how many rows may match at most for a page to be sorted out of their ROWs; `walked`: else it would
        be found along an index of its order."""

    def likely(self, condition: str) -> str:
        """The same condition, for a planner to know that it holds for many rows."""

    def lines(self, expression: str) -> str:
        """An aggregate that joins an expression's values over all rows, a line each."""

    def page(self, expression: str) -> str:
        """An aggregate that joins records without their opening brace, by RECORD_BREAK."""

    def encoded(self, expression: str) -> str:
        """The UTF-8 bytes of a text, which are handed on as they are; no bytes, or an error of the connection, where
        they are more than an answer may have."""

    def source(self, of: Object, alias: str) -> str:
        """What follows FROM for the rows of an object whose docs are to be read."""

    def doc(self, of: Object, alias: str) -> str:
        """A row's own JSON without its opening brace, of such a source."""

    def deleted_at(self, alias: str) -> str:
        """When such a row was deleted, from where its doc lies: for who reads nothing else of it."""

    def one(self, expression: str, of: Object, condition: str, *, whole: bool) -> str:
        """A statement for the encoded expression over the row `t` with a bound id that meets a condition: none, or one that
        begins with AND.  Of what is not `whole` nothing is read but the doc, and when it was deleted."""

    def collection(self, expression: str) -> str:
        """An aggregate that joins records without their opening brace, on one line."""

    def unless_empty(self, of: Object, expression: str) -> str:
        """An expression over rows of an object, which is the empty text where there are none."""

    def among(self, sql: str) -> str:
        """A condition that `sql` is one of the ids in a bound list."""

    def ids(self, ids: list[str]) -> Any:
        """A list of ids as `among` binds it."""
