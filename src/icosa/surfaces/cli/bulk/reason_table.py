"""What is wrong with rows, by reason, each with some examples and with what mends it."""

import json
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from icosa.surfaces.cli import output
from icosa.surfaces.cli.bulk.options import row_options
from icosa.surfaces.cli.terminal import remark

if TYPE_CHECKING:
    from icosa.imports.reasons import Example, Reason
    from icosa.plans.plan import PlanFile

SHOWN = 10
"""Reasons that a person reads; a program gets all."""

_LONGEST = 40
_MOST_WORDS = 3
"""Values of a reason that are offered as saying nothing."""

_FILE = ("sheet", "head", "encoding", "delimiter", "errors-as-empty", "keep-totals")
"""Options that a recipe has in [file]."""


@dataclass(frozen=True, slots=True)
class AskedImport:
    """What was asked for: `key` is the column that rows are matched by, "" where there is none or there are several;
    `tables` are those of a recipe and the columns that go to each, None where there is no recipe."""

    key: str
    tables: Mapping[str, Sequence[str]] | None = None

    @classmethod
    def of(cls, plan: "PlanFile") -> "AskedImport":
        settings = plan.header.settings
        columns = [each for each in settings.get("columns", ()) if each["path"]]
        if "recipe" not in settings:
            return cls(next((each["column"] for each in columns if each["path"] == settings.get("key")), ""))
        return cls("", {name: [each["column"] for each in columns if each["path"].partition(".")[0] == name] for name in settings["keys"]})


def as_json(reasons: Sequence["Reason"], asked: AskedImport) -> list[dict[str, Any]]:
    return [
        {
            "column": each.column,
            "reason": each.text,
            "rows": each.count,
            "examples": [{"row": one.row, **({"value": one.value} if one.value else {})} for one in each.examples],
            "options": mends(each, asked),
            **({"recipe": in_recipe(each, asked.tables)} if asked.tables is not None else {}),
        }
        for each in reasons
    ]


def show(reasons: Sequence["Reason"], asked: AskedImport, no_color: bool) -> None:
    """A table: a line for each reason, its examples and its options below it."""
    rows = [{"count": each.count, "problem": "\n".join(filter(None, _lines(each, asked)))} for each in reasons[:SHOWN]]
    output.print_rows(rows, {"count": "Rows", "problem": "What is wrong, where, and what mends it"}, False, no_color)
    if left := reasons[SHOWN:]:
        remark(f"Other reasons: {len(left):,}, rows: {sum(each.count for each in left):,}; --json has all of them")


def mends(reason: "Reason", asked: AskedImport) -> list[str]:
    """The options with which the rows go in as they are."""
    if reason.options:
        several = asked.tables is not None and len(asked.tables) > 1
        return [_with_value(each) for each in reason.options if not (several and each == "--key")]
    if not reason.column or reason.column == asked.key or (asked.tables is not None and not _is_heading(reason.column, asked.tables)):
        return []
    words = [] if asked.tables is not None and _is_word_of_options(reason) else _words(reason)
    return [*(f"--unknown {shlex.quote(each)}" for each in words), f"--map {shlex.quote(f'{reason.column}=')}"]


def in_recipe(reason: "Reason", tables: Mapping[str, Sequence[str]] | None) -> list[str]:
    """What mends it in a recipe, by its tables and keys there."""
    if tables is None:
        return []
    if reason.options:
        names = (each.partition(" ")[0].removeprefix("--") for each in reason.options)
        return list(filter(None, (_key_of(name, reason.column, tables) for name in names)))
    column = f"column.{json.dumps(reason.column, ensure_ascii=False)}"
    if not _is_heading(reason.column, tables):
        return [f"[{table}.values]"] if (table := reason.column.partition(".")[0]) in tables else []
    return [f"[{column}.map]"] if _is_word_of_options(reason) else [f"empty in [{column}]"] if _words(reason) else []


def _key_of(option: str, column: str, tables: Mapping[str, Sequence[str]]) -> str:
    """Where a recipe says what an option does, "" where it does not."""
    if option in _FILE:
        return f"{option} in [file]"
    if option == "key":
        of = next((name for name, columns in tables.items() if column in columns or column.startswith(f"{name}.")), "")
        return f"key, or only, of [{of}]" if of else ""
    return {"create-links": "create-links = true", "unknown": "empty in [conventions]", "map": ""}.get(option, f"{option} in [conventions]")


def _is_heading(column: str, tables: Mapping[str, Sequence[str]]) -> bool:
    return any(column in columns for columns in tables.values())


def _is_word_of_options(reason: "Reason") -> bool:
    return "none of its options" in reason.text


def _words(reason: "Reason") -> list[str]:
    return [each for each in reason.repeated if _is_word(each)][:_MOST_WORDS]


def _lines(reason: "Reason", asked: AskedImport) -> Sequence[str]:
    cause = f"{reason.column}: {reason.cause}" if reason.column else reason.cause
    recipe = " or ".join(in_recipe(reason, asked.tables))
    options = " or ".join(map(_explained, mends(reason, asked)))
    return cause, ", ".join(map(_example, reason.examples)), options, f"in the recipe: {recipe}" if recipe else ""


def _explained(option: str) -> str:
    return f"{option} to leave it out" if option.startswith("--map ") and option.rstrip("'").endswith("=") else option


def _example(each: "Example") -> str:
    text = json.dumps(each.value, ensure_ascii=False) if each.value else ""
    value = text if len(text) <= _LONGEST else f'{text[: _LONGEST - 2]}…"'
    return " ".join(filter(None, (f"row {each.row}" if each.row else "", value)))


def _is_word(value: str) -> bool:
    """Whether a value is one that people write for none: words, and nothing that only a value has."""
    return any(map(str.isalpha, value)) and not any(each.isdigit() or each in "@/" for each in value)


def _with_value(option: str) -> str:
    """An option as it is written, with what it takes where nothing is told of that."""
    known = next((each for each in row_options() if option in each.opts), None)
    metavar = getattr(known, "metavar", None)
    return f"{option} {metavar}" if metavar else option
