"""`find-many --all`: every page, shown as it comes."""

import json
import shutil
import signal
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from itertools import islice
from types import FrameType
from typing import TYPE_CHECKING, Any, Final

import click

from icosa.call.masking import masked
from icosa.catalogue.model import Object
from icosa.surfaces.cli import output
from icosa.surfaces.cli.columns import only
from icosa.surfaces.cli.find_options import View
from icosa.surfaces.cli.options import Common
from icosa.surfaces.cli.progress import progress
from icosa.surfaces.cli.terminal import is_person, remark

if TYPE_CHECKING:
    from icosa.client.blocking import Client

_AT_A_TIME: Final = 60
_INDENT: Final = " " * 6


def show_every(crm: "Client", of: Object, query: Mapping[str, Any], view: View, common: Common) -> None:
    """All records that are asked for: one table on a terminal, one JSON document elsewhere.

    Whatever ends it early, the document is a whole one: its records are those that came, and `hasNextPage` is true.
    """
    depth = query.get("depth")
    with progress(common.no_color, beside_data=True) as report:
        records = crm[of.plural].iterate(
            where=query.get("filter"),
            order_by=query.get("order_by"),
            depth=None if depth is None else int(depth),
            progress=lambda done, total: report(of.resource, done, total),
        )
        shown = (each if common.show_secrets else masked(crm.catalogue, each) for each in records)
        if is_person(common.as_json):
            _table(crm, of, shown, view, common)
        else:
            _document(of, shown, view)


def _table(crm: "Client", of: Object, records: Iterator[Any], view: View, common: Common) -> None:
    # Here, because programs never need them and they take long to load.
    from icosa.surfaces.cli.tables import list_layout

    layout = None
    count = 0
    try:
        while some := list(islice(records, _AT_A_TIME)):
            heads = layout is None
            layout = layout or list_layout(crm.catalogue, of, some, shutil.get_terminal_size().columns, view.chosen)
            output.print_rich(layout.table(some, heads=heads), common.no_color)
            count += len(some)
    except KeyboardInterrupt:
        remark(f"{count:,} were shown, and there are more")
        raise
    remark(f"{count:,} in all")
    if layout is not None and not layout.ids:
        remark(without_ids(of))


def without_ids(of: Object) -> str:
    """What is said of a list without ids."""
    called = "" if of.label_identifier == "id" else f",{of.label_identifier}"
    return f"There was no room for ids; --columns id{called} shows them."


def _document(of: Object, records: Iterator[Any], view: View) -> None:
    count, begun, whole = 0, False, False
    with _unbroken() as writing:
        try:
            with writing:
                _write(f'{{\n  "data": {{\n    {json.dumps(of.plural)}: [')
                begun = True
            for record in records:
                shown = only(record, view.chosen) if view.chosen else record
                text = json.dumps(shown, ensure_ascii=False, indent=2).replace("\n", f"\n{_INDENT}")
                with writing:
                    _write(f"{',' if count else ''}\n{_INDENT}{text}")
                    count += 1
            whole = True
        finally:
            if begun:
                with writing, suppress(BrokenPipeError):
                    _write(_end(count, whole))


def _end(count: int, whole: bool) -> str:
    close = "\n    " if count else ""
    return f'{close}]\n  }},\n  "pageInfo": {{\n    "hasNextPage": {json.dumps(not whole)}\n  }},\n  "totalCount": {count}\n}}\n'


def _write(text: str) -> None:
    click.echo(text.encode("utf-8", "backslashreplace"), nl=False)


class _Writing:
    """What is begun in it is done before an interrupt is heard; a second one is heard at once."""

    def __init__(self) -> None:
        self._busy = self._heard = False

    def interrupted(self, _: int, __: FrameType | None) -> None:
        if not self._busy or self._heard:
            raise KeyboardInterrupt
        self._heard = True

    def __enter__(self) -> None:
        self._busy = True

    def __exit__(self, *_: object) -> None:
        self._busy = False
        if self._heard:
            self._heard = False
            raise KeyboardInterrupt


@contextmanager
def _unbroken() -> Iterator[_Writing]:
    """Lets interrupts wait while something is written."""
    writing = _Writing()
    before = signal.signal(signal.SIGINT, writing.interrupted)
    try:
        yield writing
    finally:
        signal.signal(signal.SIGINT, before)
