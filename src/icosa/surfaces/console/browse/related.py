"""What the records are called that others point at: asked for by their ids, for a page costs little then."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import icosa
from icosa.call.page import Record
from icosa.catalogue.model import Object
from icosa.errors import IcosaError
from icosa.surfaces.console.showing import called


def with_related(crm: icosa.Client, of: Object, records: Iterable[Record], names: Sequence[str]) -> list[Record]:
    """Records with the ones that they point at by the named relations."""
    relations = [of.relation_by_name[each] for each in names if each in of.relation_by_name]
    found = [dict(each) for each in records]
    for relation in relations:
        wanted = [each[relation.foreign_key] for each in found if each.get(relation.foreign_key)]
        there = by_ids(crm, relation.target, wanted)
        for each in found:
            if (key := each.get(relation.foreign_key)) in there:
                each[relation.name] = there[key]
    return found


def pointed_at(of: Object, records: Iterable[Record], names: Sequence[str]) -> dict[str, list[str]]:
    """The ids that records point at by the named relations, by the object that they are of."""
    found: dict[str, list[str]] = {}
    there = list(records)
    for relation in (of.relation_by_name[each] for each in names if each in of.relation_by_name):
        name = relation.foreign_key
        found.setdefault(relation.target, []).extend([key for each in there if (key := each.get(name))])
    return found


def names_of(crm: icosa.Client, wanted: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """What records are called, by their ids, which are given by the objects that they are of."""
    by_singular = crm.catalogue.by_singular
    return {id_: called(by_singular[target], each) for target, ids in wanted.items() for id_, each in by_ids(crm, target, ids).items()}


def by_ids(crm: icosa.Client, target: str, ids: Iterable[str]) -> dict[str, Record]:
    """Records by their ids, which are UUIDs; without those that are gone, or may not be read."""
    wanted = sorted(set(ids))
    if not wanted:
        return {}
    of = crm.catalogue.by_singular[target]
    try:
        page: Any = crm[of.plural].find_many(where=f"id[in]:[{','.join(wanted)}]", limit=min(len(wanted), crm.offers.max_limit), depth=0)
    except IcosaError:  # the ids are shown in their place
        return {}
    return {each["id"]: each for each in page}
