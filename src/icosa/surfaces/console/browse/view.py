"""A table as its address says it: of what, which columns, filtered and ordered how, and which page."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, Final, Literal
from urllib.parse import quote_plus

from starlette.datastructures import FormData
from starlette.requests import Request

from icosa.call.ranking import telling
from icosa.call.record import member
from icosa.catalogue.columns import columns_of_field
from icosa.catalogue.kinds import LISTS, Kind
from icosa.catalogue.model import Catalogue, Object
from icosa.errors import InvalidQuery
from icosa.wire.actions import find_object
from icosa.wire.language import order

LIMIT: Final = 60
MOST: Final = 200
"""Records of a page, at most: more is read in an export."""
COLUMNS: Final = 8
"""Columns where nobody has chosen any."""
_ASKED: Final = ("filter", "order_by", "columns", "after", "before", "limit", "at")


@dataclass(frozen=True, slots=True)
class TableView:
    """`names` are the properties that are shown, and `columns` the same as the address says them, "" where it does not.  `at` is the
    place of the page's first record among all, as far as the address knows it."""

    of: Object
    names: tuple[str, ...]
    filter: str = ""
    order_by: str = ""
    columns: str = ""
    after: str = ""
    before: str = ""
    limit: int = LIMIT
    at: int = 1

    def href(self, below: str = "", **changed: Any) -> str:
        """The address of the table, or of a page below it; with another filter or order it begins anew."""
        if not _ANEW.isdisjoint(changed):
            changed |= {"after": "", "before": "", "at": 1}
        path = f"/browse/{self.of.plural}{below}"
        there = [
            f"{name}={quote_plus(str(value))}"
            for name in _ASKED
            if (value := changed[name] if name in changed else getattr(self, name)) != _USUAL[name]
        ]
        return f"{path}?{'&'.join(there)}" if there else path

    @property
    def first(self) -> "TableView":
        """The same from its first page on."""
        return replace(self, after="", before="", at=1)

    def query(self) -> dict[str, Any]:
        """What the address says beside the object, without what is so anyway."""
        return {name: value for name in _ASKED if (value := getattr(self, name)) != _USUAL[name]}

    @property
    def begun(self) -> bool:
        """Whether it is not the first page."""
        return bool(self.after or self.before)


_ANEW: Final = frozenset({"filter", "order_by", "limit"})
_USUAL: Final = {each.name: each.default for each in fields(TableView)}


def view_of(catalogue: Catalogue, request: Request, form: FormData | None = None) -> TableView:
    """The table that an address, or a form, asks for, with what it says of the columns left to `with_columns`.  Raises
    UnknownObject, and InvalidQuery for a number that is none."""
    of = find_object(catalogue, request.path_params["objects"])
    asked = {name: text for name, text in (request.query_params if form is None else form).items() if isinstance(text, str)}
    texts = {name: asked.get(name, "").strip() for name in ("filter", "order_by", "columns", "after", "before")}
    usual = telling(catalogue, of, COLUMNS)
    return TableView(of, usual, **texts, limit=_number(asked, "limit", LIMIT, MOST), at=_number(asked, "at", 1, 10**12))


def with_columns(view: TableView) -> TableView:
    """The same with the columns that its address names, in any spelling.  Raises UnknownField with the nearest names."""
    if not view.columns:
        return view
    names = dict.fromkeys(_member(view.of, each.strip()) for each in view.columns.split(",") if each.strip())
    if not names:
        raise InvalidQuery(f"columns: none is named; write some with commas between them, such as {','.join(view.names[:3])}")
    return replace(view, names=tuple(names))


def _member(of: Object, name: str) -> str:
    found = member(of, name, of.label_plural or of.resource)
    relation = of.relation_by_key.get(found)
    return relation.name if relation else found


def choosable(of: Object) -> tuple[str, ...]:
    """All that can be a column, in the order of the form."""
    return ("id", *(each.name for each in of.members), "createdAt", "updatedAt", "deletedAt")


def ordered_by(of: Object, name: str) -> tuple[str, ...]:
    """The paths by which a table is ordered by a column; none where its values have no order."""
    field = of.field_by_name.get(name)
    if field is None or field.secret:
        return ()
    paths = [each for each in columns_of_field(of, name) if each.kind not in LISTS and each.kind is not Kind.JSON]
    if field.type.about.name:
        return tuple(each.path for each in paths)
    first = next((each for each in paths if each.part == field.type.about.primary), paths[0] if paths else None)
    return (first.path,) if first else ()


def direction(view: TableView, name: str) -> Literal["", "ascending", "descending"]:
    """How a table is ordered by a column: "ascending", "descending" or ""."""
    paths = ordered_by(view.of, name)
    if not view.order_by or not paths:
        return ""
    first = order.parse(view.order_by, view.of)[0]
    return "" if first.column.path != paths[0] else "descending" if first.descending else "ascending"


def turned(view: TableView, name: str) -> str:
    """The order after a click on the heading of a column: up, then down, then as it comes."""
    now = direction(view, name)
    way = {"": "AscNullsLast", "ascending": "DescNullsLast"}.get(now)
    return ",".join(f"{path}[{way}]" for path in ordered_by(view.of, name)) if way else ""


def _number(given: Mapping[str, str], name: str, usual: int, most: int) -> int:
    text = given.get(name, "")
    if not text:
        return usual
    if not (text.isascii() and text.isdigit() and 1 <= len(text) <= 12 and 1 <= int(text) <= most):
        raise InvalidQuery(f"{name}: it is a number from 1 to {most:,}")
    return int(text)
