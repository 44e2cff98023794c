"""FILES: a list of files that were uploaded, each with what people call it."""

from typing import Any

from icosa.catalogue.field_types.about import About, Look
from icosa.catalogue.field_types.generation_2.checking import refused, strict
from icosa.catalogue.field_types.type import FieldSettings, FieldType, Part, Values
from icosa.catalogue.kinds import Kind, shown
from icosa.errors import InvalidValue


def _check(field: FieldSettings, value: Any, path: str) -> Values:
    if not isinstance(value, list):
        raise refused(Kind.JSON, value, path, 'is not a list; send one such as [{"fileId": "…", "label": "offer.pdf"}]')
    if field.most and len(value) > field.most:
        raise InvalidValue(path, f"holds {len(value)} files; send at most {field.most}", legacy=f"Max number of files is {field.most}")
    return {"": [_file(each, f"{path}[{at}]") for at, each in enumerate(value)] or None}


def _file(value: Any, path: str) -> dict[str, str]:
    if not isinstance(value, dict) or set(value) - {"fileId", "label"} or "fileId" not in value:
        raise InvalidValue(path, f"{shown(value)} is no file; send an object with fileId and label")
    return {
        "fileId": strict(Kind.UUID, value["fileId"], f"{path}.fileId"),
        "label": strict(Kind.TEXT, value.get("label") or "", f"{path}.label"),
    }


_ITEMS = {"type": "object", "properties": {"fileId": {"type": "string", "format": "uuid"}, "label": {"type": "string"}}}

FILES = FieldType(
    "FILES",
    "json",
    (Part("", Kind.JSON, schema_out={"type": ["array", "null"], "items": _ITEMS}),),
    _check,
    lambda field: {"type": "array", "items": _ITEMS},
    about=About(
        example=[{"fileId": "20202020-1c25-4d02-bf25-6aeccf7ea419", "label": "offer.pdf"}],
        hint="A JSON list of files, such as {example}.",
        look=Look(worth="seldom"),
    ),
)
