"""A row that is understood: the record that it says, and what else."""

from typing import NamedTuple

from icosa.call.record import JsonRecord
from icosa.catalogue.model import Object
from icosa.imports.further_values import Further, with_further
from icosa.imports.plain_members import Link
from icosa.imports.rows.row import Row


class Shaped(NamedTuple):
    """A record in the words of the wire, with canonical values (those that an answer would have); parts
    that the row does not say are not there, and None clears.  A tuple, because one is made of every row."""

    row: Row
    record: JsonRecord
    links: tuple[Link, ...] = ()
    further: tuple[Further, ...] = ()

    def written_to(self, of: Object, there: JsonRecord) -> JsonRecord:
        """The record as it is written to one that is there, which keeps what it has beside what is added to it."""
        return with_further(of, self.record, self.further, there)
