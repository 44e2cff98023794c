"""Which export an address asks for."""

from dataclasses import dataclass
from importlib.util import find_spec
from typing import Final
from urllib.parse import urlencode

from starlette.datastructures import QueryParams

from icosa.call.where import F, both
from icosa.catalogue import naming
from icosa.catalogue.model import Catalogue, Object
from icosa.errors import InvalidValue
from icosa.exports.export import Selection
from icosa.wire.actions import find_object


@dataclass(frozen=True, slots=True)
class Format:
    """A format, what it is good for, and the library that writes it with what brings that, "" where none is needed."""

    name: str
    label: str
    good_for: str
    media_type: str
    library: str = ""
    extra: str = ""

    @property
    def missing(self) -> str:
        """What to install, "" where nothing is missing."""
        return f"pip install 'icosa[{self.extra}]'" if self.library and find_spec(self.library) is None else ""


FORMATS: Final = (
    Format("csv", "CSV", "for spreadsheets and nearly everything; no cell is run as a formula", "text/csv; charset=utf-8"),
    Format(
        "xlsx", "Excel", "dates and numbers as such; up to 1,048,575 records",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsxwriter", "bulk",
    ),
    Format("jsonl", "JSON Lines", "for programs: a record on each line, as the API has it", "application/x-ndjson"),
    Format("parquet", "Parquet", "for analyses: typed columns, small", "application/vnd.apache.parquet", "pyarrow", "parquet"),
)  # fmt: skip
MOST_IDS: Final = 500
"""Records that can be named one by one in an address."""


@dataclass(frozen=True, slots=True)
class AskedExport:
    """What is asked for: `filter` and `order_by` as texts, `ids` records that are named one by one, `columns` none for all,
    `names` whether what related records are called comes along."""

    of: Object
    format: Format
    filter: str
    order_by: str
    columns: tuple[str, ...]
    ids: tuple[str, ...]
    names: bool
    deleted: bool

    def selection(self) -> Selection:
        """The same as an export takes it."""
        where = self.filter or None
        if self.ids:
            where = str(both(where, F.id.in_(self.ids)))
        return Selection(where, self.order_by or None, 1 if self.names else 0, self.columns or None, self.deleted)

    def command(self) -> list[str]:
        """The words of the command that writes the same file."""
        chosen, file = self.selection(), f"{self.of.plural}.{self.format.name}"
        words = ["icosa", "export", naming.kebab_case(self.of.plural), "--out", file]
        words += ["--filter", chosen.filter] if chosen.filter else []
        words += ["--order-by", chosen.order_by] if chosen.order_by else []
        words += ["--columns", ",".join(chosen.columns)] if chosen.columns else []
        words += ["--depth", "1"] if chosen.depth else []
        words += ["--deleted"] if chosen.deleted else []
        words += ["--safe-cells"] if self.format.name == "csv" else []
        return words

    def query(self, **other: str) -> str:
        """The address's query for the same, but for what is said otherwise."""
        pairs = [
            ("object", self.of.plural),
            ("format", other.get("format", self.format.name)),
            ("filter", self.filter),
            ("order_by", self.order_by),
            *(("columns", each) for each in self.columns),
            *(("id", each) for each in self.ids),
            ("names", "on" if self.names else ""),
            ("deleted", "on" if self.deleted else ""),
        ]
        return urlencode([pair for pair in pairs if pair[1]])


def asked(catalogue: Catalogue, query: QueryParams) -> AskedExport:
    """What an address asks for.  Raises UnknownObject, and InvalidValue for a format that is none or for too many records."""
    of = find_object(catalogue, query.get("object") or "companies")
    wanted = query.get("format") or FORMATS[0].name
    found = next((each for each in FORMATS if each.name == wanted), None)
    if found is None:
        raise InvalidValue("format", f"{wanted[:40]!r} is none; choose one of {', '.join(each.name for each in FORMATS)}")
    ids = tuple(query.getlist("id"))
    if len(ids) > MOST_IDS:
        raise InvalidValue("id", f"names {len(ids):,} records, and an address can name {MOST_IDS}; say which by a filter")
    columns = tuple(name.strip() for each in query.getlist("columns") for name in each.split(",") if name.strip())
    return AskedExport(
        of,
        found,
        query.get("filter", "").strip(),
        query.get("order_by", "").strip(),
        columns,
        ids,
        bool(query.get("names")),
        bool(query.get("deleted")),
    )
