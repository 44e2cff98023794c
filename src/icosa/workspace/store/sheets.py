"""Many new records, written by their columns: what `writes.insert` does with those of one request, at less work for each."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import repeat
from typing import Any

from icosa.catalogue.columns import Column, columns, links
from icosa.catalogue.field_types import UNSENT
from icosa.catalogue.kinds import AS_THEY_ARE
from icosa.catalogue.model import Object
from icosa.wire.rest.body_columns import Sheet
from icosa.workspace.store import outbox, positions
from icosa.workspace.store.files import names_files
from icosa.workspace.store.names import doc_column
from icosa.workspace.store.records import Columns, new_columns
from icosa.workspace.store.statement import Statement, Statements, Violation
from icosa.workspace.store.write import Writing, check_link, refused, stored
from icosa.workspace.store.writes import insert_text, with_actor


@lru_cache(maxsize=1024)
def takes_sheets(of: Object) -> bool:
    """Whether new records of an object need nothing but what was sent of them: no value that has to be sent, no file, no secret."""
    needs = (not column.nullable and column.default is None and column.name not in _MADE for column in columns(of))
    return not any(needs) and not names_files(of) and not any(column.secret for column in columns(of))


_MADE = ("id", "position", "createdAt", "updatedAt")


def insert_sheet(writing: Writing, of: Object, sheet: Sheet) -> Statements[list[tuple[str, str]]]:
    """(id, doc) of new records of an object that takes sheets, in their order.  Raises as `writes.insert` does."""
    count = len(sheet["id"])
    blank = new_columns(of, with_actor(writing, of, {}), "", writing.now)
    places: list[Columns] = [{} for _ in range(count)]
    yield from positions.fill(of, places, descends=writing.version.writes.descends)
    for link in links(of):
        wanted = dict.fromkeys(each for each in sheet.get(link.name, ()) if each and each is not UNSENT)
        if wanted:
            yield from check_link(writing, of, link, list(wanted), sheet["id"])
    by_column = [
        [each["position"] for each in places]
        if column.name == "position" and count and "position" in places[0]
        else _values(writing, of, column, sheet.get(column.name), blank[column.name], count)
        for column in columns(of)
    ]
    rows_in = list(zip(*by_column, strict=True))
    try:
        rows = yield Statement(insert_text(of, doc_column(of)), rows_in, many=True)
    except Violation as violation:
        names = [column.name for column in columns(of)]
        made = [dict(zip(names, row, strict=True)) for row in rows_in]
        raise (yield from refused(of, violation, made, new=writing.version)) from None
    inserted = [(id_, str(row[0])) for id_, row in zip(sheet["id"], rows, strict=True)]
    yield outbox.created(writing, of, inserted)
    return inserted


def _values(writing: Writing, of: Object, column: Column, sent: Sequence[Any] | None, blank: Any, count: int) -> Sequence[Any]:
    """Values of a column as the database keeps them."""
    if sent is None:
        return list(repeat(blank if blank is None else stored(writing, of, column, blank, ""), count))
    found = [blank if value is UNSENT else value for value in sent] if UNSENT in sent else sent
    if column.kind in AS_THEY_ARE:
        return found
    return [value if value is None else stored(writing, of, column, value, "") for value in found]
