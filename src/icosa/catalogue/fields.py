"""How catalogue files write fields: one short word a type.

    Text("handle", "The address this account is known by.")
    Select("stage", "How far the deal has come.", ["NEW", "WON"], default="NEW")

The label shown by forms is made from the name; `label=` is the one that a workspace's settings show.
"""

from collections.abc import Callable, Sequence
from typing import Any

from icosa.catalogue.field_types.choice import RATINGS
from icosa.catalogue.model import Field


def _maker(type_name: str) -> Callable[..., Field]:
    def make(name: str, description: str, **settings: Any) -> Field:
        return Field(name, type_name, description, **settings)

    make.__doc__ = f"A field of type {type_name}; settings are those of Field."
    return make


Text = _maker("TEXT")
Uuid = _maker("UUID")
Number = _maker("NUMBER")
Numeric = _maker("NUMERIC")
Boolean = _maker("BOOLEAN")
DateTime = _maker("DATE_TIME")
Date = _maker("DATE")
Array = _maker("ARRAY")
RawJson = _maker("RAW_JSON")
RichText = _maker("RICH_TEXT")
RichTextV2 = _maker("RICH_TEXT_V2")
FullName = _maker("FULL_NAME")
Emails = _maker("EMAILS")
Phones = _maker("PHONES")
Links = _maker("LINKS")
Address = _maker("ADDRESS")
Currency = _maker("CURRENCY")
Files = _maker("FILES")


def Select(name: str, description: str, options: Sequence[str], **settings: Any) -> Field:  # noqa: N802
    """A field whose value is one of `options`."""
    return Field(name, "SELECT", description, options=tuple(options), **settings)


def MultiSelect(name: str, description: str, options: Sequence[str], **settings: Any) -> Field:  # noqa: N802
    """A field whose value is a list of some of `options`."""
    return Field(name, "MULTI_SELECT", description, options=tuple(options), **settings)


def Rating(name: str, description: str, **settings: Any) -> Field:  # noqa: N802
    """A field of one to five stars, RATING_1 to RATING_5."""
    return Field(name, "RATING", description, options=RATINGS, **settings)


def Position(description: str) -> Field:  # noqa: N802
    """Where a record stands among the others of its object."""
    return Field("position", "POSITION", description, default=0, system=True)


def CreatedBy(  # noqa: N802
    description: str = "Who or what created the record: a person, an API key, an import.", label: str = "Created by"
) -> Field:
    """Who or what created the record; the workspace fills it in."""
    return Field("createdBy", "ACTOR", description, label)
