"""A filter bound to an object as Twenty 2.19 binds it.

What a value can be asked follows from its type, a path may lead into a related record, and a text of no characters is
none: nothing is stored where one would be.  Values are checked as strictly as there, but for the digits of a number,
which there may be followed by anything.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from icosa.catalogue.columns import Column, column_by_path
from icosa.catalogue.kinds import Kind, brief, read, shown
from icosa.catalogue.model import Catalogue, Object
from icosa.errors import InvalidQuery, InvalidValue
from icosa.wire.language import pattern
from icosa.wire.language.condition import PRESENT, All, Condition, Either, Negation, Test, Through
from icosa.wire.language.filter_tree import And, Comparator, Comparison, Filter, Not, Or
from icosa.wire.language.path import guess
from icosa.wire.language.place import Located, Misplaced, Why, place_at

_EQUALITY = (Comparator.EQ, Comparator.NEQ)
_ORDERED = (*_EQUALITY, Comparator.GT, Comparator.GTE, Comparator.LT, Comparator.LTE, Comparator.IN)
_PATTERNS = (Comparator.LIKE, Comparator.ILIKE)
_SCALAR = (*_ORDERED, Comparator.IS)

COMPARATORS: Final[Mapping[Kind, tuple[Comparator, ...]]] = MappingProxyType(
    dict.fromkeys(Kind, _SCALAR)
    | {
        Kind.TEXT: (*_SCALAR, *_PATTERNS, Comparator.STARTS_WITH, Comparator.ENDS_WITH),
        Kind.BOOLEAN: (Comparator.EQ, Comparator.IS),
        Kind.OPTION: (*_ORDERED, Comparator.CONTAINS_ANY, Comparator.IS),
        Kind.OPTIONS: (Comparator.CONTAINS_ANY, Comparator.IS),
        Kind.TEXTS: (Comparator.IS,),
        Kind.JSON: (Comparator.IS, Comparator.LIKE),
    }
)
"""What each kind can be asked, in the order in which a refusal lists it."""

SEARCH_VECTOR: Final = "searchVector"
"""An index over the texts of a record, which 2.19 shows as a field.  Every record has one, and nobody knows what is in it."""

_OF_SEARCH_VECTOR = (*_EQUALITY, Comparator.IS)
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")


def bind(tree: Filter, of: Object, catalogue: Catalogue) -> Condition:
    """A filter with columns and canonical values.

    Raises InvalidQuery naming the field: there is none of that name, the comparator does not suit its type, or the value
    is none of its kind.
    """
    return _Binder(of, catalogue, _see_deleted(tree)).bound(tree)


class _Binder:
    """Binds to one object.  `deleted` are the names of the relations whose deleted records the filter asks about."""

    def __init__(self, of: Object, catalogue: Catalogue, deleted: frozenset[str]) -> None:
        self.of = of
        self.catalogue = catalogue
        self.deleted = deleted

    def bound(self, tree: Filter) -> Condition:
        match tree:
            case And(children):
                return All(tuple(map(self.bound, children)))
            case Or(children):
                return Either(tuple(map(self.bound, children)))
            case Not(child):
                return Negation(self.bound(child))
            case Comparison():
                return self.compared(tree)

    def compared(self, comparison: Comparison) -> Condition:
        if comparison.path == SEARCH_VECTOR and SEARCH_VECTOR not in self.of.field_by_name:
            return self.search_vector(comparison)
        place = place_at(self.of, comparison.path, self.catalogue)
        if isinstance(place, Misplaced):
            raise _misplaced(place, comparison)
        test = _test(self.of, place, comparison)
        if comparison.value == ():
            return self.never()
        if place.hop is None:
            return test
        return _along(place, test, place.hop.name in self.deleted)

    def search_vector(self, comparison: Comparison) -> Condition:
        if comparison.comparator not in _OF_SEARCH_VECTOR:
            raise _unsuited(SEARCH_VECTOR, comparison.comparator, "TS_VECTOR", _OF_SEARCH_VECTOR)
        holds = comparison.comparator is Comparator.NEQ or comparison.value == "NOT_NULL"
        return Negation(self.never()) if holds else self.never()

    def never(self) -> Condition:
        """What holds for no record: that it has no id."""
        return Test(column_by_path(self.of)["id"], Comparator.IS, None)


def _see_deleted(tree: Filter) -> frozenset[str]:
    match tree:
        case Comparison(path):
            head, _, rest = path.partition(".")
            return frozenset((head,)) if rest == "deletedAt" else frozenset()
        case Not(child):
            return _see_deleted(child)
        case And(children) | Or(children):
            return frozenset().union(*map(_see_deleted, children))


def _along(place: Located, test: Condition, deleted: bool) -> Condition:
    """A test of a related record; of the two that one comparison can become, each takes the hop by itself."""
    assert place.hop is not None
    if isinstance(test, Either):
        return Either(tuple(_along(place, each, deleted) for each in test.children))
    assert isinstance(test, Test)
    return Through(place.hop, test, deleted)


def _test(of: Object, place: Located, comparison: Comparison) -> Condition:
    column, comparator, path = place.column, comparison.comparator, comparison.path
    if column.secret and comparator is not Comparator.IS:
        raise InvalidQuery(
            f"filter: {path} is encrypted at rest and cannot be compared; "
            f"{path}[is]:NULL and {path}[is]:NOT_NULL are what can be asked of it"
        )
    allowed = COMPARATORS[column.kind]
    if comparator not in allowed:
        raise _unsuited(path, comparator, _type_of(place.hop.to if place.hop else of, column), allowed)
    try:
        return _compared(column, comparator, comparison.value, path)
    except InvalidValue as error:
        raise InvalidQuery(f"filter: {error.message}", legacy=_worded(column, comparison)) from None


def _compared(column: Column, comparator: Comparator, value: str | tuple[str, ...], path: str) -> Condition:
    if comparator is Comparator.IS:
        return Test(column, comparator, None if value == "NULL" else PRESENT)
    if isinstance(value, tuple):
        values = tuple(_value(column, each, path) for each in value)
        if column.kind is Kind.OPTION:
            comparator = Comparator.IN
        if column.kind is not Kind.TEXT or "" not in values:
            return Test(column, comparator, values)
        filled = Test(column, comparator, tuple(each for each in values if each))
        return Either((filled, Test(column, Comparator.IS, None))) if filled.value else Test(column, Comparator.IS, None)
    if comparator in _PATTERNS:
        pattern.check(value, path)
    if comparator not in _ORDERED:
        return Test(column, comparator, read(Kind.TEXT, value, path))
    canonical = _value(column, value, path)
    if canonical == "" and comparator in _EQUALITY:
        return Test(column, Comparator.IS, None if comparator is Comparator.EQ else PRESENT)
    return Test(column, comparator, canonical)


def _value(column: Column, text: str, path: str) -> Any:
    canonical = read(column.kind, text, path, column.options)
    if column.kind is Kind.UUID and not _UUID.fullmatch(canonical):
        raise InvalidValue(path, f"{shown(text)} is not the id of anything; send a UUID of any version")
    if column.kind is Kind.BOOLEAN and text not in ("true", "false"):
        raise InvalidValue(path, f"{shown(text)} is not a boolean; send true or false")
    return canonical


_TYPES: Final = {Kind.OPTION: "SELECT", Kind.OPTIONS: "MULTI_SELECT", Kind.TEXTS: "ARRAY", Kind.JSON: "RAW_JSON"}


def _type_of(of: Object, column: Column) -> str:
    """What 2.19 calls the type of a column: that of its field, or of such a field where it is a part of one."""
    field = of.field_by_name.get(column.field)
    return field.type.name if field is not None and not column.part else _TYPES.get(column.kind, column.kind)


def _unsuited(path: str, comparator: Comparator | str, type_name: str, allowed: tuple[Comparator, ...]) -> InvalidQuery:
    listed = ", ".join(allowed)
    return InvalidQuery(
        f"filter: {path} is of type {type_name}, which cannot be asked {shown(str(comparator))}; use one of {listed}",
        legacy=f'Operator "{brief(comparator)}" is not valid for field "{path}" of type {type_name} - Allowed operators: {listed}',
    )


_WORDS: Final = {
    Kind.NUMBER: "Invalid number value NaN for field",
    Kind.NUMERIC: "Invalid number value NaN for field",
    Kind.BOOLEAN: "Invalid boolean value '{value}' for field",
    Kind.UUID: "Invalid UUID value '{value}' for field",
    Kind.DATE: "Invalid value '{value}' for date field",
    Kind.DATE_TIME: "Invalid value '{value}' for date-time field",
}


def _worded(column: Column, comparison: Comparison) -> str | None:
    """How 2.19 words that a value is none of its kind."""
    value = comparison.value if isinstance(comparison.value, str) else ",".join(comparison.value)
    if column.kind in _WORDS:
        return f'{_WORDS[column.kind].format(value=brief(value))} "{comparison.path}"'
    return f'invalid input value for enum: "{brief(value)}"' if column.options else None


def _misplaced(found: Misplaced, comparison: Comparison) -> InvalidQuery:
    of, name, path = found.of, found.name, shown(comparison.path)
    match found.why:
        case Why.NO_PARTS:
            column = column_by_path(of)[name]
            return _unsuited(name, found.rest, _type_of(of, column), COMPARATORS[column.kind])
        case Why.WHOLE_COMPOSITE | Why.NO_PART:
            type_ = of.field_by_name[name].type
            parts = ", ".join(f"{name}.{each.name}" for each in type_.parts)
            sub = found.rest or comparison.comparator
            return InvalidQuery(
                f"filter: {path} names no value, because '{name}' has several parts; name one of {parts}",
                legacy=f'Sub field "{brief(sub)}" not found for composite type: {type_.name}',
            )
        case Why.WHOLE_RELATION:
            relation = of.relation_by_name[name]
            return InvalidQuery(
                f"filter: '{name}' is a related record; compare its id by '{relation.foreign_key}', or a field of it by '{name}.…'",
                legacy=f'Object {relation.target} doesn\'t have any "{comparison.comparator}" field.',
            )
        case Why.COLLECTION:
            return InvalidQuery(
                f"filter: '{name}' are many records of a {of.singular}; ask for them, and compare their own fields",
                legacy=f'Cannot filter by relation field "{name}"',
            )
        case Why.TOO_FAR:
            return InvalidQuery(
                f"filter: {path} leads further than to a related record; compare a field of that",
                legacy="Relation filter nesting deeper than 1 hop is not supported",
            )
        case Why.UNKNOWN:
            return InvalidQuery(
                f"filter: '{of.singular}' has no field {shown(name)}; {guess(name, list(column_by_path(of)))}",
                legacy=f'Object {of.singular} doesn\'t have any "{brief(name)}" field.',
            )
