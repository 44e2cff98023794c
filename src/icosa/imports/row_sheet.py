"""Some rows of one object, and what they say: by columns, and one by one for who asks for that."""

from collections.abc import Callable, Sequence
from functools import cached_property

from icosa.imports.rows.row import BadRow, Row
from icosa.imports.shaped import Shaped
from icosa.imports.shaped_columns import ShapedColumns


class RowSheet:
    """Rows in their order; the `whole` ones are those that could be read.  `columns` is what these say, but for the odd ones among them,
    which `one` reads by themselves."""

    def __init__(
        self,
        rows: Sequence[Row | BadRow],
        whole: Sequence[Row],
        columns: ShapedColumns,
        one: Callable[[Row], Shaped | BadRow],
    ) -> None:
        self.rows, self.whole, self.columns, self._one = rows, whole, columns, one

    def __len__(self) -> int:
        return len(self.rows)

    @cached_property
    def odd(self) -> dict[int, Shaped | BadRow]:
        """What odd rows say, by their places among those that are whole."""
        return {at: self._one(self.whole[at]) for at in sorted(self.columns.odd)}

    @cached_property
    def each(self) -> list[Shaped | BadRow]:
        """What each whole row says."""
        if len(self.odd) == len(self.whole):
            return list(self.odd.values())
        found = zip(self.whole, self.columns.records(), self.columns.links, strict=True)
        made: list[Shaped | BadRow] = [Shaped(*each) for each in found]
        for at, row in self.odd.items():
            made[at] = row
        return made

    @property
    def all(self) -> list[Shaped | BadRow]:
        """The same of all rows; one that was broken when it was read stays so."""
        if len(self.whole) == len(self.rows):
            return self.each
        following = iter(self.each)
        return [row if isinstance(row, BadRow) else next(following) for row in self.rows]
