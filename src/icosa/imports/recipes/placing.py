"""Where the columns of an export go: by their headings, as far as what stands below them agrees."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from icosa.call.targets import find_target
from icosa.catalogue.columns import columns as stored
from icosa.catalogue.junctions import junction
from icosa.catalogue.model import Catalogue, Object
from icosa.imports.column_map import LEAST_SCORE, MappedColumn, guess
from icosa.imports.preparing import is_said
from icosa.imports.recipes.fitting import Fit, fit, options_at
from icosa.imports.recipes.samples import Samples
from icosa.imports.values.conventions import Conventions
from icosa.wire.actions import find_object

_USUAL: Final = ("companies", "people", "opportunities", "notes")
"""What exports of contacts hold, in the order in which they can be linked."""

_SURE: Final = LEAST_SCORE
"""How sure a column's name has to be for a recipe to propose its place."""

_HALF: Final = 0.5
"""The share of its values that a column has to have read where it goes; with less it says something else."""


@dataclass(frozen=True, slots=True)
class Placed:
    """What goes to one object, and by what its records are known; `sure` is whether the recipe says it, rather than
    proposes it.  `held` are columns of which the headings would go there, and what stands in them would not."""

    of: Object
    columns: tuple[MappedColumn, ...]
    keys: tuple[str, ...]
    values: Mapping[str, str]
    attach: tuple[str, ...]
    sure: bool
    held: tuple[MappedColumn, ...] = ()


def placed_columns(
    catalogue: Catalogue, columns: Sequence[str], resource: str | None, explicit: Mapping[str, str], seen: Samples, conventions: Conventions
) -> list[Placed]:
    """Each column goes where its name says it best; a resource that is told comes before the others.  One whose words are
    none of the options of its place is held back."""
    main = find_object(catalogue, resource) if resource else None
    usual = [catalogue.by_plural[name] for name in _USUAL if name in catalogue.by_plural]
    objects = usual if main is None or main in usual else [main]
    best: dict[str, tuple[float, Object, MappedColumn]] = {}
    held: dict[Object, list[MappedColumn]] = {}
    for of in objects:
        own = {name: path for name, path in explicit.items() if of is main or not path}
        found, unfit = _fitting(catalogue, of, columns, own, seen, conventions)
        held[of] = unfit
        for each in found:
            to, mapped = _own(catalogue, of, each)
            score = mapped.score + (1 if of is main else 0)
            if mapped.path and to in objects and score >= _SURE and score > best.get(each.column, (0.0,))[0]:
                best[each.column] = (score, to, mapped)
    tables: list[Placed] = []
    for of in objects:
        mine = _apart([best[name][2] for name in columns if name in best and best[name][1] is of])
        if mine:
            kept = [each for each in held.get(of, ()) if each.column not in best and each.path not in {one.path for one in mine}]
            tables.append(replace(_table(catalogue, of, mine, tables, of is main), held=tuple(kept)))
    return tables


def withheld(catalogue: Catalogue, table: Placed, seen: Samples, by_column: Mapping[str, Conventions], conventions: Conventions) -> Placed:
    """A table without the columns most of whose values cannot be read as the recipe says; what records are known by stays,
    and so do options, whose words the recipe maps."""
    known_by = {path.partition(".")[0] for key in table.keys for path in key.split(" + ")}
    held = [
        each
        for each in table.columns
        if each.path.partition(".")[0] not in known_by
        and not options_at(catalogue, table.of, each.path)
        and fit(catalogue, table.of, each, seen.values[each.column], by_column.get(each.column, conventions)).share < _HALF
    ]
    return replace(table, columns=tuple(each for each in table.columns if each not in held), held=(*table.held, *held))


def _fitting(
    catalogue: Catalogue, of: Object, columns: Sequence[str], explicit: Mapping[str, str], seen: Samples, conventions: Conventions
) -> tuple[Sequence[MappedColumn], list[MappedColumn]]:
    """Where columns go of an object, and those that are held back so that others can go there: of two whose headings go to
    the same options the one counts whose words fit better."""

    def fits(column: str, path: str) -> Fit:
        return fit(catalogue, of, MappedColumn(column, path, 1.0, ""), seen.values[column], conventions)

    def is_unfit(mapped: MappedColumn) -> bool:
        if mapped.column in explicit or not mapped.path or not options_at(catalogue, of, mapped.path):
            return False
        share = fits(mapped.column, mapped.path).share
        others = (each for each in columns if each not in (mapped.column, *explicit, *held) and seen.values[each])
        rivals = (each for each in others if guess(catalogue, of, [each]).columns[0].path == mapped.path)
        return share < _HALF or any(fits(each, mapped.path).share > share for each in rivals)

    held: dict[str, MappedColumn] = {}
    while True:
        found = guess(catalogue, of, columns, {**explicit, **dict.fromkeys(held, "")}).columns
        unfit = [each for each in found if is_unfit(each)]
        if not unfit:
            return found, list(held.values())
        held |= {each.column: each for each in unfit}


def _own(catalogue: Catalogue, of: Object, mapped: MappedColumn) -> tuple[Object, MappedColumn]:
    """The object that has a value, and its path there: "company.name" of people is the name of a company."""
    target = find_target(catalogue, of, mapped.path) if mapped.path else None
    if target is None or target.relation is None or target.field is None:
        return of, mapped
    return catalogue.by_singular[target.relation.target], MappedColumn(mapped.column, target.value_path, mapped.score, mapped.reason)


def _apart(columns: Sequence[MappedColumn]) -> tuple[MappedColumn, ...]:
    """The surest of the columns that go to one place."""
    found: dict[str, MappedColumn] = {}
    for each in columns:
        if each.path.endswith("+"):
            found[each.column] = each
        elif each.path not in found or found[each.path].score < each.score:
            found[each.path] = each
    return tuple(each for each in columns if each in found.values())


def _table(catalogue: Catalogue, of: Object, columns: tuple[MappedColumn, ...], before: Sequence[Placed], main: bool) -> Placed:
    paths = {each.path for each in columns}
    linked = [each.name for each in of.belongs_to if any(each.target == one.of.singular for one in before)]
    joined = junction(catalogue, of)
    attach = tuple(one.of.plural for one in reversed(before) if joined and one.of.plural in joined.to)
    values: dict[str, str] = {}
    if of.label_identifier != "id" and not is_said(paths, of.label_identifier):
        if of.field_by_name[of.label_identifier].type_name == "TEXT" and (names := _names(before) if linked else []):
            values = {of.label_identifier: " ".join(f"{{{each}}}" for each in names)}
        elif of.field_by_name[of.label_identifier].type_name == "TEXT" and attach:
            values = {of.label_identifier: f"{{{columns[0].column}}}"}  # two remarks on one record are two notes
    keys = [column.path for column in stored(of) if column.unique and is_said(paths, column.path)]
    keys += ["domainName"] if is_said(paths, "domainName") and not any(each.startswith("domainName") for each in keys) else []
    if is_said({*paths, *values}, of.label_identifier):
        keys += [" + ".join((of.label_identifier, *linked[:many])) for many in range(len(linked), 0, -1)] or [of.label_identifier]
    sure = main or bool(attach) or (bool(keys) and (len(columns) > 1 or of.plural in ("companies", "people")))
    return Placed(of, columns, tuple(keys), values, attach, sure)


def _names(tables: Sequence[Placed]) -> list[str]:
    """The columns that say what the other records of a row are called: what has no name of its own is called after them."""
    return [each.column for one in tables for each in one.columns if each.path.partition(".")[0] == one.of.label_identifier]
