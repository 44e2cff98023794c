"""EMAILS: a first address, kept in lower case, and more of them."""

from icosa.catalogue.characters import visible
from icosa.catalogue.field_types.type import Part, Values, composite
from icosa.catalogue.kinds import Kind, coerce_each, shown
from icosa.errors import InvalidValue


def _read(values: Values, path: str) -> Values:
    if "primaryEmail" in values:
        values["primaryEmail"] = visible(values["primaryEmail"] or "").strip().lower()
    more = values.get("additionalEmails")
    if more is not None:
        where = f"{path}.additionalEmails"
        if not isinstance(more, list):
            raise InvalidValue(where, f'{shown(more)} is not a list; send one such as ["ada@example.com"]')
        values["additionalEmails"] = [visible(each).strip().lower() for each in coerce_each(Kind.TEXT, more, where)]
    return values


EMAILS = composite(
    "EMAILS",
    Part("primaryEmail", Kind.TEXT, default="", unique=True),
    Part(
        "additionalEmails",
        Kind.JSON,
        schema={"type": "array", "items": {"type": "string", "format": "email"}},
        schema_out={"type": ["array", "null"], "items": {"type": "string"}},
    ),
    read=_read,
)
