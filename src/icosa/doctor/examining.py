"""What a change of the catalogue does to the places that use it."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from difflib import get_close_matches

from icosa.catalogue.model import Catalogue, Object
from icosa.doctor.comparing import compare
from icosa.doctor.finding import Finding, FindingKind, Severity, worst_first
from icosa.doctor.names import is_spelt_so, member_meant, object_called
from icosa.doctor.uses import Found, Misuse, RawRequest, Spot, Use

Changes = dict[tuple[str, str], list[Finding]]


def examine(old: Catalogue, new: Catalogue, found: Iterable[Found]) -> list[Finding]:
    """What breaks at the places that were found, with what is new and what is safe in the workspace: a change that
    none of them meets is safe.  `old` is what they were made for, `new` what there is."""
    changes = compare(old, new)
    by_subject: Changes = {}
    for each in changes:
        by_subject.setdefault((each.object, each.member), []).append(each)
    broken: dict[Finding, None] = {}
    for one in found:
        broken |= dict.fromkeys(_of_one(old, new, by_subject, one))
    met = {(each.object, each.member, each.kind, each.option) for each in broken}
    others = [each for each in changes if (each.object, each.member, each.kind, each.option) not in met]
    return worst_first([*broken, *(_unused(each) if each.severity is Severity.BREAKS else each for each in others)])


def _unused(change: Finding) -> Finding:
    return replace(change, severity=Severity.SAFE, what=f"{change.what}; nothing here uses it", mend="")


def _of_one(old: Catalogue, new: Catalogue, changes: Changes, found: Found) -> Iterator[Finding]:
    at = Finding(Severity.BREAKS, FindingKind.MISTAKE, found.object, "", "", file=found.file, line=found.line)
    if isinstance(found, Spot | RawRequest):
        return
    if isinstance(found, Misuse):
        yield replace(at, what=found.reason)
        return
    before, now = object_called(old, found.object), object_called(new, found.object)
    if now is None:
        gone = changes.get((before.plural, "")) if before else None
        near = get_close_matches(found.object, [each.plural for each in new], 1)
        mend = f"did you mean {near[0]}?" if near else "leave out what is done with its records"
        yield from _here(gone, found) if gone else [replace(at, what=f"there is no object '{found.object}'", mend=mend)]
    elif found.creates is not None:
        yield from _of_creation(new, now, changes, replace(at, object=now.plural), found, found.creates)
    elif found.path:
        yield from _of_path(old, new, before, now, changes, replace(at, object=now.plural), found)
    else:
        yield from _here([each for each in changes.get((now.plural, ""), ()) if each.severity is Severity.BREAKS], found)


def _of_creation(new: Catalogue, of: Object, changes: Changes, at: Finding, use: Use, given: frozenset[str]) -> Iterator[Finding]:
    there = {known[1] for name in given if (known := member_meant(new, of, name))}
    for field in of.fields:
        if field.required and field.name not in there:
            now = [each for each in changes.get((of.plural, field.name), ()) if each.kind is FindingKind.REQUIRED]
            what = f"{of.plural}.{field.name} has to be given"
            yield from _here(now, use) if now else [replace(at, member=field.name, what=what, mend="give it here")]


def _of_path(
    old: Catalogue, new: Catalogue, before: Object | None, now: Object, changes: Changes, at: Finding, use: Use
) -> Iterator[Finding]:
    was = member_meant(old, before, use.path) if before else None
    there = member_meant(new, now, use.path)
    changed = changes.get((was[0].plural, was[1]), []) if was else []
    if there is None:
        gone = [each for each in changed if each.severity is Severity.BREAKS and each.kind is not FindingKind.OPTION]
        head, _, rest = use.path.partition(".")
        near = [] if rest else get_close_matches(head, [*now.field_by_name, *now.relation_by_name, *now.relation_by_key], 1)
        mend = f"did you mean {near[0]}?" if near else "leave it out"
        yield from _here(gone, use) if gone else [replace(at, what=f"{now.plural} has no '{use.path}'", mend=mend)]
        return
    counts = (FindingKind.TYPE, FindingKind.NAME, *(() if is_spelt_so(new, now, use.path) else (FindingKind.GONE,)))
    yield from _here([each for each in changed if each.kind in counts], use)
    field = there[0].field_by_name.get(there[1])
    if field is None or not field.options or field.type.composite:
        return
    for value in use.values:
        if value and value not in field.options:
            gone = [each for each in changed if each.option == value]
            what = f"{there[0].plural}.{field.name} has no option {value}"
            own = replace(at, member=field.name, option=value, what=what, mend=f"use one of {', '.join(field.options)}")
            yield from _here(gone, use) if gone else [own]


def _here(changes: Iterable[Finding], use: Use) -> Iterator[Finding]:
    return (replace(each, file=use.file, line=use.line) for each in changes)
