"""Records that a form names: found by the names that people type, and called by their names where an id stands."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace

import icosa
from icosa.catalogue.model import BelongsTo, Catalogue, Object
from icosa.errors import Conflict, IcosaError, InvalidInput, NotFound
from icosa.surfaces.console.controls.control import Control
from icosa.surfaces.console.controls.entry import Entry
from icosa.surfaces.console.controls.values import is_uuid, picked, typed_name
from icosa.surfaces.console.controls.writing import written
from icosa.surfaces.console.showing import called
from icosa.wire.actions import Action


def target_of(catalogue: Catalogue, action: Action, entry: Entry) -> Object | None:
    """The object of which a property names a record; None for one that names none."""
    match entry.control:
        case Control.RECORD:
            return action.object
        case Control.RELATION if isinstance(entry.of.field, BelongsTo):
            return catalogue.by_singular[entry.of.field.target]
    return None


def looked_up(crm: icosa.Client, action: Action, entries: Sequence[Entry], *, missing: bool = True) -> tuple[Entry, ...]:
    """The entries, with the record of each name that was typed in the place of the name; or with what is wrong with it, which
    says which records go by it where several do.  Without `missing` a name that nobody has is let be: more of it may come."""
    return tuple(_looked_up(crm, target_of(crm.catalogue, action, each), each, missing) for each in entries)


def with_names(crm: icosa.Client, action: Action, entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """The entries, with the names of the records that stand there by their ids alone.  A record that cannot be read keeps its id."""
    return tuple(_with_name(crm, target_of(crm.catalogue, action, each), each) for each in entries)


def _looked_up(crm: icosa.Client, of: Object | None, entry: Entry, missing: bool) -> Entry:
    name = typed_name(entry) if of is not None and entry.state == "sent" else ""
    if of is None or not name or is_uuid(name):
        return entry
    try:
        record = crm[of.plural].look_up(name, depth=0)
    except (NotFound, InvalidInput) as error:
        return replace(entry, problem=error.message if missing else "")
    except Conflict as error:
        return replace(entry, problem=error.message)
    return written(entry.of, record["id"], called=called(of, record))


def _with_name(crm: icosa.Client, of: Object | None, entry: Entry) -> Entry:
    id_ = picked(entry) if of is not None and entry.state == "sent" else ""
    if of is None or not id_ or entry.box("?") not in ("", id_):
        return entry
    with suppress(IcosaError):
        return written(entry.of, id_, called=called(of, crm[of.plural].find_one(id_, depth=0)))
    return entry
