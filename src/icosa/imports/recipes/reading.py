"""A recipe out of a file of TOML.  What it says is checked for its form here; `binding` holds it against a workspace."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any, Final

from icosa.catalogue.kinds import shown
from icosa.errors import InvalidInput, InvalidValue
from icosa.imports.import_part import MERGE, REPEATS
from icosa.imports.recipes.recipe import Condition, Recipe, RecipeColumn, Table
from icosa.imports.values.conventions import Conventions
from icosa.toml.faults import Keys, TomlFaults, not_there
from icosa.toml.reading import TooMuch, toml

VERSION: Final = 1
"""Raise it where a recipe of before would mean something else now."""

FILE: Final[dict[str, type]] = {
    "head": int, "sheet": str, "delimiter": str, "encoding": str, "errors-as-empty": bool, "keep-totals": bool
}  # fmt: skip
CONVENTIONS: Final = {each.name.replace("_", "-"): each.name for each in fields(Conventions) if each.name not in ("unknown", "codes")}
_TOP: Final = ("version", "ignore", "only", "create-links", "file", "conventions", "column")
_COLUMN: Final = ("map", "empty", *CONVENTIONS)
_TABLE: Final = ("key", "repeats", "only", "link", "attach", "columns", "values", "defaults")
_CONDITION: Final = ("column", "is", "equals", "one-of")
_WORDS: Final = {str: "a text", int: "a number", bool: "true or false", list: "a list of texts", dict: "a table"}


def read_recipe(path: Path | str) -> Recipe:
    """The recipe of a file.  Raises InvalidValue, with the line, for a file that cannot be read, is no TOML, is of another
    version, or says what no recipe can."""
    try:
        text = Path(path).read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is no text in UTF-8"
        raise InvalidValue(str(path), f"cannot be read as a recipe: {reason}. icosa plan FILE --save-recipe writes one") from None
    return recipe_of(text, str(path))


def recipe_of(text: str, path: str = "recipe") -> Recipe:
    """The recipe that a text says.  Raises as `read_recipe` does."""
    try:
        data = toml(text)
    except tomllib.TOMLDecodeError as error:
        raise InvalidValue(Path(path).name, f"is no TOML: {error}. Texts and headings with blanks stand in quotes") from None
    except TooMuch as error:
        raise InvalidValue(Path(path).name, str(error)) from None
    if data.get("version") != VERSION:
        version = f"version {shown(data['version'])}" if "version" in data else "none"
        raise InvalidValue(Path(path).name, f"says {version}, and recipes of this Icosa begin with version = {VERSION}")
    faults = TomlFaults(path, text)
    found = _Reading(faults).recipe(data, path, text)
    faults.refuse()
    return found


class _Reading:
    """Reads the parts of a recipe; what is wrong goes to the faults, and is taken for not said."""

    def __init__(self, faults: TomlFaults) -> None:
        self._faults = faults

    def recipe(self, table: Mapping[str, Any], path: str, text: str) -> Recipe:
        names = [name for name, value in table.items() if name not in _TOP and isinstance(value, dict)]
        for name in table:
            if name not in (*_TOP, *names):
                self._faults.unknown((name,), "key", _TOP)
        file, conventions = self._of(dict, table, ("file",)), self._of(dict, table, ("conventions",))
        self._known(file, ("file",), FILE)
        if file.get("head") is not None and self._of(int, file, ("file", "head")) < 1:
            self._faults.add(("file", "head"), "head is the row that names the columns; rows count from 1")
        columns = self._of(dict, table, ("column",))
        return Recipe(
            path,
            text,
            {name.replace("-", "_"): value for name in file if name in FILE and (value := self._of(FILE[name], file, ("file", name)))},
            self._conventions(conventions, ("conventions",), ("empty",)),
            self._texts(conventions, ("conventions", "empty")),
            self._conditions(table, ("only",)),
            self._texts(table, ("ignore",)),
            self._of(bool, table, ("create-links",)),
            {name: self._column(columns, ("column", name)) for name in columns},
            tuple(self._table(table[name], name) for name in names),
        )

    def _table(self, table: Mapping[str, Any], name: str) -> Table:
        self._known(table, (name,), _TABLE)
        repeats = self._of(str, table, (name, "repeats")) or MERGE
        if repeats not in REPEATS:
            self._faults.add((name, "repeats"), not_there("way to settle repeats called", repeats, REPEATS))
        key = table.get("key")
        if key == []:
            self._faults.add((name, "key"), 'names nothing to match by; write one such as key = "name", or "none"')
        return Table(
            name,
            (key,) if isinstance(key, str) else self._texts(table, (name, "key")) or None,
            repeats,
            self._conditions(table, (name, "only")),
            self._places(table, (name, "link")) if "link" in table else None,
            self._texts(table, (name, "attach")),
            self._places(table, (name, "columns")),
            self._flat(table, (name, "values")),
            self._flat(table, (name, "defaults")),
        )

    def _column(self, columns: Mapping[str, Any], keys: Keys) -> RecipeColumn:
        table = self._of(dict, columns, keys)
        mapped = self._of(dict, table, (*keys, "map"))
        for word, value in mapped.items():
            if not isinstance(value, str | int | float | bool):
                self._faults.add((*keys, "map", word), f'{shown(value)} is no value; write one such as {word!r} = "PROPOSAL"')
        return RecipeColumn(mapped, self._texts(table, (*keys, "empty")), self._conventions(table, keys, _COLUMN))

    def _conventions(self, table: Mapping[str, Any], keys: Keys, beside: Iterable[str]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for name, value in table.items():
            if name not in CONVENTIONS:
                if name not in beside:
                    self._faults.unknown((*keys, name), "key", dict.fromkeys((*beside, *CONVENTIONS)))
                continue
            if not isinstance(value, bool if name == "exact" else str):
                self._faults.add((*keys, name), f"{shown(value)} is not {_WORDS[bool if name == 'exact' else str]}")
                continue
            read: dict[str, Any] = {CONVENTIONS[name]: value}
            try:
                Conventions(**read)
            except InvalidInput as error:
                self._faults.add((*keys, name), error.problem if isinstance(error, InvalidValue) else error.message)
            else:
                found |= read
        return found

    def _conditions(self, table: Mapping[str, Any], keys: Keys) -> tuple[Condition, ...]:
        entry = table.get(keys[-1], [])
        found = [self._condition(each, keys) for each in (entry if isinstance(entry, list) else [entry])]
        return tuple(each for each in found if each is not None)

    def _condition(self, table: Any, keys: Keys) -> Condition | None:
        if not isinstance(table, dict) or not isinstance(table.get("column"), str):
            self._faults.add(keys, 'is no condition; write one such as { column = "E-Mail", is = "set" }, or a list of them')
            return None
        self._known(table, keys, _CONDITION)
        ways = [name for name in _CONDITION[1:] if name in table]
        value = table[ways[0]] if len(ways) == 1 else None
        match ways:
            case ["is"] if value in ("set", "empty"):
                return Condition(table["column"], is_set=value == "set")
            case ["equals"] if isinstance(value, str):
                return Condition(table["column"], among=(value,))
            case ["one-of"] if isinstance(value, list) and value and all(isinstance(each, str) for each in value):
                return Condition(table["column"], among=tuple(value))
        self._faults.add(keys, 'says of its column one of is = "set", is = "empty", equals = "a text" and one-of = ["a", "list"]')
        return None

    def _places(self, table: Mapping[str, Any], keys: Keys) -> dict[str, str]:
        """A table of texts."""
        held = self._of(dict, table, keys)
        found: dict[str, str] = {}
        for name, value in held.items():
            if isinstance(value, dict):
                self._faults.add((*keys, name), f"{name!r} is a heading with a dot; put all of it in quotes")
            elif not isinstance(value, str):
                self._faults.add((*keys, name), f"{shown(value)} is not a text")
            else:
                found[name] = value
        return found

    def _flat(self, table: Mapping[str, Any], keys: Keys) -> dict[str, Any]:
        """Values by path; `name.firstName = "Ada"` may stand there with its quotes or without."""

        def flat(held: Mapping[str, Any], before: str) -> Iterable[tuple[str, Any]]:
            for name, value in held.items():
                yield from flat(value, f"{before}{name}.") if isinstance(value, dict) else ((before + name, value),)

        return dict(flat(self._of(dict, table, keys), ""))

    def _texts(self, table: Mapping[str, Any], keys: Keys) -> tuple[str, ...]:
        found = self._of(list, table, keys)
        if not all(isinstance(each, str) for each in found):
            self._faults.add(keys, "is not a list of texts")
            return ()
        return tuple(found)

    def _of(self, kind: type, table: Mapping[str, Any], keys: Keys) -> Any:
        """What stands at a place, where it is of that kind; else nothing of the kind."""
        value = table.get(keys[-1])
        if value is None:
            return kind()
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            self._faults.add(keys, f"{keys[-1]} is {shown(value)}, and is to be {_WORDS[kind]}")
            return kind()
        return value

    def _known(self, table: Mapping[str, Any], keys: Keys, known: Iterable[str]) -> None:
        for name in table:
            if name not in known:
                self._faults.unknown((*keys, name), "key", known)
