"""What a file holds, as far as somebody needs to see it who says where its columns go: looked up once, when it comes or is
to be read otherwise, since a large file takes seconds."""

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field, fields
from itertools import islice
from typing import Final

from icosa.errors import IcosaError, InvalidValue
from icosa.imports.preparing import reading_options
from icosa.imports.recipes.samples import samples
from icosa.imports.rows import open_rows, suffix_of
from icosa.imports.rows.heading import REASON
from icosa.imports.rows.sheet import SUFFIXES, sheet_names
from icosa.surfaces.console.imports.upload import Upload, write_private

COLUMNS: Final = 2_000
"""Columns of a file, at most: to guess where each of more goes takes minutes, and no object has a tenth of these."""
LOOKED_AT: Final = 500_000
"""Rows that are looked at for their number before anything is planned, which takes a second or two: a small file may unfold to
any number of them."""
_SAMPLES: Final = 3
_LONGEST: Final = 80
"""Characters of a sample that are kept."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What was found in a file.  `samples` are a few different values of each column; `rows` is None where nobody counted;
    `found` says in words what was found about how it is written; `problem` and `code` are why it cannot be read as it is."""

    columns: Sequence[str] = ()
    samples: Mapping[str, Sequence[str]] = field(default_factory=dict)
    rows: int | None = None
    found: Mapping[str, str] = field(default_factory=dict)
    sheets: Sequence[str] = ()
    problem: str = ""
    code: str = ""


def look_in(upload: Upload) -> Contents:
    """Reads a file as its settings say, and keeps what was seen.  A file that cannot be read has a problem."""
    contents = _looked(upload)
    write_private(upload.folder / _KEPT, asdict(contents))
    return contents


def contents_of(upload: Upload) -> Contents:
    """What was seen when the file was last looked into."""
    with suppress(OSError, ValueError, TypeError):
        found = json.loads((upload.folder / _KEPT).read_text("utf-8"))
        return Contents(**{name: value for name, value in found.items() if name in _KNOWN})
    return Contents(problem="What was found in the file is not there any more; read it again.", code="not_looked_into")


def _looked(upload: Upload) -> Contents:
    sheets: Sequence[str] = ()
    try:
        if suffix_of(upload.source) in SUFFIXES:
            sheets = sheet_names(upload.source)
        opened = open_rows(upload.source, **reading_options(upload.settings), glance=LOOKED_AT)
        if len(opened.columns) > COLUMNS:
            raise InvalidValue("source", _too_wide(len(opened.columns)))
        columns = [each for each in opened.columns if each != REASON]
        seen = samples(opened.rows, columns)
    except IcosaError as error:
        return Contents(sheets=sheets, problem=error.message, code=error.code)
    some = {name: [_cut(each) for each in islice(values, _SAMPLES)] for name, values in seen.values.items()}
    return Contents(opened.columns, some, opened.count, _found(opened.found), sheets)


def _too_wide(columns: int) -> str:
    return (
        f"has {columns:,} columns, and {COLUMNS:,} are the most that an import takes; leave out those that are not needed, or say "
        "what stands between its columns, if that was found wrongly"
    )


def _found(found: Mapping[str, str]) -> dict[str, str]:
    """What was found, for who has no options to give."""
    plain = {what: text.replace("If it is another: --encoding", "If it is another, say so below") for what, text in found.items()}
    return {what: f"“{text}”" if what == "delimiter" and text != "tab" else text for what, text in plain.items()}


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


_KEPT: Final = "contents.json"
_KNOWN: Final = frozenset(each.name for each in fields(Contents))
