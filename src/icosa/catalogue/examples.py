"""What a value looks like, for documentation: forms, help texts and the OpenAPI document show these."""

import json
from typing import Any, Final

from icosa.catalogue import naming
from icosa.catalogue.field_types import FIELD_TYPES
from icosa.catalogue.kinds import Kind
from icosa.catalogue.model import Field

ID: Final[str] = FIELD_TYPES["UUID"].about.example
MOMENT: Final[str] = FIELD_TYPES["DATE_TIME"].about.example

_BY_NAME: dict[str, Any] = {
    "name": "Analytical Engines",
    "title": "Call Ada about the contract",
    "subject": "Your contract",
    "handle": "ada@example.com",
    "displayName": "Ada Lovelace",
    "jobTitle": "Engineer",
    "city": "London",
    "provider": "google",
    "targetUrl": "https://hooks.example.com/crm",
    "operations": ["company.created", "person.updated"],
    "scopes": ["mail.read"],
}


def example(field: Field) -> Any:
    """A value that the field accepts, as JSON; None where it accepts none (a retired type)."""
    if field.type.retired:
        return None
    kind = None if field.type.composite else field.type.parts[0].kind
    if kind is Kind.OPTION:
        return field.options[0] if field.options else None
    if kind is Kind.OPTIONS:
        return list(field.options[:2])
    if field.name in _BY_NAME and kind in (Kind.TEXT, Kind.TEXTS):
        return _BY_NAME[field.name]
    known = field.type.about.example
    return naming.label(field.name) if known is None else known


def example_text(field: Field) -> str:
    """The example as JSON text on one line."""
    return json.dumps(example(field), ensure_ascii=False)
