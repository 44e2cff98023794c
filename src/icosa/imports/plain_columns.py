"""Members of many records at once, where their cells hold texts that mean themselves, as names, titles and addresses do: whole
columns are looked at, and not each cell.  Where a column has anything else in it, its cells are read one by one.
"""

from collections.abc import Callable, Mapping, Sequence
from itertools import chain
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

Parts = Mapping[str, Column]
"""What some records have of one member, by part: "" is that of a value that has none.  ABSENT where a row says nothing."""

ColumnReader = Callable[[Sequence[Column]], Parts | None]
"""What columns say of a member; None where something is odd about one of their cells."""

TEXTS: Final = {str, type(None)}
"""The types of the cells of a text file."""

_ODD: Final = ("\n ", " \n", "  ", "\n=", "\n#")
"""What cells, a line each, may begin or end with, or hold, that is not meant as it stands: see `plain_members`."""


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
    if len(dict(readers)) < len(readers):
        return None
    return _of_columns(readers)


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
        if any(map(f"\n{lines}\n".__contains__, _ODD)) or (several and BETWEEN in lines):
            return None
        if not words.isdisjoint(lines.casefold().split("\n")):
            return None
        return texts if check(texts) else None

    return read


def _of_columns(readers: Sequence[tuple[str, _TextsReader]]) -> ColumnReader:
    def read(columns: Sequence[Column]) -> Parts | None:
        parts: dict[str, Column] = {}
        for (part, read), column in zip(readers, columns, strict=True):
            texts = _texts(column, read)
            if texts is None:
                return None
            if texts:
                parts[part] = texts
        return parts

    return read


def members_of(parts: Parts) -> Sequence[Any]:
    """The member of each record, ABSENT where nothing is said of it."""
    if "" in parts:
        return parts[""]
    names, columns = list(parts), list(parts.values())
    if len(names) == 1:
        name = names[0]
        return [each if each is ABSENT else {name: each} for each in columns[0]]
    if not any(map(has_absent, columns)):
        return [dict(zip(names, each, strict=True)) for each in zip(*columns, strict=True)]
    some = ({name: text for name, text in zip(names, each, strict=True) if text is not ABSENT} for each in zip(*columns, strict=True))
    return [each or ABSENT for each in some]


def has_absent(column: Column) -> bool:
    """Whether ABSENT is among its values, which is the only one of its type."""
    return object in {*map(type, column)}


def parts_of(members: Sequence[Any], *, composite: bool) -> Parts:
    """The other way: what stands in members, by part; what is none of several parts where it should be stands under ""."""
    if not composite:
        return {"": members}
    names = dict.fromkeys(chain.from_iterable(each for each in members if each.__class__ is dict))
    parts: dict[str, Column] = {name: [each.get(name, ABSENT) if each.__class__ is dict else ABSENT for each in members] for name in names}
    if not all(each is ABSENT or (each.__class__ is dict and each) for each in members):
        parts[""] = [ABSENT if each.__class__ is dict and each else each for each in members]
    return parts


def _texts(column: Column, read: _TextsReader) -> Sequence[Any] | None:
    """What stands in a column, ABSENT where that is nothing, and nothing at all where all of it is; None where something is odd about
    it."""
    if not {*map(type, column)} <= TEXTS:
        return None
    filled = list(filter(None, column))
    if not filled:
        return filled
    texts = read(filled)
    if texts is None or len(filled) == len(column):
        return texts
    following = iter(texts)
    return [next(following) if cell else ABSENT for cell in column]
