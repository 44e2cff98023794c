"""The differences between two workspaces, found by walking both in the order of ids; nothing is kept in memory."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from icosa.call.page import Record
from icosa.catalogue.columns import column_by_name
from icosa.catalogue.model import Catalogue, Object
from icosa.mirror.content import content_of, differing
from icosa.mirror.merge_join import side_by_side
from icosa.mirror.walking import Remote, walk
from icosa.wire.actions import find_object

Kind = Literal["added", "deleted", "removed", "changed"]
KINDS: tuple[Kind, ...] = ("added", "deleted", "removed", "changed")

Progress = Callable[[str, int], None]
"""Called with which object is compared, and how many of its records are done."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A record that only the second workspace has (added) or only the first, be it that the second keeps it out of
    sight (deleted) or shows nothing of it (removed); or one that says something else; `fields` are then the paths that
    differ, each with both values.  `record` is as the one that has it says,
    the second where both do, without secrets."""

    object: str
    id: str
    change: Kind
    record: Record
    fields: dict[str, tuple[Any, Any]]


def objects_of(one: Catalogue, other: Catalogue, names: Sequence[str] = ()) -> list[tuple[Object | None, Object | None]]:
    """The objects of both, paired by name; `names` chooses some.  Raises UnknownObject where neither has one."""
    every = dict.fromkeys([*one.by_plural, *other.by_plural])
    if names:
        chosen = set()
        for name in names:
            known = one if name in one.by_plural or name in one.by_singular else other
            chosen.add(find_object(known, name).plural)
        every = {plural: None for plural in every if plural in chosen}
    return [(one.by_plural.get(plural), other.by_plural.get(plural)) for plural in every]


def differences(
    one: Remote,
    other: Remote,
    objects: Sequence[tuple[Object | None, Object | None]],
    progress: Progress = lambda name, done: None,
) -> Iterator[Difference]:
    """What differs, object by object in the order of ids.  Live records are compared, in the fields that both
    workspaces have; secrets, stamps of the last change and signatures of links do not count.  A server that shows no
    deleted records has removed what it deleted, as far as anybody can tell."""
    for here, there in objects:
        of = there or here
        assert of is not None
        both = frozenset(column_by_name(here) if here else ()) & frozenset(column_by_name(of))
        pairs = side_by_side(_records(one, here), _records(other, there))
        for done, (id_, before, after) in enumerate(pairs, 1):
            progress(of.plural, done)
            found = _difference(of, id_, before, after, both)
            if found:
                yield found


def _records(source: Remote, of: Object | None) -> Iterator[tuple[str, Record]]:
    for page in walk(source, of) if of else ():
        for each in page:
            yield str(each["id"]), each


def _difference(of: Object, id_: str, before: Record | None, after: Record | None, names: Collection[str]) -> Difference | None:
    if not (_lives(before) or _lives(after)):
        return None
    if before is None or after is None or not (_lives(before) and _lives(after)):
        held = (after if _lives(after) else before) or {}
        return Difference(of.plural, id_, "added" if _lives(after) else "removed" if after is None else "deleted", _shown(of, held), {})
    if before == after:
        return None
    one, two = content_of(of, before), content_of(of, after)
    fields = {column_by_name(of)[name].path: (one.get(name), two.get(name)) for name in differing(of, one, two) if name in names}
    return Difference(of.plural, id_, "changed", _shown(of, after), fields) if fields else None


def _lives(record: Record | None) -> bool:
    return record is not None and record.get("deletedAt") is None


def _shown(of: Object, record: Record) -> Record:
    return {name: value for name, value in record.items() if not _is_secret(of, name)}


def _is_secret(of: Object, name: str) -> bool:
    return name in of.field_by_name and of.field_by_name[name].secret
