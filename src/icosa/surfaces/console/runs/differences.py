"""What was done to records, field by field, with the values before and after."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import icosa
from icosa.call.paths import differing, says_nothing, values
from icosa.catalogue.model import Catalogue, Object
from icosa.journal.reading import UNSAID
from icosa.plans.matching import by_ids
from icosa.surfaces.console.browse.related import with_related
from icosa.surfaces.console.showing import Looking, Shown, label, value

Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class FieldDifference:
    """A field of a record: what it `was` and what it `becomes`, None where there is no record; `since` is what somebody made
    of it in between."""

    label: str
    was: Shown | None
    becomes: Shown | None
    since: Shown | None = None


def differences(
    catalogue: Catalogue, of: Object, before: Record | None, after: Record | None, look: Looking, since: Record | None = None
) -> list[FieldDifference]:
    """The fields that differ, or those that say something where there is one record alone.  With `since`, a record, also those
    that are otherwise there than `before`."""
    found = []
    for name in _names(of, before, after, since):
        was, becomes = (None if each is None else value(catalogue, of, name, each, look) for each in (before, after))
        moved = since is not None and name in since and bool(differing(values(of, _part(before, name)), values(of, _part(since, name))))
        found.append(FieldDifference(label(of, name), was, becomes, value(catalogue, of, name, since, look) if since and moved else None))
    return found


def changed_names(of: Object, before: Record, after: Record) -> list[str]:
    """The fields of a record that are otherwise in another one, where both have them."""
    shared = {name: after[name] for name in after if name in before and name not in UNSAID}
    return list(dict.fromkeys(path.partition(".")[0] for path in differing(values(of, before), values(of, shared))))


def _names(of: Object, before: Record | None, after: Record | None, since: Record | None) -> list[str]:
    if before is not None and after is not None:
        return list(dict.fromkeys([*changed_names(of, before, after), *(changed_names(of, before, since) if since else ())]))
    held = after or before or {}
    own = [member.name if member.name in of.field_by_name else of.relation_by_name[member.name].foreign_key for member in of.members]
    filled = [name for name in own if name in held and name not in UNSAID and not _is_blank(held[name])]
    return list(dict.fromkeys([*filled, *(changed_names(of, before, since) if before and since else ())]))


def _is_blank(value: Any) -> bool:
    if isinstance(value, Mapping):
        return all(_is_blank(each) for each in value.values())
    return says_nothing(value) or value is False


def _part(record: Record | None, name: str) -> Record:
    return {name: record[name]} if record and name in record else {}


def with_names(crm: icosa.Client, of: Object, records: Sequence[Record | None]) -> list[dict[str, Any] | None]:
    """The same records with those that they point at, as far as these are there, so that they are shown by their names."""
    found = iter(with_related(crm, of, [dict(each) for each in records if each is not None], [*of.relation_by_name]))
    return [None if each is None else next(found) for each in records]


def current(crm: icosa.Client, ids: Sequence[tuple[str, str]]) -> dict[str, Record]:
    """The records that are there now, by id; `ids` come with the plural of their object."""
    found: dict[str, Record] = {}
    for plural in dict.fromkeys(of for of, _ in ids):
        of = crm.catalogue.by_plural.get(plural)
        if of is not None:
            found |= by_ids(crm, of, [id_ for each, id_ in ids if each == plural])
    return found
