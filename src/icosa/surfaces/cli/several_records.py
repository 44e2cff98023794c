"""How answers about several records are shown to a person: those that were changed, deleted or brought back, the one that
others were merged into, and groups."""

import json
import shutil
from collections.abc import Mapping, Sequence
from typing import Any

import click

from icosa.call.page import Record
from icosa.catalogue import naming
from icosa.catalogue.model import Catalogue, Object
from icosa.surfaces.cli import output
from icosa.wire.actions import Operation

_FIRST = 20
"""So many records are shown of what would be done."""

_DONE = {Operation.UPDATE_MANY: "Changed", Operation.RESTORE_MANY: "Brought back"}


def is_shown(called: str, answer: Any) -> bool:
    """Whether an answer to the operation of that name can be shown in other ways than as JSON."""
    if called == Operation.GROUP_BY:
        return isinstance(answer, list) and all(isinstance(each, dict) for each in answer)
    kind = dict if called == Operation.MERGE else list
    return called in (*_DONE, Operation.DELETE_MANY, Operation.MERGE) and isinstance(_held(answer), kind)


def show(catalogue: Catalogue, of: Object, called: str, given: Mapping[str, Any], answer: Any, no_color: bool) -> None:
    """Show an answer of which `is_shown` is true; `given` is what was asked with."""
    from icosa.surfaces.cli.tables import record_table, records_table  # here, because programs never need them

    held = _held(answer)
    if called == Operation.GROUP_BY:
        _show_groups(given, answer, no_color)
    elif called == Operation.MERGE:
        output.print_rich(record_table(catalogue, of, held), no_color)
    elif called == Operation.DELETE_MANY:
        click.echo(f"Deleted {_counted(of, held)}.")
    else:
        if held:
            output.print_rich(records_table(catalogue, of, held, shutil.get_terminal_size().columns), no_color)
        click.echo(f"{_DONE[Operation(called)]} {_counted(of, held)}.")


def show_found(catalogue: Catalogue, of: Object, records: Sequence[Record], no_color: bool) -> None:
    """Show which records something would be done to: the first of them, and how many they are."""
    from icosa.surfaces.cli.tables import records_table  # here: see above

    if records:
        output.print_rich(records_table(catalogue, of, records[:_FIRST], shutil.get_terminal_size().columns), no_color)
    more = f", of which these are the first {_FIRST}" if len(records) > _FIRST else ""
    click.echo(f"It is about {_counted(of, records)}{more}.")


def _held(answer: Any) -> Any:
    data = answer.get("data") if isinstance(answer, dict) else None
    return next(iter(data.values())) if isinstance(data, dict) and len(data) == 1 else None


def _counted(of: Object, records: Sequence[Any]) -> str:
    return f"{len(records):,} {naming.label(of.singular if len(records) == 1 else of.plural).lower()}"


def _show_groups(given: Mapping[str, Any], answer: list[dict[str, Any]], no_color: bool) -> None:
    named = _dimensions(given.get("group_by"))
    rows: list[dict[str, str]] = []
    headings: dict[str, str] = {}
    for each in answer:
        values = each.get("groupByDimensionValues") or []
        row = {f"by {at}": _text(value) for at, value in enumerate(values)}
        headings |= {f"by {at}": named[at] if at < len(named) else "" for at in range(len(values))}
        rest = {name: _text(value) for name, value in each.items() if name not in ("groupByDimensionValues", "records")}
        headings |= {name: naming.label(name) for name in rest}
        rows.append(row | rest)
    if rows:
        output.print_rows(rows, headings, False, no_color)
    else:
        click.echo("There are no groups: no records.")


def _dimensions(given: Any) -> list[str]:
    """What groups were asked for by, in words."""
    if isinstance(given, str) and given.lstrip()[:1] in ("[", "{"):
        held = json.loads(given)
        return [_path(each) for each in (held if isinstance(held, list) else [held])]
    return [_worded(each.strip()) for each in str(given).split(",")]


def _path(wanted: Any) -> str:
    words: list[str] = []
    while isinstance(wanted, dict) and len(wanted) == 1:
        name, wanted = next(iter(wanted.items()))
        words.append(name)
    return _worded(".".join(words))


def _worded(path: str) -> str:
    return " ".join(naming.label(each) for each in path.split("."))


def _text(value: Any) -> str:
    return "" if value is None else value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
