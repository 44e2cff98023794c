"""Updating the record that has a key, or creating it, on servers with and without an upsert of their own."""

from collections.abc import Mapping
from typing import Any, Final, cast

from icosa.call.extensions import offered
from icosa.call.keys import comparable, key_at, spellings
from icosa.call.page import Page, Record
from icosa.call.paths import nested, value_at, wanted
from icosa.call.record import record as checked
from icosa.catalogue import naming
from icosa.catalogue.columns import Column, columns
from icosa.catalogue.folding import folded
from icosa.catalogue.kinds import shown
from icosa.catalogue.model import Catalogue, Object
from icosa.client.calls import Calls
from icosa.client.page_cycles import Rounds
from icosa.client.sending.settling import stands
from icosa.client.transport.flow import Flow
from icosa.errors import Conflict, InvalidQuery, InvalidValue, NotFound, RecordExists, ValueTaken
from icosa.wire.actions import Operation
from icosa.wire.identifiers import id_of_key
from icosa.wire.language.filter import write
from icosa.wire.language.filter_tree import Comparator, Comparison
from icosa.wire.language.naive import loosened
from icosa.wire.language.path import column_at

ROUNDS: Final = 3
"""How often a record may come or go between the look and the write before it is given up: who meets that three times in a row meets
somebody who does it all the while."""

_SHOWN: Final = 10


def upserted(calls: Calls, of: Object, given: Mapping[str, Any], key: str, depth: int | None) -> Flow[Record]:
    """The record as it is then.  See `Operations.upsert`."""
    catalogue, offers = yield from calls.ready()
    column = _column(of, key)
    record = checked(catalogue, of, given, creating=False, owner=naming.label(of.singular), lenient=bool(offers.icosa))
    value = key_at(of, column.path, nested(wanted(catalogue, of, record)))  # as a workspace would have it
    if comparable(of, column.path, value) is None:
        raise InvalidValue(column.path, "has no value in the record, and is the key to tell it by; give one, or another key")
    if offers.upsert and calls.journal is None and _is_the_only_unique(of, column, record):
        return cast(Record, (yield from calls.perform(offered(of, offers)[Operation.CREATE_ONE], {"depth": depth, "upsert": True}, record)))
    return (yield from _looked_up(calls, catalogue, of, record, column, value, depth))


def _looked_up(
    calls: Calls, catalogue: Catalogue, of: Object, record: Record, column: Column, value: Any, depth: int | None
) -> Flow[Record]:
    actions = offered(of, (yield from calls.ready())[1])
    own_id = record.get("id")
    refused: Conflict | None = None
    for turn in range(ROUNDS):
        found = yield from _with_key(calls, of, column, value, depth)
        if len(found) > 1:
            raise Conflict(_several(of, column, found))
        if found:
            there = found[0]
            if own_id and there["id"] != own_id:
                raise Conflict(
                    f"Id: the {naming.label(of.singular)} with this {column.path} has the id {there['id']}, not {own_id}; leave Id out"
                )
            change = {name: each for name, each in record.items() if name != "id"}
            if stands(catalogue, of, change, there):
                return there
            try:
                return cast(
                    Record,
                    (yield from calls.perform(actions[Operation.UPDATE_ONE], {"id": there["id"], "depth": depth}, change, before=there)),
                )
            except NotFound:
                continue  # deleted since it was found
        # The id of the key, once.  Where it is taken and nothing has the key, its record was deleted, or has
        # another key by now; then the record gets an id of its own.
        by_key = {} if own_id or turn else {"id": id_of_key(of.plural, column.path, str(comparable(of, column.path, value)))}
        try:
            made = yield from calls.perform(actions[Operation.CREATE_ONE], {"depth": depth}, {**record, **by_key}, exact=bool(by_key))
            return cast(Record, made)
        except (RecordExists, ValueTaken) as error:
            refused = error  # taken since it was looked for, or another value that is taken
    raise refused or Conflict(f"{column.path}: the record with this key came and went {ROUNDS} times while it was upserted; try again")


def _with_key(calls: Calls, of: Object, column: Column, value: Any, depth: int | None) -> Flow[list[Record]]:
    """The live records that have the key, in any spelling of it."""
    _, offers = yield from calls.ready()
    exact = Comparison(column.path, Comparator.IN, spellings(of, column.path, value))
    where = exact if offers.icosa else loosened(exact)
    asked = {"filter": write(where), "depth": depth, "limit": min(_SHOWN, offers.max_limit) if where == exact else offers.max_limit}
    sought = comparable(of, column.path, value)
    found, rounds = list[Record](), Rounds()
    while True:
        page = cast(Page, (yield from calls.perform(offered(of, offers)[Operation.FIND_MANY], asked)))
        found += [each for each in page if comparable(of, column.path, key_at(of, column.path, each)) == sought]
        asked["starting_after"] = None if len(found) >= _SHOWN else rounds.next_cursor(page)
        if asked["starting_after"] is None:
            return found[:_SHOWN]


def _column(of: Object, key: object) -> Column:
    """The value of an object that a key names, in any spelling of it.  Raises InvalidQuery."""
    if not isinstance(key, str):
        several = "several values together are no key" if isinstance(key, list | tuple | set) else "it is none"
        raise InvalidQuery(f"key: {shown(key)}: {several}; give the path of one value, such as emails.primaryEmail")
    wanted = _names(key)
    return next((each for each in columns(of) if _names(each.path) == wanted), None) or column_at(of, key, "key")


def _names(path: str) -> list[str]:
    return [folded(each) for each in path.split(".")]


def _is_the_only_unique(of: Object, column: Column, record: Record) -> bool:
    """Whether a server that looks for unique values looks for the key alone: by another one it could find
    another record."""
    sent = {each.path for each in columns(of) if (each.unique or each.name == "id") and value_at(record, each.path) not in (None, "")}
    return sent == {column.path}


def _several(of: Object, column: Column, found: list[Record]) -> str:
    ids = ", ".join(each["id"] for each in found)
    return (
        f"{column.path}: {len(found)}{' or more' if len(found) == _SHOWN else ''} {of.resource} have this value, so that it does not say "
        f"which to update: {ids}. Merge them, or update one by its id"
    )
