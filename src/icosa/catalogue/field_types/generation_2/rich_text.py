"""RICH_TEXT: a text as Markdown and as the blocks of the editor, which earlier was RICH_TEXT_V2."""

from icosa.catalogue.field_types import rich_text as first
from icosa.catalogue.field_types.generation_2.checking import second_composite

RICH_TEXT = second_composite(first.RICH_TEXT_V2, name="RICH_TEXT", parts={"blocknote": {"absent": None}})
