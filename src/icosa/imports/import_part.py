"""What rows say of one object, and by what a row and a record are matched."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from icosa.catalogue.model import Object

REFUSE: Final = "refuse"
FIRST: Final = "first"
LAST: Final = "last"
MERGE: Final = "merge"
REPEATS: Final = (MERGE, FIRST, LAST, REFUSE)
"""What becomes of rows that mean the same record: the later ones fill what the earlier left empty; the first counts;
the last counts; the later ones are conflicts."""

Way = tuple[str, ...]
"""Paths that together say which record is meant: ("emails.primaryEmail",), ("name", "companyId")."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """How records are attached to others: by records of another object, which point at both.

    `own` is the foreign key to the record that is attached ("noteId"); `to` the others, surest first, each by the plural
    of its object and its foreign key (("people", "personId"), ("companies", "companyId")).
    """

    of: Object
    own: str
    to: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ImportPart:
    """One object that is imported: which columns say it, and how a row finds its record.

    `columns` says for a path which column it came from.  `ways` are the ways to match by, the surest first, of which
    the first counts that a row says; none where every row is a new record.  `linked` has, by foreign key, the plural of
    the object whose record of the same row it points at.  `defaults` is what a new record gets where its rows say nothing."""

    of: Object
    columns: Mapping[str, str]
    ways: tuple[Way, ...] = ()
    repeats: str = REFUSE
    linked: Mapping[str, str] = field(default_factory=dict)
    attachment: Attachment | None = None
    defaults: Mapping[str, Any] = field(default_factory=dict)
