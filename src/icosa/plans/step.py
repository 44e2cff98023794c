"""The steps of a plan: what is to be done to one record, or why nothing is; and each as a line of its file."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, Final, NamedTuple

import orjson

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Creation:
    """A record to create.  `record` holds its id, so that it cannot be created twice; `key` is the path that
    no other record may share with it ("emails.primaryEmail"), or "".  `object` is a plural, as in paths, here
    and below; `row` is the place in the source, from 1."""

    object: str
    record: Json
    key: str = ""
    row: int | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """Values to set on a record: `before` and `after` hold those that differ, and those that are one value with
    them (`catalogue.columns.together`), nested as in a record.  `updated_at` is when the record was last changed as the plan knew it."""

    object: str
    id: str
    before: Json
    after: Json
    updated_at: str | None = None
    row: int | None = None


@dataclass(frozen=True, slots=True)
class Deletion:
    """A record to delete, `before` as the plan knew it.  With `permanent` it is destroyed, which needs that
    nothing else depends on it."""

    object: str
    id: str
    before: Json
    updated_at: str | None = None
    permanent: bool = False
    row: int | None = None


@dataclass(frozen=True, slots=True)
class Restoration:
    """A deleted record to bring back, by restoring it or, where it was destroyed, by creating it again as it was; one that has
    a `deletedAt` was deleted when it was destroyed, and is deleted again."""

    object: str
    id: str
    record: Json
    row: int | None = None


@dataclass(frozen=True, slots=True)
class Skip:
    """Nothing to do: the record is as it should be, or, where `id` is "", the row says nothing."""

    object: str
    id: str = ""
    row: int | None = None


@dataclass(frozen=True, slots=True)
class Conflict:
    """Nothing is done, because it is not clear what should be; `ids` are the records it is about."""

    object: str
    reason: str
    ids: tuple[str, ...] = ()
    row: int | None = None


@dataclass(frozen=True, slots=True)
class Bad:
    """A row that cannot become a record."""

    object: str
    column: str
    reason: str
    row: int | None = None


@dataclass(frozen=True, slots=True)
class Left:
    """A row that is not to become a record of the object: a recipe says so, or it says nothing of it."""

    object: str
    reason: str
    row: int | None = None


Step = Creation | Change | Deletion | Restoration | Skip | Conflict | Bad | Left
WRITES: Final = (Creation, Change, Deletion, Restoration)

_KINDS: Final[dict[str, type[Step]]] = {
    "create": Creation, "change": Change, "delete": Deletion, "restore": Restoration, "skip": Skip, "conflict": Conflict, "bad": Bad,
    "left": Left,
}  # fmt: skip
_NAMES: Final = {kind: name for name, kind in _KINDS.items()}
_FIELDS: Final = {kind: tuple(each.name for each in fields(kind)) for kind in _NAMES}
_LINE: Final = re.compile(rb'\{"step":"([^"]*)"(?:,"object":"([^"]*)")?')
COUNTED: Final = tuple(name for name in _KINDS if name != "left")
"""The names under which the kinds of steps are counted, in the order in which they are told; what is left out is
counted too where there is any."""


def counted_of(counts: Mapping[str, int]) -> dict[str, int]:
    """How many steps there are of each kind, as a plan says it."""
    return {name: counts.get(name, 0) for name in _KINDS if name in COUNTED or counts.get(name)}


def name_of(step: Step) -> str:
    """The word for a kind of step: "create"."""
    return _NAMES[type(step)]


def name_of_kind(kind: type[Step]) -> str:
    """The word for a kind of steps."""
    return _NAMES[kind]


def line_of(step: Step) -> bytes:
    """A step as a line of a plan file."""
    if isinstance(step, Creation) and step.key and step.row is not None:  # as nearly all are; what `fields_of` finds
        line: Json = {"step": "create", "object": step.object, "record": step.record, "key": step.key, "row": step.row}
    elif isinstance(step, Skip) and step.id and step.row is not None:
        line = {"step": "skip", "object": step.object, "id": step.id, "row": step.row}
    else:
        line = {"step": name_of(step), **fields_of(step)}
    return orjson.dumps(line, option=orjson.OPT_APPEND_NEWLINE)


class StepLines(NamedTuple):
    """Steps of one kind and object as lines of a plan file, for who has many: `kind` is their word, `key` that of creations."""

    object: str
    kind: str
    key: str
    steps: int
    lines: bytes


def skips(plural: str, ids: Sequence[str], rows: Sequence[int]) -> StepLines:
    """Skips of records, each with its row; what `line_of` makes of them."""
    quoted = map(orjson.dumps, ids)
    line = b'{"step":"skip","object":%b,"id":%%b,"row":%%d}\n' % orjson.dumps(plural)
    return StepLines(plural, "skip", "", len(ids), b"".join(map(line.__mod__, zip(quoted, rows, strict=True))))


def creations(plural: str, records: Sequence[Json], key: str, rows: Sequence[int]) -> StepLines:
    """Creations of records by a key, each with its row; what `line_of` makes of them."""
    described = map(orjson.dumps, records)
    line = b'{"step":"create","object":%b,"record":%%b,"key":%b,"row":%%d}\n' % (orjson.dumps(plural), orjson.dumps(key))
    return StepLines(plural, "create", key, len(records), b"".join(map(line.__mod__, zip(described, rows, strict=True))))


def beginnings(kinds: Iterable[str]) -> tuple[bytes, ...]:
    """How the lines of steps of these kinds begin."""
    return tuple(b'{"step":%s,' % orjson.dumps(kind) for kind in kinds)


def told_of(line: bytes) -> tuple[str, str]:
    """The object and the word for the kind of step that a line says, without reading all of it; "" where it is none."""
    found = _LINE.match(line)
    return ((found[2] or b"").decode("utf-8", "replace"), found[1].decode("utf-8", "replace")) if found else ("", "")


def fields_of(step: Step) -> Json:
    """What a step says, by name, without what it says nothing of."""
    return {name: value for name in _FIELDS[type(step)] if (value := getattr(step, name)) is not None and value not in ("", ())}


def step_of(found: Mapping[str, Any]) -> Step:
    """The step that a line of a plan file says."""
    if found["step"] == "create":  # as most are that are read
        return Creation(found["object"], found["record"], found.get("key", ""), found.get("row"))
    held = dict(found)
    kind = held.pop("step")
    if kind == "bad":
        held.setdefault("column", "")
    if "ids" in held:
        held["ids"] = tuple(held["ids"])
    return _KINDS[kind](**held)
