"""The records of a workspace in this process, read by columns: no JSON is made of them that would be taken apart again."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any, Final

from icosa.call.extensions import offered
from icosa.call.masking import MASK, secret_names
from icosa.call.request import build
from icosa.catalogue.columns import column_by_path
from icosa.catalogue.kinds import Kind
from icosa.catalogue.model import Object
from icosa.client.blocking import Client, in_process
from icosa.client.transport.blocking import EmbeddedTransport, Place
from icosa.exports.table import ExportColumn
from icosa.wire.actions import Operation
from icosa.wire.message import Request

_MOST_ROWS: Final = 500
"""Rows of a page: a choice.  At a kilobyte or two each it is half a megabyte or so."""

_FIRST_ROWS: Final = 200
_FEWEST_ROWS: Final = 20
_PAGE_CHARACTERS: Final = 4_000_000
"""Characters of a page after which the next one has fewer rows, so that long texts do not add up in memory."""

_LONG: Final = frozenset({Kind.TEXT, Kind.JSON})


@dataclass(slots=True)
class EmbeddedRows:
    """The records that a request asks for, in its order.  What is written meanwhile may or may not be met; what stood all the while
    is met once."""

    workspace: EmbeddedTransport
    request: Request
    columns: Sequence[ExportColumn]
    secrets: frozenset[str]
    alone: bool  # whether no column is of a related record
    after: Place | None = None
    size: int = _FIRST_ROWS

    def columns_at_once(self) -> Iterator[list[Sequence[Any]]]:
        """Values by column, some rows at a time."""
        while (found := self._values()) is not None:
            yield found

    def lines(self) -> Iterator[tuple[int, bytes | list[Sequence[Any]]]]:
        """How many rows, and their JSON lines; their values by column where the database cannot say them as they are exported."""
        if not self.alone:
            yield from ((len(values[0]), values) for values in self.columns_at_once())
            return
        paths = [each.name for each in self.columns]
        while page := self.workspace.lines(self.request, paths, MASK, self.size, self.after):
            if page.last is None:
                return
            if any(self._is_told_otherwise(text) for text in set(chain.from_iterable(page.texts))):
                values = self._values()
                if values is None:
                    return
                yield len(values[0]), values
                continue
            self.after = page.last
            self._fit(len(page.lines), sum(map(len, page.lines)))
            yield len(page.lines), ("\n".join(page.lines) + "\n").encode()

    def _values(self) -> list[Sequence[Any]] | None:
        page = self.workspace.rows(self.request, [path for each in self.columns for path in each.paths], self.size, self.after)
        if page is None or page.last is None:
            return None
        self.after = page.last
        read = iter(page.columns)
        held = [tuple(islice(read, len(each.paths))) for each in self.columns]
        texts = (values for column, some in zip(self.columns, held, strict=True) if column.kind is Kind.TEXT for values in some)
        self._fit(len(page.columns[0]), sum(sum(map(len, filter(None, each))) for each in texts))
        return [
            some[0] if column.shown is None else list(map(column.shown, *some)) for column, some in zip(self.columns, held, strict=True)
        ]

    def _is_told_otherwise(self, text: str | None) -> bool:
        """Whether JSON may hold a secret, or is a text, which an export puts in quotes."""
        return text is not None and (text.startswith('"') or any(f'"{name}"' in text for name in self.secrets))

    def _fit(self, rows: int, characters: int) -> None:
        most = _PAGE_CHARACTERS * rows // max(characters, 1)
        self.size = max(_FEWEST_ROWS, min(_MOST_ROWS, most))


def embedded_rows(
    client: Client, of: Object, columns: Sequence[ExportColumn], where: str | None, order_by: str | None
) -> EmbeddedRows | None:
    """None where the records have to be asked for as any others: over HTTP, or with open secrets."""
    workspace = in_process(client)
    if workspace is None or of.listed_by or not columns or not all(each.paths for each in columns):
        return None
    action = offered(of, client.offers)[Operation.FIND_MANY]
    request = build(client.catalogue, action, {"filter": where, "order_by": order_by, "depth": 0})
    paths = [path for each in columns for path in each.paths]
    if workspace.rows(request, paths, 1, None) is None:
        return None
    return EmbeddedRows(workspace, request, columns, secret_names(client.catalogue), all(path in column_by_path(of) for path in paths))
