"""A recipe held against a workspace and the headings of an export: every word of it means something, or is told."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from icosa.call.targets import Target, find_target
from icosa.catalogue.columns import columns as stored
from icosa.catalogue.model import Catalogue, Object
from icosa.errors import UnknownField, UnknownObject
from icosa.imports.column_map import ColumnMap, MappedColumn
from icosa.imports.import_part import Attachment, ImportPart, Way
from icosa.imports.preparing import NO_KEY, is_said, known_at
from icosa.imports.recipes.linking import Tables, attachment_of, in_turn, links_of
from icosa.imports.recipes.recipe import Recipe, Table
from icosa.imports.recipes.texts import headings_in
from icosa.imports.rows.heading import REASON
from icosa.imports.rows.row import BadRow, Row
from icosa.imports.shaping import shaper
from icosa.imports.values.conventions import Conventions
from icosa.toml.faults import Keys, TomlFaults, not_there
from icosa.wire.actions import find_object

_LEFT_OUT: Final = "the recipe says to leave it out"
_UNSAID: Final = "the recipe does not say"


@dataclass(frozen=True, slots=True)
class Bound:
    """A table of a recipe and what it means: `mapping` has its columns, and its values as columns of their own, whose
    texts are `texts`; `fixed` are the paths that a row says nothing by."""

    table: Table
    part: ImportPart
    mapping: ColumnMap
    texts: Mapping[str, Any]
    fixed: frozenset[str]


def bind(recipe: Recipe, catalogue: Catalogue, headings: Sequence[str], conventions: Conventions) -> list[Bound]:
    """The tables of a recipe, in the order in which they can be linked to each other.  Raises InvalidValue with all that
    is wrong, each with its line."""
    faults = TomlFaults(recipe.path, recipe.text)
    found = _Binding(recipe, catalogue, headings, conventions, faults).tables()
    faults.refuse()
    return found


def by_column(recipe: Recipe, conventions: Conventions) -> dict[str, Conventions]:
    """The conventions of columns that have their own."""
    return {name: replace(conventions, **each.conventions) for name, each in recipe.columns.items() if each.conventions}


def described(recipe: Recipe, bound: Sequence[Bound], headings: Sequence[str], notes: Mapping[str, str]) -> list[dict[str, Any]]:
    """Where each column goes, as a plan has it; one that goes to several objects is there as often."""
    found: list[dict[str, Any]] = []
    for heading in (each for each in headings if each != REASON):
        paths = [f"{each.part.of.plural}.{one.path}" for each in bound for one in each.mapping.columns if one.column == heading]
        why = "the recipe" if paths else _LEFT_OUT if heading in recipe.ignore else _UNSAID
        beside = {"values": notes[heading]} if heading in notes else {}
        found += [{"column": heading, "path": path, "score": float(bool(path)), "reason": why, **beside} for path in paths or [""]]
    return found


class _Binding:
    def __init__(self, recipe: Recipe, catalogue: Catalogue, headings: Sequence[str], conventions: Conventions, faults: TomlFaults) -> None:
        self._recipe, self._catalogue, self._headings, self._faults = recipe, catalogue, headings, faults
        self._conventions = conventions

    def tables(self) -> list[Bound]:
        self._of_the_file()
        objects: Tables = {}
        for table in self._recipe.tables:
            of = self._object(table)
            if of is not None and of.plural in {each.plural for each, _ in objects.values()}:
                self._faults.add((table.name,), f"{of.plural} are there twice")
            elif of is not None:
                objects[table.name] = (of, table)
        if not self._recipe.tables:
            self._faults.add((), "has no table that says whose records rows are; write one such as [people], with [people.columns]")
        linked = {name: links_of(self._faults, objects, name) for name in objects}
        attached = {name: attachment_of(self._faults, self._catalogue, objects, name) for name in objects}
        return [self._table(*objects[name], linked[name], attached[name]) for name in in_turn(self._faults, objects, linked, attached)]

    def _of_the_file(self) -> None:
        """What is said of columns by themselves."""
        for name in self._recipe.ignore:
            self._heading(("ignore",), name)
        for name in self._recipe.columns:
            self._heading(("column", name), name)
        for condition in self._recipe.only:
            self._heading(("only",), condition.column)

    def _heading(self, keys: Keys, name: str) -> bool:
        if name in self._headings:
            return True
        self._faults.add(keys, not_there("column", name, self._headings))
        return False

    def _object(self, table: Table) -> Object | None:
        try:
            return find_object(self._catalogue, table.name)
        except UnknownObject as error:
            self._faults.add((table.name,), f"[{table.name}] is no table of a recipe, and no object of the workspace: {error.message}")
            return None

    def _table(self, of: Object, table: Table, linked: Mapping[str, str], attachment: Attachment | None) -> Bound:
        for condition in table.only:
            self._heading((table.name, "only"), condition.column)
        before = len(self._faults)
        relations = {key.removesuffix("Id") for key in linked}
        columns = list(self._columns(of, table, relations))
        constants = {f"{of.plural}.{target.path}": (target, text) for target, text in self._values(of, table, "values", relations)}
        texts = {column: text for column, (_, text) in constants.items()}
        values = [MappedColumn(column, target.path, 1.0, "the recipe") for column, (target, _) in constants.items()]
        self._apart(table, columns, values)
        mapping = ColumnMap(of, (*columns, *values))
        self._readable(mapping, table, texts)
        paths = {each.path for each in mapping.columns}
        ways = () if len(self._faults) > before else self._ways(of, table, paths, relations, attachment)  # one fault is told once
        part = ImportPart(
            of,
            {each.path: each.column for each in mapping.columns},
            ways,
            table.repeats,
            linked,
            attachment,
            self._defaults(of, table),
        )
        fixed = frozenset(each.path for each in values if columns or not headings_in(texts[each.column]))
        return Bound(table, part, mapping, texts, fixed)

    def _columns(self, of: Object, table: Table, relations: set[str]) -> Iterator[MappedColumn]:
        for heading, path in table.columns.items():
            keys = (table.name, "columns", heading)
            if not self._heading(keys, heading):
                continue
            target = self._target(of, path, keys, relations)
            if target is not None:
                yield MappedColumn(heading, target.path, 1.0, "the recipe")

    def _target(self, of: Object, path: str, keys: Keys, relations: Collection[str] = ()) -> Target | None:
        """Where something goes; not to one of the relations that the records of the row say."""
        try:
            target = find_target(self._catalogue, of, path)
        except UnknownField as error:
            self._faults.add(keys, error.message)
            return None
        if target.relation is not None and target.relation.name in relations:
            self._faults.add(keys, f"{target.relation.name} is a record of the same row, and nothing else says it; see link")
            return None
        return target

    def _values(self, of: Object, table: Table, where: str, relations: Collection[str]) -> Iterator[tuple[Target, Any]]:
        """The targets and the texts of what is the same in every row, or put together of several cells."""
        for path, text in getattr(table, where).items():
            keys = (table.name, where, path)
            for heading in headings_in(text) if where == "values" else ():
                self._heading(keys, heading)
            target = self._target(of, path, keys, relations)
            if target is not None:
                yield target, text

    def _apart(self, table: Table, columns: Sequence[MappedColumn], values: Sequence[MappedColumn]) -> None:
        """That no two say the same value."""
        by: dict[str, str] = {}
        for each in (*columns, *values):
            keys = (table.name, "columns", each.column) if each in columns else (table.name, "values", each.path)
            if each.path in by and not each.path.endswith("+"):
                self._faults.add(keys, f"{each.column!r} and {by[each.path]!r} both go to {each.path}; tell one of them another place")
            by.setdefault(each.path, each.column)

    def _readable(self, mapping: ColumnMap, table: Table, texts: Mapping[str, Any]) -> None:
        """That constants, and the values of maps, are values of their fields."""
        shape = shaper(self._catalogue, mapping, self._conventions, by_column(self._recipe, self._conventions))
        for each in mapping.columns:
            if each.column in texts and not headings_in(texts[each.column]):
                self._read(shape(Row(0, {each.column: texts[each.column]})), (table.name, "values", each.path))
            for word, value in self._recipe.columns[each.column].map.items() if each.column in self._recipe.columns else ():
                self._read(shape(Row(0, {each.column: value})), ("column", each.column, "map", word))

    def _read(self, shaped: object, keys: Keys) -> None:
        if isinstance(shaped, BadRow):
            self._faults.add(keys, shaped.reason)

    def _defaults(self, of: Object, table: Table) -> Mapping[str, Any]:
        defaults = {target.path: value for target, value in self._values(of, table, "defaults", of.relation_by_name)}
        shape = shaper(
            self._catalogue, ColumnMap(of, tuple(MappedColumn(path, path, 1.0, "the recipe") for path in defaults)), self._conventions
        )
        record: dict[str, Any] = {}
        for path, value in defaults.items():
            shaped = shape(Row(0, {path: value}))
            if isinstance(shaped, BadRow):
                self._faults.add((table.name, "defaults", path), shaped.reason)
            else:
                for name, held in shaped.record.items():
                    record[name] = {**record.get(name, {}), **held} if isinstance(held, dict) else held
        return record

    def _ways(self, of: Object, table: Table, paths: set[str], relations: set[str], attachment: Attachment | None) -> tuple[Way, ...]:
        keys = (table.name, "key")
        if table.key == (NO_KEY,):
            return ()
        if table.key is not None:
            found = [self._way(of, each, paths, relations, keys) for each in table.key]
            return tuple(each for each in found if each)
        own = [column.path for column in stored(of) if column.unique and is_said(paths, column.path)]
        if not own and attachment is not None and is_said(paths, of.label_identifier):
            own = [of.label_identifier]
        if not own:
            self._faults.add(
                (table.name,), f'does not say by what {of.plural} are known; write one such as key = "{of.label_identifier}", or "{NO_KEY}"'
            )
        return tuple((each,) for each in own[:1])

    def _way(self, of: Object, text: str, paths: set[str], relations: set[str], keys: Keys) -> Way:
        """What stands between the +: paths, and relations to records of the same row."""
        way: list[str] = []
        for name in map(str.strip, text.split("+")):
            if name in relations or name.removesuffix("Id") in relations:
                way.append(f"{name.removesuffix('Id')}Id")
                continue
            target = self._target(of, name, keys)
            if target is None:
                continue
            path = known_at(self._catalogue, of, name)
            if target.relation is not None or not is_said(paths, path):
                self._faults.add(keys, f"no column and no value goes to {path}; map one to it, or match by another value")
            way.append(path)
        if not set(way) - {f"{each}Id" for each in relations}:
            self._faults.add(keys, f"{text!r} has no value of its own to match by; add one, such as {of.label_identifier}")
            return ()
        return tuple(way)
