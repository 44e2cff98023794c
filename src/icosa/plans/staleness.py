"""Whether a step can still be done: the workspace as it is now, held against what the plan knew.

This is also what makes a run that was broken off safe to take up: what a batch did before its answer was lost
is found done, by its ids and its values, and is not sent again.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from icosa.call.keys import comparer, keys_at
from icosa.call.paths import Values, differing, nested, sendable, values, wanted
from icosa.catalogue import naming
from icosa.catalogue.kinds import shown
from icosa.catalogue.model import Catalogue, Object
from icosa.client.blocking import Client
from icosa.errors import InvalidInput
from icosa.plans.matching import by_ids, by_key, pointing_at
from icosa.plans.step import Change, Creation, Deletion, Json, Restoration

_SHOWN: Final = 3
"""Values that a reason names; the others are counted."""

Write = Creation | Change | Deletion | Restoration


@dataclass(frozen=True, slots=True)
class Ready:
    """It can be done; `current` is the record as it is."""

    current: Json | None = None


@dataclass(frozen=True, slots=True)
class Already:
    """It is as the step wants it."""

    current: Json | None = None


@dataclass(frozen=True, slots=True)
class Stale:
    """The workspace is not as the plan knew it; `current` is the record as it is, where there is one."""

    reason: str
    current: Json | None = None


Verdict = Ready | Already | Stale
_READY: Final = Ready()


def check(client: Client, steps: Sequence[Write], *, ids_too: bool) -> list[Verdict]:
    """A verdict for each step; all are of one kind and about one object.

    `ids_too` looks creations up by their ids as well, which is needed where some may have been sent before.
    """
    of = client.catalogue.named(steps[0].object)
    match steps[0]:
        case Creation():
            return _creations(client, of, [each for each in steps if isinstance(each, Creation)], ids_too)
        case Change():
            current = by_ids(client, of, [each.id for each in steps if isinstance(each, Change)])
            return [_change(client.catalogue, of, each, current.get(each.id)) for each in steps if isinstance(each, Change)]
        case Deletion():
            return _deletions(client, of, [each for each in steps if isinstance(each, Deletion)])
        case Restoration():
            current = by_ids(client, of, [each.id for each in steps if isinstance(each, Restoration)])
            return [Already(current[each.id]) if each.id in current else Ready() for each in steps if isinstance(each, Restoration)]


def _creations(client: Client, of: Object, steps: Sequence[Creation], ids_too: bool) -> list[Verdict]:
    made = by_ids(client, of, [each.record["id"] for each in steps]) if ids_too else {}
    paths = dict.fromkeys(each.key for each in steps if each.key)
    known = {path: by_key(client, of, path, keys_at(of, path, [each.record for each in steps if each.key == path])) for path in paths}
    if not made and not any(known.values()):
        return [_READY] * len(steps)
    compare = {path: comparer(of, path) for path in paths}
    verdicts: list[Verdict] = []
    for step in steps:
        id_, path = step.record["id"], step.key
        found = known[path].get(compare[path](step.record)) if known.get(path) else None
        others = [each["id"] for each in found if each["id"] != id_] if found else []
        if id_ in made and is_made(of, step, made[id_]):
            verdicts.append(Already(made[id_]))
        elif others:
            verdicts.append(Stale(f"{_a(of)} with this {path} has been created since: {others[0]}"))
        else:
            verdicts.append(Ready())
    return verdicts


def is_made(of: Object, step: Creation, there: Json) -> bool:
    """Whether the record that has the id of one that is to be created is that one, which an earlier run put in.  A row of a file may
    say the id of another record: that is known by another value, and what the row says is nowhere."""
    if not step.key:
        return True
    compare = comparer(of, step.key)
    return compare(there) == compare(step.record)


def _change(catalogue: Catalogue, of: Object, step: Change, current: Json | None) -> Verdict:
    if current is None:
        return Stale(f"the {_what(of)} has been deleted since")
    if _is_as_wanted(catalogue, of, step.after, values(of, current)):
        return Already(current)
    return _as_known(of, step, current) or Ready(current)


def _is_as_wanted(catalogue: Catalogue, of: Object, after: Json, held: Values) -> bool:
    """Whether a record holds what a server makes of what is sent, or what it would make the same of: an empty list of a composite
    is kept as nothing, and answered as a list again."""
    expected = _expected(catalogue, of, after)
    other = differing(held, expected)
    if not other or not all(path in held for path in other):
        return not other
    sent = sendable(of, nested({path: held[path] for path in other}))
    return not differing(_expected(catalogue, of, sent), {path: expected[path] for path in other})


def _deletions(client: Client, of: Object, steps: Sequence[Deletion]) -> list[Verdict]:
    current = by_ids(client, of, [each.id for each in steps])
    guarded = [each.id for each in steps if each.permanent and each.before and each.id in current]
    needed = _dependents(client, of, guarded) if guarded else {}
    verdicts: list[Verdict] = []
    for each in steps:
        there = current.get(each.id)
        if there is None:
            verdicts.append(Already())
        elif each.id in needed:
            verdicts.append(Stale(f"it is used since: {needed[each.id]}", there))
        else:
            verdicts.append(_as_known(of, each, there) or Ready(there))
    return verdicts


def _expected(catalogue: Catalogue, of: Object, after: Json) -> Values:
    """The values that a server makes of what is sent; as they are where this side has other rules than the server."""
    try:
        return wanted(catalogue, of, after)
    except InvalidInput:
        return values(of, after)


def _as_known(of: Object, step: Change | Deletion, current: Json) -> Stale | None:
    """What is otherwise than the step knew it, or None."""
    held, known = values(of, current), values(of, step.before)
    other = [path for path in differing(held, known) if path != "updatedAt"]
    if other:
        return Stale(f"{_listed(other)} of the {_what(of)} has been changed since: {_changes(known, held, other)}", current)
    if step.updated_at is not None and current.get("updatedAt") != step.updated_at:
        return Stale(f"the {_what(of)} has been changed since, at {current.get('updatedAt')}", current)
    return None


def _changes(known: Values, held: Values, paths: Sequence[str]) -> str:
    """What somebody made of what."""
    return ", ".join(f"{shown(known.get(each))} is {shown(held.get(each))} now" for each in paths[:_SHOWN])


def _dependents(client: Client, of: Object, ids: Sequence[str]) -> dict[str, str]:
    """What points at each of these records, in words.  What servers write by themselves beside a record, such
    as its timeline, does not count."""
    dependents: dict[str, list[str]] = {}
    for many in client.catalogue.has_many(of):
        source = client.catalogue.by_singular[many.source]
        if source.system and not source.audit_logged:
            continue
        for id_, pointing in pointing_at(client, source, many.foreign_key, ids).items():
            dependents.setdefault(id_, []).append(f"{source.resource} {_listed(pointing)}")
    return {id_: "; ".join(each) for id_, each in dependents.items()}


def _what(of: Object) -> str:
    return naming.label(of.singular).lower()


def _a(of: Object) -> str:
    what = _what(of)
    return f"{'an' if what[0] in 'aeiou' else 'a'} {what}"


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names[:_SHOWN]) + (f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else "")


def unchecked(step: Write) -> Write:
    """The same step, done whatever the workspace has become."""
    match step:
        case Change() | Deletion():
            return replace(step, before={}, updated_at=None)
        case _:
            return step
