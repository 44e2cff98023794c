"""Where columns go: what is guessed, how sure that is, and what else could be chosen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from starlette.datastructures import FormData

from icosa.call.paths import KEPT_BY_THE_SERVER
from icosa.call.targets import Target, find_target, targets
from icosa.catalogue import naming
from icosa.catalogue.columns import columns as stored
from icosa.catalogue.model import Catalogue, Object
from icosa.errors import IcosaError
from icosa.imports.column_map import ColumnMap, MappedColumn, guess
from icosa.imports.foreign_ids import without_foreign
from icosa.imports.preparing import matching_key
from icosa.imports.rows.heading import REASON
from icosa.surfaces.console.imports.looking_in import Contents
from icosa.surfaces.console.showing.shown import Shown, ShownPiece

MOST_COLUMNS: Final = 150
"""Columns that the form shows; those behind them go where their names say."""
_SURE, _LIKELY = 0.85, 0.7
_SELDOM: Final = frozenset({*KEPT_BY_THE_SERVER, "createdAt", "createdBy", "position"})
"""Fields of which nobody looks for a related record by."""


class Place(NamedTuple):
    path: str
    words: str


@dataclass(frozen=True, slots=True)
class ColumnRow:
    """A column of the form: `box` is what its select is called, `sure` and `look` say how sure its place is."""

    box: str
    name: str
    samples: Shown
    path: str
    sure: str
    look: str
    reason: str


@dataclass(frozen=True, slots=True)
class MapForm:
    """What the form shows: groups of places for its selects, a row for each column, what rows can be matched by, and how many
    columns there are that it does not show."""

    places: Sequence[tuple[str, Sequence[Place]]]
    rows: Sequence[ColumnRow]
    keys: Sequence[Place]
    found_key: str
    more: int


def map_form(catalogue: Catalogue, of: Object, contents: Contents, chosen: Mapping[str, str]) -> MapForm:
    """The form for the columns of a file; `chosen` are the places that somebody chose before."""
    guessed = guess(catalogue, of, contents.columns, {REASON: ""} if REASON in contents.columns else {})
    guessed = without_foreign(catalogue, guessed, lambda column: list(contents.samples.get(column, ())))
    shown = guessed.columns[:MOST_COLUMNS]
    known = targets(catalogue, of)
    chosen = {column: path for column, path in chosen.items() if not path or path in known}
    rows = [_row(at, each, contents, chosen.get(each.column)) for at, each in enumerate(shown)]
    paths = [row.path for row in rows if row.path]
    return MapForm(
        places(catalogue, of, paths),
        rows,
        _keys(catalogue, of, paths),
        _found_key(catalogue, of, guessed, chosen),
        len(guessed.columns) - len(shown),
    )


def chosen_columns(form: FormData, contents: Contents) -> dict[str, str]:
    """Where a form says that each column goes that it shows."""
    shown = ((name, form.get(_box(at))) for at, name in enumerate(contents.columns[:MOST_COLUMNS]))
    return {name: path for name, path in shown if isinstance(path, str)}


def box_of(contents: Contents, column: str) -> str:
    """The select of a column, "" where the form does not show it."""
    shown = list(contents.columns[:MOST_COLUMNS])
    return _box(shown.index(column)) if column in shown else ""


def places(catalogue: Catalogue, of: Object, taken: Sequence[str] = ()) -> list[tuple[str, Sequence[Place]]]:
    """Where columns can go, in groups: the object's own values, then those of each record that it is related to.  What nobody
    looks for is left out, unless it is `taken`."""
    groups: dict[str, list[Place]] = {}
    for path, target in targets(catalogue, of).items():
        if path in taken or not _is_seldom(target):
            group = (
                of.label or naming.label(of.singular) if target.relation is None else f"The {_label(target.relation)} that it belongs to"
            )
            groups.setdefault(group, []).append(Place(path, in_words(catalogue, of, path)))
    return list(groups.items())


def words(target: Target) -> str:
    """A place in words: "Emails, primary email"."""
    if target.field is None:
        return "Id"
    name = _label(target.field)
    if target.adds:
        return f"{name}, one more"
    part = target.field.type.part(target.part) if target.part else None
    if part is None:
        return f"{name}, all in one text" if target.field.type.composite else name
    return f"{name}, {naming.in_a_sentence(naming.label(part.name))}"


def in_words(catalogue: Catalogue, of: Object, path: str) -> str:
    """A path in words, with the record that it is of where that is a related one."""
    target = find_target(catalogue, of, path)
    return words(target) if target.relation is None else f"{_label(target.relation)}: {words(target)}"


def _row(at: int, mapped: MappedColumn, contents: Contents, chosen: str | None) -> ColumnRow:
    some = contents.samples.get(mapped.column, ())
    samples = Shown(tuple(ShownPiece(each) for each in some), True, True)
    path = mapped.path if chosen is None else chosen
    sure, look, reason = _sure(mapped) if path == mapped.path else ("you chose", "good" if path else "off", "")
    return ColumnRow(_box(at), mapped.column, samples, path, sure, look, reason)


def _sure(mapped: MappedColumn) -> tuple[str, str, str]:
    if not mapped.path:
        return "left out", "off", mapped.reason
    return (
        ("sure", "good", mapped.reason)
        if mapped.score >= _SURE
        else ("likely" if mapped.score >= _LIKELY else "a guess", "warn", mapped.reason)
    )


def _keys(catalogue: Catalogue, of: Object, paths: Sequence[str]) -> list[Place]:
    """What rows can be matched by: what the object has unique, and what columns say."""
    unique = [each.path for each in stored(of) if each.unique]
    own = [path for path in paths if (target := find_target(catalogue, of, path)).relation is None and not target.adds]
    return [Place(path, words(find_target(catalogue, of, path))) for path in dict.fromkeys((*own, *unique))]


def _found_key(catalogue: Catalogue, of: Object, guessed: ColumnMap, chosen: Mapping[str, str]) -> str:
    """What rows are matched by where nobody chooses, in words; "" where that has to be chosen."""
    mapped = tuple(MappedColumn(each.column, chosen.get(each.column, each.path), each.score, each.reason) for each in guessed.columns)
    try:
        return in_words(catalogue, of, matching_key(catalogue, of, ColumnMap(of, mapped), None))
    except IcosaError:
        return ""


def _is_seldom(target: Target) -> bool:
    if target.field is None:
        return False
    if target.relation is None:
        return target.field.name in ("createdBy", "position")
    return target.field.name in _SELDOM or (target.part != "" and not target.is_primary and not target.field.type.about.name)


def _label(of: object) -> str:
    name: str = getattr(of, "label", "") or naming.label(getattr(of, "name", ""))
    return name


def _box(at: int) -> str:
    return f"c{at}"
