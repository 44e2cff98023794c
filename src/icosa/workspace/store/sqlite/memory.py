"""What a read connection remembers: the rows of lasting statements, until anybody writes to the database.

Every request asks who its key belongs to, and the answer is nearly always the one of the request before.
SQLite counts the commits that a connection has met, those of other processes too, and tells the count for
nothing; but it meets them only when a statement begins to read.  So what is remembered is trusted first, and
the count is looked at once the other statements of the same transaction have run.
"""

from collections.abc import Callable
from contextlib import suppress

import apsw

from icosa.errors import IcosaError
from icosa.workspace.store.names import ACTIVITY
from icosa.workspace.store.sqlite.kept import kept_catalogue
from icosa.workspace.store.sqlite.owed import ARE_OWED, Lines, Owed, names_lines
from icosa.workspace.store.sqlite.run import TooSlow, execute, run
from icosa.workspace.store.statement import Outdated, Row, Statement, Statements, T

REMEMBERED = 1000

_VERSION, _BEGIN, _END = Statement("PRAGMA data_version"), Statement("BEGIN"), Statement("COMMIT")


class Memory:
    """The memory of one connection, which only reads."""

    def __init__(self, connection: apsw.Connection, met: Callable[[str], None] = lambda sql: None) -> None:
        """`met` is called with the first statement of each read that is not lasting, before it runs."""
        self._connection = connection
        self._cursor = connection.cursor()  # one for all: to make one takes a tenth of what finding a record does
        self._met = met
        self._rows: dict[Statement, list[Row]] = {}
        self.lines = Lines.ASKED
        self.shows_lines = False
        """Whether lines of history that are owed are shown on its connection, which reads all of them more slowly since."""
        self._commits = -1

    def run(self, begin: Callable[[], Statements[T]]) -> T:
        """The result of statements that only read; they are begun again where what was remembered has changed.  Raises Owed."""
        try:
            return self._run(begin)
        finally:
            while self._connection.in_transaction:
                with suppress(TooSlow):  # the budget is looked at here too: every so many steps, so not the next time
                    execute(self._cursor, _END)

    def _run(self, begin: Callable[[], Statements[T]]) -> T:
        statements, trusted, looked = begin(), None, False
        try:
            statement = next(statements)
            while True:
                if not statement.lasting:
                    if not looked:
                        self._met(statement.sql)
                    if names_lines(statement.sql):
                        self._mind_lines()
                    rows = execute(self._cursor, statement)
                    looked = True
                else:
                    remembered = self._rows.get(statement)
                    if remembered is None:
                        rows = self._ask(statement)
                    else:
                        rows, trusted = remembered, statement
                statement = statements.send(rows)
        except StopIteration as done:
            if trusted is None or self._holds(trusted, looked):
                result: T = done.value
                return result
        except (IcosaError, Outdated):
            if trusted is None:
                raise
        return run(self._cursor, begin(), self._mind_lines)

    def commits(self) -> object:
        """Itself, and how many commits of others its connection has met, those until now among them: the statement reads."""
        return self, execute(self._cursor, _VERSION)[0][0]

    def _mind_lines(self) -> None:
        """Raises Owed where a statement that names the lines of a history would miss any that are owed.  From here on the read is of
        one moment: what is created after a look is not found without its line."""
        if self.shows_lines:
            return
        if not self._connection.in_transaction:
            execute(self._cursor, _BEGIN)
        if not execute(self._cursor, ARE_OWED):
            return
        if self.lines is Lines.ASKED:
            raise Owed
        from icosa.workspace.store.sqlite.owed_lines import show  # here: hardly any read meets lines that nobody can make

        show(self._connection, kept_catalogue(self._connection).by_singular[ACTIVITY])
        self.shows_lines = True

    def _ask(self, statement: Statement) -> list[Row]:
        rows = execute(self._cursor, statement)
        commits = self._connection.data_version()
        if commits != self._commits or len(self._rows) >= REMEMBERED:
            self._rows.clear()
            self._commits = commits
        self._rows[statement] = rows
        return rows

    def _holds(self, trusted: Statement, looked: bool) -> bool:
        """Whether the rows of the one that was trusted are those that the database has now."""
        if looked and self._connection.data_version() == self._commits:
            return True
        return self._rows[trusted] == self._ask(trusted)
