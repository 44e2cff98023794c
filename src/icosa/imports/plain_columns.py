"""Members of many records at once, where their cells hold texts that mean themselves, as names, titles and addresses do: whole
columns are looked at, and not each cell.  Where a column has anything else in it, its cells are read one by one.
"""

import re
from collections.abc import Callable, Sequence
from typing import Any, Final

from icosa.catalogue.kinds import Kind
from icosa.catalogue.model import Field
from icosa.imports.plain_members import JOINED, CellReader, is_never_plain
from icosa.imports.values.conventions import Conventions
from icosa.imports.values.emails import lower_case
from icosa.imports.values.lists import BETWEEN
from icosa.imports.values.reading import PARTS
from icosa.imports.values.unknown import UNKNOWN

ABSENT: Final = object()
"""The member of a record of which its row says nothing."""

Column = Sequence[Any]
"""A cell of each of some rows, in their order."""

ColumnReader = Callable[[Sequence[Column]], Sequence[Any] | None]
"""The member of each record, ABSENT where its cells are empty; None where something is odd about one of them."""

TEXTS: Final = {str, type(None)}
"""The types of the cells of a text file."""

_EDGES: Final = re.compile("^[ =#]| $|  ", re.MULTILINE)
"""What cells may begin or end with, or hold, that is not meant as it stands: see `plain_members`."""


def column_reader(cells: Sequence[CellReader], conventions: Conventions) -> ColumnReader | None:
    """What reads the columns of one member; None where their texts have to be read one by one."""
    of = cells[0].target.field
    if of is None or is_never_plain(of, cells, conventions) or of.type_name in JOINED:
        return None
    readers = []
    for each in cells:
        reader = _reader(of, each)
        if reader is None:
            return None
        readers.append((each.target.part, reader))
    if len(readers) == 1 and not of.type.composite:
        return _of_value(readers[0][1])
    return _of_parts(readers)


_TextsReader = Callable[[Sequence[str]], Sequence[str] | None]


def _reader(of: Field, cell: CellReader) -> _TextsReader | None:
    """What reads texts of one column; None for what is more than text."""
    name, target = of.type_name, cell.target
    part, check = of.type.part(target.part), of.type.as_they_stand.get(target.part)
    if part is None or check is None or part.kind is not Kind.TEXT or target.adds:
        return None
    is_address = (name, target.part) == ("EMAILS", "primaryEmail")
    if not is_address and ((name, target.part) in PARTS or part.options or of.options):
        return None
    several, words = cell.read_more is not None, UNKNOWN.union(map(str.casefold, cell.unknown))

    def read(texts: Sequence[str]) -> Sequence[str] | None:
        """Texts none of which is empty."""
        if is_address:
            found = lower_case(texts)
            return found if found is not None and words.isdisjoint(found) and check(found) else None
        if not "".join(texts).isprintable():
            return None
        lines = "\n".join(texts)
        if _EDGES.search(lines) or (several and BETWEEN in lines) or not words.isdisjoint(lines.casefold().split("\n")):
            return None
        return texts if check(texts) else None

    return read


def _of_value(read: _TextsReader) -> ColumnReader:
    def members(columns: Sequence[Column]) -> Sequence[Any] | None:
        return _texts(columns[0], read)

    return members


def _of_parts(readers: Sequence[tuple[str, _TextsReader]]) -> ColumnReader:
    names = [part for part, _ in readers]

    def members(columns: Sequence[Column]) -> Sequence[Any] | None:
        parts = []
        for (_, read), column in zip(readers, columns, strict=True):
            texts = _texts(column, read)
            if texts is None:
                return None
            parts.append(texts)
        if len(names) == 1:
            name = names[0]
            return [each if each is ABSENT else {name: each} for each in parts[0]]
        if not any(ABSENT in texts for texts in parts):
            return [dict(zip(names, each, strict=True)) for each in zip(*parts, strict=True)]
        some = ({name: text for name, text in zip(names, each, strict=True) if text is not ABSENT} for each in zip(*parts, strict=True))
        return [each or ABSENT for each in some]

    return members


def _texts(column: Column, read: _TextsReader) -> Sequence[Any] | None:
    """What stands in a column, ABSENT where that is nothing; None where something is odd about it."""
    if not {*map(type, column)} <= TEXTS:
        return None
    filled = list(filter(None, column))
    texts = read(filled) if filled else filled
    if texts is None or len(filled) == len(column):
        return texts
    following = iter(texts)
    return [next(following) if cell else ABSENT for cell in column]
