"""Which fields are personal, and what stands in their place.

By type: names, e-mail addresses, phone numbers, addresses, links, rich texts, actors, JSON and lists.  By name:
job titles, cities, names of companies and people.  Every other text becomes filler of the same length,
but for those of `HARMLESS`.  Ids, links between records, choices, numbers, amounts and moments stay, but for
days of birth.  Secrets are left out.
"""

from collections.abc import Sequence
from typing import Any, assert_never

from icosa.catalogue import naming
from icosa.catalogue.columns import Column, columns, columns_of_field
from icosa.catalogue.kinds import Kind
from icosa.catalogue.model import Catalogue, Object
from icosa.errors import UnknownField
from icosa.mirror.content import Columns
from icosa.mirror.masking.composites import MASKED
from icosa.mirror.masking.made_up import MadeUp

HARMLESS = {
    "attachment": ("type",),
    "calendarEvent": ("conferenceSolution",),
    "connectedAccount": ("provider", "scopes"),
    "timelineActivity": ("name",),
    "view": ("type", "icon"),
    "viewFilter": ("operand", "subFieldName"),
    "viewSort": ("direction",),
    "webhook": ("operations",),
    "workspaceMember": ("timeZone", "colorScheme", "locale"),
}
"""Texts of the standard objects that say nothing about anybody."""

_BY_NAME = {"jobTitle": MadeUp.job_title, "city": MadeUp.city, "displayName": MadeUp.full_name}


class Masking:
    """Masks the records of a catalogue.  `keep` are fields that stay: "jobTitle", or "people.jobTitle" of one
    object alone.  Raises UnknownField for one that does not exist."""

    def __init__(self, catalogue: Catalogue, salt: bytes, keep: Sequence[str] = ()) -> None:
        self._made_up = MadeUp(salt)
        self._kept = {(of.singular, field) for each in keep for of, field in _fields(catalogue, each)}

    def masked(self, of: Object, values: Columns) -> Columns:
        """The same record with made-up values."""
        made = {name: value for name, value in values.items() if not self._secret(of, name)}
        for field in of.fields:
            if (of.singular, field.name) in self._kept or field.name in HARMLESS.get(of.singular, ()) or field.secret:
                continue
            held = columns_of_field(of, field.name)
            made |= self._of_field(of, field.type_name, held, {each.name: values.get(each.name) for each in held})
        return made

    def _secret(self, of: Object, name: str) -> bool:
        return any(column.secret for column in columns(of) if column.name == name)

    def _of_field(self, of: Object, type_name: str, held: tuple[Column, ...], values: Columns) -> Columns:
        if not held[0].part:
            return {column.name: self._value(of, column, values[column.name]) for column in held}
        by_part = MASKED[type_name]({column.part: values[column.name] for column in held}, self._made_up)
        return {column.name: by_part[column.part] for column in held}

    def _value(self, of: Object, column: Column, value: Any) -> Any:
        if value is None:
            return None
        match column.kind:
            case Kind.TEXT if not value:
                return value
            case Kind.TEXT if (of.singular, column.name) == ("company", "name"):
                return self._made_up.company(value)
            case Kind.TEXT:
                by_name = _BY_NAME.get(column.name) if "@" not in value else None
                return by_name(self._made_up, value) if by_name else self._made_up.text(value)
            case Kind.TEXTS:
                return [self._made_up.text(each) for each in value]
            case Kind.JSON:
                return self._made_up.json(value)
            case Kind.DATE | Kind.DATE_TIME if "birth" in column.name.lower():
                return value[:5] + "01-01" + value[10:]
            case Kind.UUID | Kind.OPTION | Kind.OPTIONS | Kind.NUMBER | Kind.NUMERIC | Kind.BOOLEAN | Kind.DATE | Kind.DATE_TIME:
                return value
            case _:
                assert_never(column.kind)  # whether a new kind is personal is decided here


def _fields(catalogue: Catalogue, named: str) -> list[tuple[Object, str]]:
    """The fields that somebody means by a name, with or without its object."""
    resource, _, name = named.rpartition(".")
    found = [
        (of, field.name)
        for of in catalogue
        for field in of.fields
        if name in (field.name, naming.snake_case(field.name), naming.kebab_case(field.name))
        and (not resource or resource in (of.plural, of.singular, naming.kebab_case(of.plural)))
    ]
    if not found:
        raise UnknownField(f"--keep {named}: no object has such a field; name one such as jobTitle, or people.jobTitle")
    return found
