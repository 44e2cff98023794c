"""A record's values as a person reads them, and the markup of that.

look = looking(request)                      # the zone of who asks, and now
value(catalogue, of, "amount", record, look) # a Shown: {{ shown }} in a template, str() for what is read aloud
facts(catalogue, of, record, look)           # for {{ facts(…) }} of parts/value.html
columns_of(of, names); rows_of(catalogue, of, records, names, look)  # for {{ table(…) }} of parts/table.html
"""

from icosa.surfaces.console.showing.looking import Looking, looking
from icosa.surfaces.console.showing.record import address, called, facts, label, link, of_field, one_of, telling, value
from icosa.surfaces.console.showing.shown import Shown, ShownPiece
from icosa.surfaces.console.showing.table import Cell, ShownColumn, ShownRow, columns_of, rows_of

__all__ = [
    "Cell",
    "Looking",
    "Shown",
    "ShownColumn",
    "ShownPiece",
    "ShownRow",
    "address",
    "called",
    "columns_of",
    "facts",
    "label",
    "link",
    "looking",
    "of_field",
    "one_of",
    "rows_of",
    "telling",
    "value",
]
