"""A recipe for an export that has none yet, to be edited: what its headings say, with samples of what stands below them."""

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from pathlib import Path
from typing import Any, Unpack

from icosa.catalogue.model import Catalogue
from icosa.client.blocking import Client
from icosa.errors import InvalidValue
from icosa.imports.column_map import MappedColumn
from icosa.imports.import_part import MERGE, REPEATS
from icosa.imports.preparing import reading_options, source_name
from icosa.imports.recipes import toml
from icosa.imports.recipes.fitting import Fit, fit
from icosa.imports.recipes.placing import Placed, placed_columns, withheld
from icosa.imports.recipes.reading import VERSION
from icosa.imports.recipes.samples import Samples, samples
from icosa.imports.recipes.suggesting import Suggestion, look_at, suggestions
from icosa.imports.rows import open_rows
from icosa.imports.rows.heading import REASON
from icosa.imports.settings import ImportSettings, checked_settings
from icosa.imports.values.conventions import Conventions


def save_recipe(client: Client, source: Any, path: Path | str, resource: str | None = None, **settings: Unpack[ImportSettings]) -> Path:
    """Writes a recipe for a source, to be edited (`draft`); options are those of an import, and stand in it.

    Raises InvalidValue for a place where a file is already, or none can be written, and as reading the source does.
    """
    text = draft(client.catalogue, source, resource, checked_settings("save_recipe", settings, ImportSettings.__annotations__))
    try:
        with Path(path).open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise InvalidValue(str(path), "is there already; give another place for the recipe, or remove that file") from None
    except OSError as error:
        raise InvalidValue(str(path), f"cannot be written: {error.strerror}. Give another place for the recipe") from None
    return Path(path)


def draft(
    catalogue: Catalogue,
    source: Any,
    resource: str | None = None,
    settings: Mapping[str, Any] | None = None,
    glance: int | None = None,
) -> str:
    """The text of a recipe for a source; `resource` says whose records its rows are before all, `settings` are those of an
    import and stand in it, `glance` is as for `open_rows`.  Raises as reading the source does."""
    settings = settings or {}
    opened = open_rows(source, **reading_options(settings), glance=glance)
    columns = [each for each in opened.columns if each != REASON]
    seen = samples(opened.rows, columns)
    conventions = settings.get("conventions") or Conventions()
    tables = placed_columns(catalogue, columns, resource, settings.get("columns") or {}, seen, conventions)
    how = {**({"delimiter": opened.written.delimiter} if opened.written else {}), **reading_options(settings)}
    looked = look_at(catalogue, tables, open_rows(source, **reading_options(settings), glance=glance).rows, conventions)
    explicit = _explicit(conventions)
    suggested = {name: each for name, each in suggestions(catalogue, tables, columns, seen, looked).items() if name not in explicit}
    written = replace(conventions, **{name.replace("-", "_"): each.value for name, each in suggested.items() if each.sure})
    tables = [withheld(catalogue, each, seen, looked.shown.conventions, written) for each in tables]
    gone = [name for name, path in (settings.get("columns") or {}).items() if not path]
    placed = {one.column for table in tables for one in (*table.columns, *table.held)}
    left = [each for each in columns if each not in gone and each not in placed]
    sections = [
        _beginning(source_name(source), gone, left, seen, bool(settings.get("create_links"))),
        _file(how, dict(opened.found)),
        _conventions(explicit, suggested, seen),
        *(section for table in tables for section in _section(catalogue, table, seen, written)),
    ]
    return "\n\n".join("\n".join(each) for each in sections if each) + "\n"


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


def _conventions(explicit: Mapping[str, Any], suggested: Mapping[str, Suggestion], seen: Samples) -> list[str]:
    lines = toml.table("conventions", explicit)
    if "empty" not in explicit and seen.empty:
        lines.append(f"empty = {toml.value(list(seen.empty))}  # words of this file that say nothing")
    elif "empty" not in explicit:
        lines.append('# empty = ["none", "-"]  # words that say nothing')
    for name, usual in {"date-order": "dmy", "decimal": ",", "currency": "EUR", "region": "DE"}.items():
        if each := suggested.get(name):
            lines.append(f"{'' if each.sure else '# '}{name} = {toml.text(each.value)}  # suggested: {toml.remark(each.why)}")
        elif name not in explicit:
            lines.append(f"# {name} = {toml.text(usual)}")
    return lines


def _explicit(conventions: Conventions) -> dict[str, Any]:
    """The conventions that are not the usual ones, by their names in a recipe."""
    usual = Conventions()
    held = {each.name: getattr(conventions, each.name) for each in fields(Conventions) if each.name != "codes"}
    unusual = {name: each for name, each in held.items() if each not in (getattr(usual, name), ())}
    return {"empty" if name == "unknown" else name.replace("_", "-"): each for name, each in unusual.items()}


def _section(catalogue: Catalogue, table: Placed, seen: Samples, conventions: Conventions) -> list[list[str]]:
    """The tables of an object, and the words of the columns that go to its options."""
    name = table.of.plural
    keys = toml.value(table.keys if len(table.keys) > 1 else table.keys[0]) if table.keys else ""
    head = [f"[{name}]", f"key = {keys}" if keys else f'# key = "{table.of.label_identifier}"']
    head += [f"repeats = {toml.text(MERGE)}  # or {', '.join(each for each in REPEATS if each != MERGE)}"]
    head += [f"attach = {toml.value(table.attach)}"] if table.attach else []
    lines = [*head, "", f"[{name}.columns]", *toml.pairs((each.column, each.path, seen.of(each.column)) for each in table.columns)]
    held = {each: fit(catalogue, table.of, each, seen.values[each.column], conventions) for each in table.held}
    for each, fitted in held.items():
        lines += toml.commented([f"Left out until more of it can be read: {toml.remark(fitted.reason)}"])
        lines += toml.commented(toml.pairs([(each.column, each.path, seen.of(each.column))]))
    if table.values:
        lines += ["", f"[{name}.values]", *(f"{path} = {toml.text(each)}" for path, each in table.values.items())]
    sections = [lines]
    for each in table.columns:
        sections += [_words(each, fit(catalogue, table.of, each, seen.values[each.column], conventions))]
    for each, fitted in held.items():
        sections += [toml.commented(line.removeprefix("# ") if line.startswith('# "') else line for line in _words(each, fitted))]
    sections = [each for each in sections if each]
    return sections if table.sure else [["# Perhaps:", *toml.commented(line for each in sections for line in (*each, ""))]]


def _words(mapped: MappedColumn, fitted: Fit) -> list[str]:
    """What the words of a column mean that are none of the options of its place: what they usually do, else to be told."""
    if not fitted.options or not (fitted.words or fitted.unread):
        return []
    known = "; the known ones are suggested, the commented have to be told:" if fitted.words else ":"
    return [
        f"[column.{toml.text(mapped.column)}.map]",
        f"# What its words mean, one of {', '.join(fitted.options)}{known}",
        *(f"{toml.text(word)} = {toml.text(option)}" for word, option in fitted.words.items()),
        *toml.commented(f"{toml.text(each)} = {toml.text(fitted.options[0])}" for each in fitted.unread),
    ]
