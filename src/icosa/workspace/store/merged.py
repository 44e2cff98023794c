"""What becomes of the values of several records that are made one.  Pure."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from icosa.catalogue.columns import columns_of_field
from icosa.catalogue.kinds import LISTS
from icosa.catalogue.model import Field, Object
from icosa.workspace.store.records import Columns

_KEPT: Final = frozenset({"createdBy", "updatedBy", "position", "searchVector"})
"""What a record has by itself: it is never taken from another."""


@dataclass(frozen=True, slots=True)
class _Several:
    """A field of one first value and a list of further ones.  `first` are the parts of the first, with the names that they
    have in an item of the list `further`, "" where an item is the value itself; by those of `same` two are the same."""

    first: Mapping[str, str]
    further: str
    same: tuple[str, ...]


_SEVERAL: Final = {
    "EMAILS": _Several({"primaryEmail": ""}, "additionalEmails", ("",)),
    "PHONES": _Several(
        {"primaryPhoneNumber": "number", "primaryPhoneCountryCode": "countryCode", "primaryPhoneCallingCode": "callingCode"},
        "additionalPhones",
        ("number", "callingCode"),
    ),
    "LINKS": _Several({"primaryLinkUrl": "url", "primaryLinkLabel": "label"}, "secondaryLinks", ("url",)),
}


def merged(of: Object, records: Sequence[Columns], priority: int) -> Columns:
    """The columns in which the record at place `priority` is otherwise once the others are part of it.

    A field keeps its value where it has one, and else takes the first of the others, in their order; one of several values
    keeps its first and has all others, each once; lists have the items of all.  A relation to one of the records that
    are made one counts as none.
    """
    kept = records[priority]
    ranked = [kept, *(each for at, each in enumerate(records) if at != priority)]
    values: Columns = {}
    for member in of.members:
        if isinstance(member, Field):
            if member.name not in _KEPT:
                values |= _of_field(of, member, records, ranked)
        else:
            own = {each["id"] for each in records} if member.target == of.singular else set()
            values |= _first(ranked, (member.foreign_key,), own)
    return {name: value for name, value in values.items() if value != kept[name]}


def _of_field(of: Object, field: Field, records: Sequence[Columns], ranked: Sequence[Columns]) -> Columns:
    held = columns_of_field(of, field.name)
    if field.type_name in _SEVERAL:
        names = {column.part: column.name for column in held}
        return _gathered(_SEVERAL[field.type_name], names, records, ranked)
    if not field.type.composite and held[0].kind in LISTS:
        (column,) = held
        united = list(dict.fromkeys(item for each in ranked for item in each[column.name] or ()))
        return {column.name: united or ranked[0][column.name]}
    return _first(ranked, tuple(column.name for column in held))


def _first(ranked: Sequence[Columns], names: tuple[str, ...], none: Collection[Any] = ()) -> Columns:
    """These columns of the first record that has any of them."""
    chosen = next((each for each in ranked if any(_is_value(each[name]) and each[name] not in none for name in names)), None)
    if chosen is None:
        chosen = {name: None if ranked[0][name] in none else ranked[0][name] for name in names}
    return {name: chosen[name] for name in names}


def _gathered(rule: _Several, names: Mapping[str, str], records: Sequence[Columns], ranked: Sequence[Columns]) -> Columns:
    held = next((each for each in ranked if _is_value(each[names[next(iter(rule.first))]])), ranked[0])
    first = {names[part]: held[names[part]] for part in rule.first}
    seen = {_sameness(rule, _item(rule, names, held))}
    further = []
    for each in records:
        for item in _items(rule, names, each):
            key = _sameness(rule, item)
            if key not in seen and any(key):
                seen.add(key)
                further.append(item)
    kept = ranked[0][names[rule.further]]
    return {**first, names[rule.further]: further if further or kept else kept}


def _items(rule: _Several, names: Mapping[str, str], record: Columns) -> Iterator[Any]:
    yield _item(rule, names, record)
    yield from record[names[rule.further]] or ()


def _item(rule: _Several, names: Mapping[str, str], record: Columns) -> Any:
    """The first value as it would be an item of the further ones."""
    parts = {inner: record[names[part]] or "" for part, inner in rule.first.items()}
    return parts.get("", parts)


def _sameness(rule: _Several, item: Any) -> tuple[Any, ...]:
    return tuple(item.get(name) or "" if isinstance(item, dict) else item for name in rule.same)


def _is_value(value: Any) -> bool:
    """Whether a value is one: an empty text, list or object is as good as none."""
    return value is not None and value != "" and value != [] and value != {}
