"""RICH_TEXT: a text as Markdown and as the blocks of the editor, which earlier was RICH_TEXT_V2.

Where one of the two is written alone, the other is made of it, so that both say the same.
"""

from typing import Any

import orjson

from icosa.catalogue.field_types import rich_text as first
from icosa.catalogue.field_types.generation_2.blocks.from_markdown import blocks
from icosa.catalogue.field_types.generation_2.blocks.to_markdown import markdown
from icosa.catalogue.field_types.generation_2.checking import second_composite
from icosa.catalogue.field_types.type import Values
from icosa.catalogue.kinds import shown
from icosa.errors import InvalidValue


def _read(values: Values, path: str) -> Values:
    written = _blocks(values.get("blocknote"), f"{path}.blocknote")
    if written is None and values.get("markdown"):
        return {**values, "blocknote": blocks(values["markdown"])}
    if written is not None and not values.get("markdown"):
        return {**values, "markdown": markdown(written)}
    return values if written is not None or not values else {"blocknote": None, "markdown": None}


def _blocks(text: str | None, path: str) -> list[Any] | None:
    """The blocks in a JSON text; None where there is none.  Raises InvalidValue."""
    if not text:
        return None
    try:
        found = orjson.loads(text)
    except ValueError:
        found = None
    if not isinstance(found, list):
        raise InvalidValue(
            path,
            f"{shown(text)} is not the JSON text of a list of blocks; send one, or Markdown alone",
            legacy=f'Invalid blocknote value for field "{path}" - must contain valid JSON',
        )
    return found


RICH_TEXT = second_composite(first.RICH_TEXT_V2, name="RICH_TEXT", read=_read, parts={"blocknote": {"absent": None}})
