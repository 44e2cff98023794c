"""What an error of PostgreSQL's driver means to who asked: which are tried again, and what is told of the others."""

import asyncpg
import pytest

from icosa.errors import InvalidInput, Overloaded
from icosa.workspace.store.postgres.run import Again, Locked, Lost, failure_of
from icosa.workspace.store.statement import Outdated, Violation


@pytest.mark.parametrize(
    ("error", "kind", "said"),
    [
        (asyncpg.DeadlockDetectedError("x"), Again, ""),
        (asyncpg.SerializationError("x"), Again, ""),
        (asyncpg.LockNotAvailableError("x"), Locked, ""),
        (asyncpg.UndefinedColumnError("x"), Outdated, ""),
        (asyncpg.UndefinedTableError("x"), Outdated, ""),
        (asyncpg.NumericValueOutOfRangeError("x"), InvalidInput, "add up to more than a number can be"),
        (asyncpg.QueryCanceledError("x"), Overloaded, "ask for less"),
        (asyncpg.ProgramLimitExceededError("row is too big"), InvalidInput, "the answer would be longer than"),
        (asyncpg.InternalServerError("invalid memory alloc request size 1073741824"), InvalidInput, "the answer would be longer than"),
        (asyncpg.ProgramLimitExceededError("index row size 3000 exceeds"), InvalidInput, "too long for the index over its field"),
        (asyncpg.AdminShutdownError("x"), Lost, ""),
        (asyncpg.InterfaceError("x"), Lost, ""),
        (ConnectionResetError("x"), Lost, ""),
        (asyncpg.ReadOnlySQLTransactionError("x"), Lost, ""),
        (asyncpg.DiskFullError("x"), Overloaded, "the database's disk is full; nothing was written"),
        (asyncpg.TooManyConnectionsError("x"), Overloaded, "the database cannot be used now"),
        (Overloaded("as it was"), Overloaded, "as it was"),
    ],
    ids=lambda each: type(each).__name__ if isinstance(each, Exception) else "",
)
def test_an_error_of_the_database_is_one_of_ours(error: Exception, kind: type[Exception], said: str) -> None:
    found = failure_of(error)
    assert isinstance(found, kind)
    assert said in str(found)


@pytest.mark.parametrize("error", [ValueError("x"), asyncpg.UndefinedFunctionError("x")], ids=lambda each: type(each).__name__)
def test_a_mistake_of_ours_stays_what_it_is(error: Exception) -> None:
    assert failure_of(error) is None


@pytest.mark.parametrize(
    ("error", "rule"),
    [
        (asyncpg.UniqueViolationError("x"), "unique"),
        (asyncpg.ForeignKeyViolationError("x"), "foreign key"),
        (asyncpg.CheckViolationError("x"), "other"),
        (asyncpg.NotNullViolationError("x"), "other"),
    ],
    ids=lambda each: type(each).__name__ if isinstance(each, Exception) else "",
)
def test_a_constraint_that_refuses_a_write_is_named_by_its_kind(error: Exception, rule: str) -> None:
    found = failure_of(error)
    assert isinstance(found, Violation)
    assert found.rule == rule
