"""A recipe for an export that has none yet, to be edited: what its headings say, with samples of what stands below them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Final, Unpack

from icosa.catalogue.actions import find_object
from icosa.catalogue.columns import columns as stored
from icosa.catalogue.junctions import junction
from icosa.catalogue.model import Catalogue, Object
from icosa.client.actions import Client
from icosa.client.bulk.evidence import look_through, watched
from icosa.client.bulk.mapping import Mapped, guess
from icosa.client.bulk.mapping import Mapping as Columns
from icosa.client.bulk.normalising.conventions import Conventions
from icosa.client.bulk.normalising.reading import reader
from icosa.client.bulk.part import MERGE, REPEATS
from icosa.client.bulk.preparing import is_said, named, reading
from icosa.client.bulk.recipes import toml
from icosa.client.bulk.recipes.reading import VERSION
from icosa.client.bulk.recipes.samples import Samples, samples
from icosa.client.bulk.rows import open_rows
from icosa.client.bulk.rows.heading import REASON
from icosa.client.bulk.settings import Settings, settled
from icosa.client.bulk.targets import find_target
from icosa.errors import InvalidInput, InvalidValue

_USUAL: Final = ("companies", "people", "opportunities", "notes")
"""What exports of contacts hold, in the order in which they can be linked."""

_SURE: Final = 0.6


@dataclass(frozen=True, slots=True)
class _Table:
    """What goes to one object, and by what its records are known; `sure` is whether the recipe says it, rather than
    proposes it."""

    of: Object
    columns: tuple[Mapped, ...]
    keys: tuple[str, ...]
    values: Mapping[str, str]
    attach: tuple[str, ...]
    sure: bool


def save_recipe(client: Client, source: Any, path: Path | str, resource: str | None = None, **settings: Unpack[Settings]) -> Path:
    """Writes a recipe for a source, to be edited (`draft`); options are those of an import, and stand in it.

    Raises InvalidValue for a place where a file is already, or none can be written, and as reading the source does.
    """
    said = draft(client.catalogue, source, resource, settled("save_recipe", settings, Settings.__annotations__))
    try:
        with Path(path).open("x", encoding="utf-8") as file:
            file.write(said)
    except FileExistsError:
        raise InvalidValue(str(path), "is there already; give another place for the recipe, or remove that file") from None
    except OSError as error:
        raise InvalidValue(str(path), f"cannot be written: {error.strerror}. Give another place for the recipe") from None
    return Path(path)


def draft(catalogue: Catalogue, source: Any, resource: str | None = None, settings: Mapping[str, Any] | None = None) -> str:
    """The text of a recipe for a source; `resource` says whose records its rows are before all, `settings` are those of an
    import and stand in it.  Raises as reading the source does."""
    settings = settings or {}
    opened = open_rows(source, **reading(settings))
    columns = [each for each in opened.columns if each != REASON]
    seen = samples(opened.rows, columns)
    conventions = settings.get("conventions") or Conventions()
    tables = _tables(catalogue, columns, resource, settings.get("columns") or {})
    how = {**({"delimiter": opened.written.delimiter} if opened.written else {}), **reading(settings)}
    told = {**_shown(catalogue, tables, source, settings, conventions), **_told(conventions)}
    gone = [name for name, path in (settings.get("columns") or {}).items() if not path]
    left = [each for each in columns if each not in gone and not any(each == one.column for table in tables for one in table.columns)]
    sections = [
        _beginning(named(source), gone, left, seen, bool(settings.get("create_links"))),
        _file(how, dict(opened.found)),
        _conventions(told, seen),
        *(section for table in tables for section in _section(catalogue, table, seen)),
    ]
    return "\n\n".join("\n".join(each) for each in sections if each) + "\n"


def _tables(catalogue: Catalogue, columns: Sequence[str], resource: str | None, told: Mapping[str, str]) -> list[_Table]:
    """Each column goes where its name says it best; a resource that is told comes before the others."""
    main = find_object(catalogue, resource) if resource else None
    usual = [catalogue.by_plural[name] for name in _USUAL if name in catalogue.by_plural]
    objects = usual if main is None or main in usual else [main]
    best: dict[str, tuple[float, Object, Mapped]] = {}
    for of in objects:
        said = {name: path for name, path in told.items() if of is main or not path}
        for each in guess(catalogue, of, columns, said).columns:
            to, mapped = _own(catalogue, of, each)
            score = mapped.score + (1 if of is main else 0)
            if mapped.path and to in objects and score >= _SURE and score > best.get(each.column, (0.0,))[0]:
                best[each.column] = (score, to, mapped)
    found: list[_Table] = []
    for of in objects:
        mine = _apart([best[name][2] for name in columns if name in best and best[name][1] is of])
        if mine:
            found.append(_table(catalogue, of, mine, found, of is main))
    return found


def _own(catalogue: Catalogue, of: Object, mapped: Mapped) -> tuple[Object, Mapped]:
    """The object that has a value, and its path there: "company.name" of people is the name of a company."""
    target = find_target(catalogue, of, mapped.path) if mapped.path else None
    if target is None or target.relation is None or target.field is None:
        return of, mapped
    return catalogue.by_singular[target.relation.target], Mapped(mapped.column, target.value_path, mapped.score, mapped.reason)


def _apart(columns: Sequence[Mapped]) -> tuple[Mapped, ...]:
    """The surest of the columns that go to one place."""
    found: dict[str, Mapped] = {}
    for each in columns:
        if each.path.endswith("+"):
            found[each.column] = each
        elif each.path not in found or found[each.path].score < each.score:
            found[each.path] = each
    return tuple(each for each in columns if each in found.values())


def _table(catalogue: Catalogue, of: Object, columns: tuple[Mapped, ...], before: Sequence[_Table], main: bool) -> _Table:
    paths = {each.path for each in columns}
    linked = [each.name for each in of.belongs_to if any(each.target == one.of.singular for one in before)]
    joined = junction(catalogue, of)
    attach = tuple(one.of.plural for one in reversed(before) if joined and one.of.plural in joined.to)
    values: dict[str, str] = {}
    if of.label_identifier != "id" and not is_said(paths, of.label_identifier):
        named_by = next((each.column for one in before for each in one.columns if each.path == "name"), "")
        if of.field_by_name[of.label_identifier].type_name == "TEXT" and (named_by or attach):
            values = {of.label_identifier: f"{{{named_by}}}" if linked and named_by else "Note"}
    keys = [column.path for column in stored(of) if column.unique and is_said(paths, column.path)]
    keys += ["domainName"] if is_said(paths, "domainName") and not any(each.startswith("domainName") for each in keys) else []
    if is_said({*paths, *values}, of.label_identifier):
        keys.append(" + ".join((of.label_identifier, *linked[:1])))
    sure = main or (bool(keys) and (len(columns) > 1 or of.plural in ("companies", "people")))
    return _Table(of, columns, tuple(keys), values, attach, sure)


def _beginning(source: str, gone: Sequence[str], left: Sequence[str], seen: Samples, create_links: bool) -> list[str]:
    lines = [
        f"# How {toml.remark(source)} is read. The comments show what stands in it.",
        "# Edit this, then see what it would do: icosa plan FILE --recipe THIS",
        f"version = {VERSION}",
    ]
    lines += [f"ignore = {toml.value(gone)}"] if gone else []
    lines += ["create-links = true"] if create_links else []
    if left:
        lines += ["", "# Columns that go nowhere yet: put them into a table below, or here.", f"# ignore = {toml.value(left)}"]
        lines += toml.commented(f"{toml.text(each)}: {toml.remark(seen.of(each))}" for each in left)
    return lines


def _file(how: Mapping[str, Any], found: Mapping[str, str]) -> list[str]:
    lines = toml.table("file", {name.replace("_", "-"): each for name, each in how.items()})
    lines += [] if "head" in how else ["# head = 1  # the row that names the columns, where it is not found by itself"]
    return [*lines, *toml.commented(toml.remark(f"{name}: {each}") for name, each in found.items() if name != "delimiter")]


def _conventions(told: Mapping[str, Any], seen: Samples) -> list[str]:
    lines = toml.table("conventions", told)
    if "empty" not in told and seen.empty:
        lines.append(f"empty = {toml.value(list(seen.empty))}  # words of this file that say nothing")
    elif "empty" not in told:
        lines.append('# empty = ["none", "-"]  # words that say nothing')
    wanted = {"date-order": "dmy", "decimal": ",", "currency": "EUR", "region": "DE"}
    return [*lines, *(f"# {name} = {toml.text(each)}" for name, each in wanted.items() if name not in told)]


def _told(conventions: Conventions) -> dict[str, Any]:
    """The conventions that are not the usual ones, by their names in a recipe."""
    usual = Conventions()
    held = {each.name: getattr(conventions, each.name) for each in fields(Conventions) if each.name != "codes"}
    said = {name: each for name, each in held.items() if each not in (getattr(usual, name), ())}
    return {"empty" if name == "unknown" else name.replace("_", "-"): each for name, each in said.items()}


def _shown(
    catalogue: Catalogue, tables: Sequence[_Table], source: Any, settings: Mapping[str, Any], conventions: Conventions
) -> dict[str, Any]:
    """What all columns show about dates and numbers that show anything, where they agree."""
    watches = {name: each for one in tables for name, each in watched(catalogue, Columns(one.of, one.columns), conventions).items()}
    found = look_through(watches, open_rows(source, **reading(settings)).rows, conventions).conventions.values() if watches else ()
    said: dict[str, Any] = {}
    for name in ("date_order", "decimal"):
        ways = {getattr(each, name) for each in found} - {None}
        if len(ways) == 1:
            said[name.replace("_", "-")] = ways.pop()
    return said


def _section(catalogue: Catalogue, table: _Table, seen: Samples) -> list[list[str]]:
    """The tables of an object, and the words of the columns that go to its options; such a column is proposed alone, since
    no row of it would go in before its words are told."""
    name = table.of.plural
    keys = toml.value(table.keys if len(table.keys) > 1 else table.keys[0]) if table.keys else ""
    head = [f"[{name}]", f"key = {keys}" if keys else f'# key = "{table.of.label_identifier}"']
    head += [f"repeats = {toml.text(MERGE)}  # or {', '.join(each for each in REPEATS if each != MERGE)}"]
    head += [f"attach = {toml.value(table.attach)}"] if table.attach else []
    unread = {each.column: words for each in table.columns if (words := _words(catalogue, table.of, each, seen))}
    said, untold = (
        toml.pairs((each.column, each.path, seen.of(each.column)) for each in table.columns if (each.column in unread) is is_unread)
        for is_unread in (False, True)
    )
    lines = [*head, "", f"[{name}.columns]", *said]
    lines += ["# Once its words are told below:", *toml.commented(untold)] if untold else []
    if table.values:
        lines += ["", f"[{name}.values]", *(f"{path} = {toml.text(each)}" for path, each in table.values.items())]
    sections = [lines, *unread.values()]
    return sections if table.sure else [["# Perhaps:", *toml.commented(line for each in sections for line in (*each, ""))]]


def _words(catalogue: Catalogue, of: Object, mapped: Mapped, seen: Samples) -> list[str]:
    """The words of a column that are none of the options of its field, to be told what they mean."""
    target = find_target(catalogue, of, mapped.path)
    part = target.field.type.part(target.part) if target.field and not (target.field.type.composite and not target.part) else None
    options = (part.options or target.field.options) if part and target.field else ()
    if not options or target.field is None:
        return []
    read = reader(target.field, target.part, target.path, Conventions())
    unread = [each for each in seen.values[mapped.column] if not _is_read(read, each)]
    if not unread:
        return []
    return [
        f"[column.{toml.text(mapped.column)}.map]",
        f"# What its words mean, one of {', '.join(options)}:",
        *toml.commented(f'{toml.text(each)} = "{options[0]}"' for each in unread),
    ]


def _is_read(read: Any, value: str) -> bool:
    try:
        read(value)
    except InvalidInput:
        return False
    return True
