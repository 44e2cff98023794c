"""Looking records up by what they are known by, many in one request."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import islice
from typing import Any, Final, TypeVar
from urllib.parse import quote

import orjson

from icosa.call.keys import NUMBER, are_compared, comparer, part_of, several_compared, speller, values_compared
from icosa.call.where import Where
from icosa.catalogue.columns import column_by_path
from icosa.catalogue.model import Object
from icosa.client.blocking import Client, in_process
from icosa.plans.step import Json
from icosa.wire.language.filter_tree import MAX_COMPARISONS, And, Comparator, Comparison, Filter, Or
from icosa.wire.language.naive import loosened

LONGEST: Final = 7000
"""Characters of a filter as a URL has it: proxies take request lines of 8 KB, and there is a path too."""

_MOST: Final = 240
"""Values in one filter."""

_MOST_EMBEDDED: Final = 1200
"""The same in one that is part of no URL."""

_QUOTED: Final = frozenset("()[],\"'\\")

T = TypeVar("T")

ByKey = dict[Hashable, list[Json]]
"""Records by the comparable form of what they are known by."""


def by_ids(client: Client, of: Object, ids: Iterable[str]) -> dict[str, Json]:
    """The live records with these ids."""
    return {record["id"]: record for tree in within("id", ids, client) for record in found(client, of, Where(tree))}


def by_key(client: Client, of: Object, path: str, wanted: Iterable[Any]) -> ByKey:
    """The live records that have one of these values at a path, in any spelling of it, by their comparable form.
    Values are as `key_at` finds them."""
    kept: ByKey = {}
    compare = comparer(of, path)
    for tree in _filters(of, path, wanted, client):
        records = list(found(client, of, Where(tree if client.offers.icosa else loosened(tree))))
        for key, record in zip(several_compared(of, path, records, compare), records, strict=True):
            kept.setdefault(key, []).append(record)
    return kept


def columns_by_key(
    client: Client, of: Object, path: str, wanted: Iterable[Any], paths: Sequence[str]
) -> dict[Hashable, tuple[Any, ...] | None] | None:
    """The same by columns: of each record its id and what it has at `paths`, None where several have one value.  None where the
    workspace is not in this process, or a path is of no single value."""
    workspace = in_process(client)
    if workspace is None or path not in column_by_path(of) or part_of(of, path) == ("PHONES", NUMBER):
        return None
    kept: dict[Hashable, tuple[Any, ...] | None] = {}
    for tree in _filters(of, path, wanted, client):
        columns = workspace.columns(of.plural, tree, [path, "id", *paths])
        if columns is None:
            return None
        keys = values_compared(of, path, columns[0])
        if kept or len({*keys}) < len(keys):
            for key, row in zip(keys, zip(*columns[1:], strict=True), strict=True):
                kept[key] = None if key in kept else row
        else:
            kept = dict(zip(keys, zip(*columns[1:], strict=True), strict=True))
    return kept


def pointing_at(client: Client, of: Object, foreign_key: str, ids: Iterable[str]) -> dict[str, list[str]]:
    """The ids of the live records of an object that point at one of these ids, by the one they point at."""
    there: dict[str, list[str]] = {}
    for tree in within(foreign_key, ids, client):
        for record in found(client, of, Where(tree)):
            there.setdefault(record[foreign_key], []).append(record["id"])
    return there


def found(client: Client, of: Object, where: Where) -> Iterator[Json]:
    """Every live record that a filter finds, alone, page after page."""
    workspace = in_process(client)
    if workspace is not None:
        yield from orjson.loads(workspace.found(of.plural, where.tree))
    else:
        yield from client[of.plural].iterate(where=where, depth=0)


def _filters(of: Object, path: str, wanted: Iterable[Any], client: Client) -> Iterator[Filter]:
    values = list(wanted)
    if "." in path or not any(isinstance(each, Mapping) for each in values):
        spell = speller(of, path)
        spelt = values if are_compared(of, path, values) else (one for each in values for one in spell(each))
        yield from within(path, dict.fromkeys(spelt), client)
        return
    trees = [_of_parts(path, each) for each in values]
    most = MAX_COMPARISONS // max(len(each) for each in values)
    for group in _grouped(trees, lambda each: len(quote(str(Where(each)), safe="")) + 3, most):
        yield group[0] if len(group) == 1 else Or(tuple(group))


def _of_parts(path: str, parts: Mapping[str, Any]) -> Filter:
    """All parts of a composite as they are: a full name."""
    compared = tuple(Comparison(f"{path}.{name}", Comparator.EQ, str(value)) for name, value in parts.items())
    return compared[0] if len(compared) == 1 else And(compared)


def within(path: str, values: Iterable[str], client: Client) -> Iterator[Filter]:
    """Filters that together find the records with one of these values at a path, each as long as a URL has room for; or longer,
    where the workspace is in this process, and there is none."""
    in_a_url = in_process(client) is None
    groups: Iterator[tuple[str, ...]]
    if in_a_url:
        groups = map(tuple, _grouped(values, partial(_length, path), _MOST))
    else:
        remaining = iter(values)
        groups = iter(lambda: tuple(islice(remaining, _MOST_EMBEDDED)), ())
    for group in groups:
        yield Comparison(path, Comparator.IN, group)


def _length(path: str, value: str) -> int:
    """How long a value is in a URL, with its comma, and as a comparison of its own where it may need one."""
    return len(quote(value, safe="")) + (len(path) + 24 if _QUOTED & set(value) or value != value.strip() else 3)


def _grouped(items: Iterable[T], length: Callable[[T], int], most: int) -> Iterator[list[T]]:
    """The items in groups that a URL holds, of so many at most."""
    group: list[T] = []
    room = LONGEST
    for each in items:
        cost = length(each)
        if group and (cost > room or len(group) == most):
            yield group
            group, room = [], LONGEST
        group.append(each)
        room -= cost
    if group:
        yield group
