"""What a chain begins with: items in a file, and those of an earlier run."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from icosa.chains.chain import INPUT
from icosa.chains.item import ChainItem
from icosa.errors import InvalidValue
from icosa.imports.rows import BadRow, Unreadable, open_rows

_OF_A_RUN = ({"step", "at", "from", "item"}, {"step", "at", "from", "error"})


def read_items(path: Path | str) -> list[ChainItem]:
    """The items of a file: rows of CSV, JSON Lines, JSON and whatever else is imported, by column.

    What `icosa run chain.toml` printed is read as the items of the last step in it.  A row that cannot be read is an item
    with an error; a cell that holds no value is left out.  Raises InvalidValue for a file that cannot be read at all.
    """
    rows = open_rows(str(path), keep_totals=True)
    found = list(rows.rows)
    if set(rows.columns) <= set.union(*_OF_A_RUN) and {"step", "at"} <= set(rows.columns):
        return _of_a_run([each.values for each in found if not isinstance(each, BadRow)])
    return [
        ChainItem(INPUT, at, error=InvalidValue(f"row {each.row.number}", each.reason))
        if isinstance(each, BadRow)
        else ChainItem(INPUT, at, {name: value for name, value in each.values.items() if not isinstance(value, Unreadable)})
        for at, each in enumerate(found)
    ]


def items_of(given: Iterable[Any] | None) -> list[ChainItem] | None:
    """Values, or items of an earlier run, as the items that a chain begins with; those that failed are left out."""
    if given is None:
        return None
    if isinstance(given, str | Mapping):
        raise InvalidValue("items", "is one value; give a list of them")
    found = list(given)
    if any(isinstance(each, ChainItem) and each.step != INPUT for each in found):
        found = [each for each in found if not (isinstance(each, ChainItem) and each.error)]
    return [_begun(at, each) for at, each in enumerate(found)]


def as_line(item: ChainItem, value: Any) -> str:
    """An item as a line of JSON, with `value` for its value."""
    above = item.parent
    line: dict[str, Any] = {"step": item.step, "at": item.at, "from": None if above is None else {"step": above.step, "at": above.at}}
    if item.error is None:
        line["item"] = value
    else:
        line["error"] = {"code": item.error.code, "message": item.error.message}
    return json.dumps(line, ensure_ascii=False)


def _begun(at: int, given: Any) -> ChainItem:
    if isinstance(given, ChainItem):
        return ChainItem(INPUT, at, given.value, given.error)
    return ChainItem(INPUT, at, given)


def _of_a_run(lines: Iterable[Mapping[str, Any]]) -> list[ChainItem]:
    held: dict[str, list[Any]] = {}
    for each in lines:
        held.setdefault(each["step"], []).extend([each["item"]] if "item" in each else [])
    last = list(held.values())[-1] if held else []
    return [ChainItem(INPUT, at, each) for at, each in enumerate(last)]
