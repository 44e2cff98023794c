"""What is wrong with rows, by reason, each with some examples and with what mends it."""

import json
import shlex
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from icosa.surfaces.cli import output
from icosa.surfaces.cli.bulk.options import row_options
from icosa.surfaces.cli.terminal import remark

if TYPE_CHECKING:
    from icosa.client.bulk.reasons import Example, Reason

SHOWN = 10
"""Reasons that a person reads; a program gets all."""

_LONGEST = 40
_WORDS = 3
"""Values of a reason that are offered as saying nothing."""


def as_json(reasons: Sequence["Reason"], key: str) -> list[dict[str, Any]]:
    return [
        {
            "column": each.column,
            "reason": each.text,
            "rows": each.count,
            "examples": [{"row": one.row, **({"value": one.value} if one.value else {})} for one in each.examples],
            "options": mends(each, key),
        }
        for each in reasons
    ]


def show(reasons: Sequence["Reason"], key: str, no_color: bool) -> None:
    """A table: a line for each reason, its examples and its options below it."""
    rows = [{"count": each.count, "told": "\n".join(filter(None, _lines(each, key)))} for each in reasons[:SHOWN]]
    output.print_rows(rows, {"count": "Rows", "told": "What is wrong, where, and what mends it"}, False, no_color)
    if left := reasons[SHOWN:]:
        remark(f"Other reasons: {len(left):,}, rows: {sum(each.count for each in left):,}; --json has all of them")


def mends(reason: "Reason", key: str) -> list[str]:
    """The options with which the rows go in as they are; `key` is the column that rows are matched by."""
    if reason.options:
        return list(map(_with_value, reason.options))
    if not reason.column or reason.column == key:
        return []
    words = [each for each in reason.repeated if _is_word(each)][:_WORDS]
    return [*(f"--unknown {shlex.quote(each)}" for each in words), f"--map {shlex.quote(f'{reason.column}=')}"]


def _lines(reason: "Reason", key: str) -> Sequence[str]:
    cause = f"{reason.column}: {reason.cause}" if reason.column else reason.cause
    return cause, ", ".join(map(_example, reason.examples)), " or ".join(map(_explained, mends(reason, key)))


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
