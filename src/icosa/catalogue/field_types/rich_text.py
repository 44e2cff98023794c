"""RICH_TEXT, retired, and RICH_TEXT_V2, its successor."""

from icosa.catalogue.field_types.about import About, Look
from icosa.catalogue.field_types.type import PARTS_HINT, FieldType, Part, Values, composite
from icosa.catalogue.kinds import Kind, coerce


def _blank_is_none(values: Values, path: str) -> Values:
    return {name: value or None for name, value in values.items()}


RICH_TEXT = FieldType(
    "RICH_TEXT",
    "string",
    (Part("", Kind.TEXT),),
    lambda field, value, path: {"": coerce(Kind.TEXT, value, path)} if value else {},
    lambda field: {"type": "string"},
    about=About(any_text=True, prose=True, look=Look(worth="seldom")),
    retired="Rich text is not supported, please use RICH_TEXT_V2 instead",
)

RICH_TEXT_V2 = composite(
    "RICH_TEXT_V2",
    Part("blocknote", Kind.TEXT, default="", omitted=None),
    Part(
        "markdown",
        Kind.TEXT,
        default="",
        omitted=None,
        words=(
            "body text notes note description content markdown comment comments remark remarks notiz notizen bemerkung "
            "bemerkungen beschreibung kommentar kommentare anmerkung anmerkungen remarque remarques commentaire commentaires"
        ),
    ),
    read=_blank_is_none,
    about=About(
        example={"markdown": "Ask for the **contract**."},
        hint=PARTS_HINT,
        primary="markdown",
        searched=("markdown",),
        any_text=True,
        prose=True,
        look=Look(worth="seldom"),
    ),
)
