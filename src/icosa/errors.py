"""Every error Icosa raises.

    IcosaError
    ├── InvalidInput              the call is wrong; nothing was sent, nothing was written
    │   ├── InvalidValue          a value is not what its property takes
    │   │   ├── InvalidId         not a UUID
    │   │   ├── MalformedJson     text that is not JSON, with line and column
    │   │   ├── NoValue           a reference of a chain, at whose path an item has nothing
    │   │   └── UnsupportedDepth  a depth other than 0, 1 or 2
    │   ├── InvalidQuery          filter, order_by, limit or cursor
    │   ├── InvalidBody           a body of the wrong shape
    │   ├── UnknownField          a property the object does not have
    │   ├── UnknownObject         a resource the workspace does not have
    │   └── UnknownAction         an operation the resource does not have
    ├── NotFound                  no record with that id
    ├── Conflict
    │   ├── RecordExists          the id is taken
    │   ├── ValueTaken            a unique value is taken
    │   └── BrokenLink            a relation points at no record
    ├── AccessDenied
    │   ├── MissingKey
    │   ├── InvalidKey
    │   │   └── OtherToken        a token of another kind than API keys have
    │   ├── ExpiredKey
    │   ├── RevokedKey
    │   └── Forbidden             the key is good but may not do this
    │       ├── ReadOnlyKey       it is one that may only read
    │       └── PersonNeeded      only a person may, and a key is none
    ├── RateLimited
    ├── NetworkFailure            no answer came
    │   ├── Unreachable
    │   └── TimedOut
    └── ServerFailure             an answer came that is none
        ├── ServerBroken          5xx
        ├── UnreadableAnswer      not JSON, or not the envelope that was asked for
        ├── StoredOtherwise       the write was taken, and something else is there than what was meant
        ├── ReadOnly              the database is read, and cannot be written to
        └── Overloaded            a statement over its time limit, a locked or full database

A message says what was wrong, where, what was expected and how to mend it.  `code` is what the
`Icosa-Error` header carries; `exit_code` is what the shell returns; `retryable` says whether the same call may
succeed later, without anything being mended.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, Self

LONGEST_MESSAGE = 8_000
"""Characters.  What a message shows of a value is cut where it is made (catalogue/kinds.py); this holds also where
somebody forgot to."""

_BEGINNING, _END = 6_000, 1_500


class IcosaError(Exception):
    """Base of all.  `message` is one or more sentences; `str(error)` is the message.

    Any of them can be copied, pickled and sent to another process, with its notes.
    """

    code = "error"
    exit_code = 1
    retryable = False

    def __init__(self, message: str, *, legacy: str | None = None, fault: str | None = None) -> None:
        """`legacy` is how Twenty 1.0.3 words the same failure; the wire keeps it at the front of its
        message so that clients that look for it keep working.  `fault` is what versions of Twenty that name each
        fault call this one ("FIELD_NOT_FOUND"), where that is another than errors of its type have."""
        message = cut(message)
        super().__init__(message)
        self.message = message
        self.legacy = legacy and cut(legacy)
        self.fault = fault

    def __reduce__(self) -> tuple[Any, ...]:
        return _made_anew, (type(self), self.args), self.__dict__


def cut(text: str) -> str:
    """A text without its middle, where it is too long for a message."""
    return text if len(text) <= LONGEST_MESSAGE else f"{text[:_BEGINNING]} … {text[-_END:]}"


def _made_anew(kind: type[IcosaError], args: tuple[Any, ...]) -> IcosaError:
    """An error without what its class asks for, which comes with its attributes."""
    error = kind.__new__(kind)
    error.args = args
    return error


class InvalidInput(IcosaError):
    code = "invalid_input"
    exit_code = 5


class InvalidValue(InvalidInput):
    """`path` names the property ("emails.primaryEmail"); `problem` says what is wrong with its value
    and what would be right."""

    code = "invalid_value"

    def __init__(self, path: str, problem: str, *, legacy: str | None = None, fault: str | None = None) -> None:
        super().__init__(f"{path}: {problem}", legacy=legacy, fault=fault)
        self.path = path
        self.problem = problem

    def named(self, path: str) -> Self:
        """The same error under another name for the property: a form shows labels, the wire names."""
        return type(self)(path, self.problem, legacy=self.legacy, fault=self.fault)


class InvalidId(InvalidValue):
    code = "invalid_id"


class MalformedJson(InvalidValue):
    code = "malformed_json"


class NoValue(InvalidValue):
    code = "no_value"


class UnsupportedDepth(InvalidValue):
    code = "unsupported_depth"


class InvalidQuery(InvalidInput):
    code = "invalid_query"


class InvalidBody(InvalidInput):
    code = "invalid_body"


class UnknownField(InvalidInput):
    code = "unknown_field"


class UnknownObject(InvalidInput):
    code = "unknown_object"


class UnknownAction(InvalidInput):
    code = "unknown_action"
    exit_code = 2


class NotFound(IcosaError):
    code = "record_not_found"
    exit_code = 4


class Conflict(IcosaError):
    code = "conflict"
    exit_code = 5


class RecordExists(Conflict):
    code = "record_exists"


class ValueTaken(Conflict):
    code = "value_taken"


class BrokenLink(Conflict):
    code = "broken_link"


class AccessDenied(IcosaError):
    code = "access_denied"
    exit_code = 3


class MissingKey(AccessDenied):
    code = "missing_key"


class InvalidKey(AccessDenied):
    code = "invalid_key"


class OtherToken(InvalidKey):
    code = "other_token"


class ExpiredKey(AccessDenied):
    code = "expired_key"


class RevokedKey(AccessDenied):
    code = "revoked_key"


class Forbidden(AccessDenied):
    code = "forbidden"


class ReadOnlyKey(Forbidden):
    code = "read_only_key"


class PersonNeeded(Forbidden):
    code = "person_needed"


class RateLimited(IcosaError):
    """`after` is in how many seconds the next request is answered, where that is known."""

    code = "rate_limited"
    exit_code = 6
    retryable = True

    def __init__(self, message: str, *, legacy: str | None = None, after: int | None = None) -> None:
        super().__init__(message, legacy=legacy)
        self.after = after


class NetworkFailure(IcosaError):
    """`sent` is False where the request never left, so that nothing can have been done; `lasting` is True where
    the next try would end the same way, as it would with a host that nobody knows."""

    code = "network_failure"
    exit_code = 7

    def __init__(self, message: str, *, sent: bool = True, lasting: bool = False, legacy: str | None = None) -> None:
        super().__init__(message, legacy=legacy)
        self.sent = sent
        self.lasting = lasting
        self.retryable = not lasting


class Unreachable(NetworkFailure):
    code = "unreachable"


class TimedOut(NetworkFailure):
    code = "timed_out"


class ServerFailure(IcosaError):
    code = "server_failure"
    exit_code = 9


class ServerBroken(ServerFailure):
    code = "server_broken"
    retryable = True


class UnreadableAnswer(ServerFailure):
    """`broken_off` where the connection was lost in the middle of the answer; `lost` where an answer came that was
    not read, being too long, or packed in a way that cannot be undone: a write may have been done."""

    code = "unreadable_answer"

    def __init__(self, message: str, *, broken_off: bool = False, lost: bool = False, legacy: str | None = None) -> None:
        super().__init__(message, legacy=legacy)
        self.broken_off = broken_off
        self.lost = lost
        self.retryable = broken_off


class StoredOtherwise(ServerFailure):
    """The write was done.  `records` are those of the answer, in the order in which they were sent, and `wrong` says by
    its place which of them is otherwise, and how."""

    code = "stored_otherwise"

    def __init__(
        self,
        message: str,
        *,
        records: Sequence[dict[str, Any]] = (),
        wrong: Mapping[int, str] = MappingProxyType({}),
        legacy: str | None = None,
    ) -> None:
        super().__init__(message, legacy=legacy)
        self.records: list[Any] = list(records)
        self.wrong = dict(wrong)


class ReadOnly(ServerFailure):
    """Nothing was written, and nothing will be until somebody mends what stands in the way; reads go on."""

    code = "read_only"


class Overloaded(ServerFailure):
    code = "overloaded"
    retryable = True
