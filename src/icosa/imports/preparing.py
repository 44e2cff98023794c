"""Rows, and what they say of the objects that they are of: by the names of their columns, or by a recipe."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any, Final

from icosa.call.targets import find_target
from icosa.catalogue.columns import columns as stored
from icosa.catalogue.kinds import shown
from icosa.catalogue.model import Catalogue, Object
from icosa.errors import InvalidValue
from icosa.imports.column_map import ColumnMap, MappedColumn, guess
from icosa.imports.evidence import Evidence, look_through, watched
from icosa.imports.foreign_ids import without
from icosa.imports.import_part import ImportPart
from icosa.imports.planning import Chunks
from icosa.imports.row_sheet import RowSheet
from icosa.imports.rows import open_rows
from icosa.imports.rows.heading import REASON
from icosa.imports.rows.row import BadRow, Row, Rows
from icosa.imports.shaping import RowShape, shaper
from icosa.imports.values.conventions import Conventions
from icosa.wire.actions import find_object

NO_KEY: Final = "none"
"""As a key: every row is a new record."""

_SHOWN: Final = 20
"""ColumnMap that an error lists; wider files have more than anybody reads there."""

_MEND: Final = "the first row has to name what stands below it, or say where each goes (columns, --map)"


@dataclass(frozen=True, slots=True)
class PreparedRows:
    """Rows that can be planned: what each says of each part, in their order and some at a time, and how many they are.

    `objects` are the plurals of all objects that may be written or are looked at, those of writes in their order first;
    `title` says what is done, `settings` how rows are read and matched, as a plan has it.
    """

    chunks: Chunks
    count: int | None
    parts: Sequence[ImportPart]
    objects: Sequence[str]
    title: str
    settings: Mapping[str, Any]
    create_links: bool


def by_names(catalogue: Catalogue, resource: str, source: Any, settings: Mapping[str, Any]) -> PreparedRows:
    """Rows of one resource, whose columns go where their names say.

    Raises InvalidValue for a key, column or file that is none, and UnknownObject.
    """
    opened = open_rows(source, **reading_options(settings))
    of = find_object(catalogue, resource)
    mapping = mapping_of(catalogue, of, opened, settings.get("columns", {}))
    key = matching_key(catalogue, of, mapping, settings.get("key"))
    conventions = settings.get("conventions") or Conventions()
    found = look(source, watched(catalogue, mapping, conventions), settings, conventions)
    if found.foreign:
        mapping = without(mapping, found.foreign)
        key = matching_key(catalogue, of, mapping, settings.get("key"))
    as_planned = {
        "key": key or NO_KEY,
        "columns": [_described(each, found.notes) for each in mapping.columns],
        "reading": reading_options(settings),
        "found": dict(opened.found),
    }
    shape = shaper(catalogue, mapping, conventions, found.conventions)
    part = ImportPart(of, {each.path: each.column for each in mapping.columns if each.path}, ((key,),) if key else ())
    return PreparedRows(
        partial(_sheets, shape, opened.rows),
        opened.count,
        (part,),
        [of.plural, *linked(catalogue, mapping)],
        f"import {source_name(source)} to {of.plural}",
        as_planned,
        settings.get("create_links", False),
    )


def _sheets(shape: RowShape, rows: Iterator[Row | BadRow], most: int) -> Iterator[RowSheet]:
    while some := list(islice(rows, most)):
        yield shape.sheet(some)


def mapping_of(catalogue: Catalogue, of: Object, opened: Rows, explicit: Mapping[str, str]) -> ColumnMap:
    """Where columns go by their names.  Raises InvalidValue where none goes anywhere."""
    mapping = guess(catalogue, of, opened.columns, {**({REASON: ""} if REASON in opened.columns else {}), **explicit})
    if opened.columns and not any(each.path for each in mapping.columns):
        raise InvalidValue("columns", f"none of {_listed(opened.columns)} is like a field of {of.resource}; {_MEND}")
    return mapping


def reading_options(settings: Mapping[str, Any]) -> dict[str, Any]:
    """How a source is read, as `open_rows` takes it."""
    options: dict[str, Any] = {name: settings.get(name) for name in ("sheet", "encoding", "delimiter", "head")}
    options |= {name: True for name in ("errors_as_empty", "keep_totals") if settings.get(name)}
    conventions = settings.get("conventions")
    if conventions is not None and conventions.exact:
        options["keep_totals"] = True  # what the API has was summed up by nobody
    return {name: value for name, value in options.items() if value is not None}


def look(source: Any, watches: Mapping[str, Any], settings: Mapping[str, Any], conventions: Conventions) -> Evidence:
    """What the columns show about themselves.  A stream of Arrow can be read once only, so that its values have to
    speak for themselves."""
    if not watches or (hasattr(source, "__arrow_c_stream__") and not hasattr(source, "__len__")):
        return Evidence()
    return look_through(watches, open_rows(source, **reading_options(settings)).rows, conventions)


def source_name(source: Any) -> str:
    """What a source is called."""
    return Path(source).name if isinstance(source, str | Path) else "rows"


def linked(catalogue: Catalogue, mapping: ColumnMap) -> list[str]:
    """The objects that a mapping links to."""
    relations = mapping.object.relation_by_name
    names = {each.path.partition(".")[0] for each in mapping.columns} & set(relations)
    return sorted({catalogue.by_singular[relations[name].target].plural for name in names})


def matching_key(catalogue: Catalogue, of: Object, mapping: ColumnMap, wanted: str | None) -> str:
    """The path by which rows and records are matched, "" for none."""
    paths = {each.path for each in mapping.columns}
    if wanted is None:
        unique = [column.path for column in stored(of) if column.unique and is_said(paths, column.path)]
        if not unique and "id" in paths:
            unique = ["id"]
        if not unique:
            raise InvalidValue(
                "key",
                f"nothing in these rows is unique to each of {of.resource}; say by what they are known, such as "
                f"{_suggestion(of, paths)}, or {NO_KEY} where all of them are new. "
                f"The columns are {_listed([each.column for each in mapping.columns])}",
            )
        return unique[0]
    if wanted == NO_KEY:
        return ""
    path = known_at(catalogue, of, wanted)
    if not is_said(paths, path):
        raise InvalidValue("key", f"no column goes to {path}; map one to it, or match by another value")
    return path


def known_at(catalogue: Catalogue, of: Object, path: str) -> str:
    """The path of a key: of a field, the part that it is known by.  Raises UnknownField."""
    target = find_target(catalogue, of, path)
    part = target.field.type.about.primary if target.field and not target.part else ""
    return f"{target.path}.{part}" if part else target.path


def is_said(paths: set[str], path: str) -> bool:
    """Whether a column goes to a path, to the field that it is a part of, or to a part of it."""
    return path in paths or path.partition(".")[0] in paths or any(each.startswith(f"{path}.") for each in paths)


def _listed(columns: Sequence[str]) -> str:
    """Names of columns, as many as a person reads."""
    more = f" and {len(columns) - _SHOWN} more" if len(columns) > _SHOWN else ""
    return ", ".join(map(shown, columns[:_SHOWN])) + more


def _suggestion(of: Object, paths: set[str]) -> str:
    return of.label_identifier if of.label_identifier != "id" else next(iter(sorted(paths - {""})), "id")


def _described(mapped: MappedColumn, notes: Mapping[str, str]) -> dict[str, Any]:
    """A column as the plan has it; `values` says how it is written, where its own values showed that."""
    return {**asdict(mapped), **({"values": notes[mapped.column]} if mapped.column in notes else {})}
