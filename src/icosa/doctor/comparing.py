"""Two catalogues, and what the difference means to what was made for the old one.  Pure.

Compared is what a call can meet with: objects, fields, relations, types, options, and what has to be given.
What forms alone show (labels, descriptions, their order) is not, nor what no OpenAPI document says.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from difflib import get_close_matches

from icosa.catalogue.model import BelongsTo, Catalogue, Field, Object
from icosa.doctor.finding import Finding, FindingKind, Severity
from icosa.wire.actions.properties import hint

BREAKS, NEW, SAFE = Severity.BREAKS, Severity.NEW, Severity.SAFE


def compare(old: Catalogue, new: Catalogue) -> list[Finding]:
    """What changed from one catalogue to another, one finding a change; none where nothing did."""
    found: list[Finding] = []
    for each in old:
        there = new.by_plural.get(each.plural)
        found += [_gone_object(each, old, new)] if there is None else _of_object(each, there)
    return [*found, *(_new_object(each) for each in new if each.plural not in old.by_plural)]


def _gone_object(of: Object, old: Catalogue, new: Catalogue) -> Finding:
    fresh = [each for each in new if each.plural not in old.by_plural]
    alike = next((each.plural for each in fresh if each.singular == of.singular), None) or _near(of.plural, [each.plural for each in fresh])
    mend = _renamed(alike, "leave out what is done with its records")
    return Finding(BREAKS, FindingKind.GONE, of.plural, "", f"the object {of.plural} is gone", mend)


def _new_object(of: Object) -> Finding:
    return Finding(
        NEW, FindingKind.NEW, of.plural, "", f"the object {of.plural} is new, with {len(of.members)} fields and relations of its own"
    )


def _of_object(old: Object, new: Object) -> Iterator[Finding]:
    if old.singular != new.singular:
        sentence = f"one of {old.plural} is called {new.singular} and no longer {old.singular}, and so are the keys of answers"
        mend = f"read create{_capital(new.singular)} where create{_capital(old.singular)} was read"
        yield Finding(BREAKS, FindingKind.NAME, old.plural, "", sentence, mend)
    before, after = ({each.name: each for each in of.members} for of in (old, new))
    fresh = [name for name in after if name not in before]
    for name, member in before.items():
        if name in after:
            yield from _of_member(old, member, after[name])
        else:
            yield _gone_member(old, member, [each for each in fresh if _kind(after[each]) == _kind(member)])
    for name in fresh:
        yield _new_member(new, after[name])


def _gone_member(of: Object, member: Field | BelongsTo, alike: Sequence[str]) -> Finding:
    near = _near(member.name, alike) or (alike[0] if len(alike) == 1 else None)
    what = f"{of.plural}.{member.name}, {_described(member)}, is gone"
    return Finding(BREAKS, FindingKind.GONE, of.plural, member.name, what, _renamed(near, "leave it out"))


def _new_member(of: Object, member: Field | BelongsTo) -> Finding:
    what = f"{of.plural}.{member.name}, {_described(member)}, is new"
    if isinstance(member, Field) and member.required:
        return Finding(BREAKS, FindingKind.REQUIRED, of.plural, member.name, f"{what}, and has to be given", _give(of, member))
    return Finding(NEW, FindingKind.NEW, of.plural, member.name, what)


def _of_member(of: Object, old: Field | BelongsTo, new: Field | BelongsTo) -> Iterator[Finding]:
    at = Finding(BREAKS, FindingKind.TYPE, of.plural, old.name, "")
    if _kind(old) != _kind(new):
        yield replace(at, what=f"{at.subject} was {_described(old)}, and is {_described(new)}", mend=_mended(new))
    elif isinstance(old, BelongsTo) and isinstance(new, BelongsTo):
        if old.inverse != new.inverse:
            what = f"{old.target}'s collection of {of.plural} is called {new.inverse} and no longer {old.inverse}"
            yield replace(at, kind=FindingKind.NAME, what=what, mend=f"read {new.inverse} there")
    elif isinstance(old, Field) and isinstance(new, Field):
        yield from _of_options(replace(at, kind=FindingKind.OPTION), old.options, new.options)
    at = replace(at, kind=FindingKind.REQUIRED)
    if isinstance(new, Field) and isinstance(old, Field) and new.required != old.required:
        if new.required:
            yield replace(at, what=f"{at.subject} has to be given now", mend=_give(of, new))
        else:
            yield replace(at, severity=SAFE, what=f"{at.subject} does not have to be given any more")


def _of_options(at: Finding, old: Sequence[str], new: Sequence[str]) -> Iterator[Finding]:
    for each in (option for option in old if option not in new):
        fresh = [option for option in new if option not in old]
        near = next((option for option in fresh if option.lower() == each.lower()), None) or _near(each, fresh)
        mend = f"it may be called {near} now" if near else f"use one of {', '.join(new)}" if new else "leave it out"
        yield replace(at, option=each, what=f"{at.subject} has no option {each} any more", mend=mend)
    for each in (option for option in new if option not in old):
        yield replace(at, severity=NEW, option=each, what=f"{at.subject} has the new option {each}")


def _kind(member: Field | BelongsTo) -> tuple[str, str]:
    """What makes values of a member what they are."""
    return ("a relation", member.target) if isinstance(member, BelongsTo) else ("a field", member.type_name)


def _described(member: Field | BelongsTo) -> str:
    return f"a relation to {member.target}" if isinstance(member, BelongsTo) else f"a field of type {member.type_name}"


def _mended(member: Field | BelongsTo) -> str:
    if isinstance(member, BelongsTo):
        return f"set {member.foreign_key} to the id of a record of {member.target}"
    return f"send and read it as what it is now. {hint(member)}".strip()


def _give(of: Object, field: Field) -> str:
    return f"give it wherever one of {of.plural} is created. {hint(field)}".strip()


def _near(name: str, names: Iterable[str]) -> str | None:
    return next(iter(get_close_matches(name, list(names), 1)), None)


def _renamed(near: str | None, otherwise: str) -> str:
    return f"it may be called {near} now; else {otherwise}" if near else otherwise


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]
