"""One page of records as `find-many` shows it, and how the next one is had."""

from collections.abc import Mapping
from typing import Any

import click

from icosa.call.page import Record
from icosa.catalogue import naming
from icosa.catalogue.model import Catalogue, Object
from icosa.client.credentials.resolving import Destination
from icosa.surfaces.cli import output
from icosa.surfaces.cli.find_options import View
from icosa.surfaces.cli.known_workspace import known_by
from icosa.surfaces.cli.options import Common
from icosa.surfaces.cli.terminal import is_person, remark
from icosa.wire.rest import envelope


def show_page(
    catalogue: Catalogue, of: Object, answer: Any, query: Mapping[str, Any], view: View, target: Destination, common: Common
) -> None:
    """A page: as the API sends it to a program, or with the chosen columns of its records alone; as a table to a person."""
    page = envelope.read_page(of, answer)
    if not is_person(common.as_json):
        output.print_json({**answer, "data": {of.plural: _cut(page, view)}} if view.chosen else answer)
        if view.goes_on:
            _next(of, page, query, view, target)
        return
    # Here, because programs never need them and they take long to load.
    import shutil

    from icosa.surfaces.cli.all_pages import without_ids
    from icosa.surfaces.cli.tables import list_layout

    layout = list_layout(catalogue, of, page.records, shutil.get_terminal_size().columns, view.chosen)
    if page.records:
        output.print_rich(layout.table(page.records), common.no_color)
    remark(f"{len(page.records)} of {page.total_count}" + _next(of, page, query, view, target))
    if page.records and not layout.ids:
        remark(without_ids(of))


def _cut(page: envelope.ReadPage, view: View) -> list[Record]:
    """The records with the chosen columns alone."""
    from icosa.surfaces.cli.columns import only  # here: most programs take them whole

    return [only(each, view.chosen) for each in page.records]


def _next(of: Object, page: envelope.ReadPage, query: Mapping[str, Any], view: View, target: Destination) -> str:
    """How the next page is had; "" where there is none."""
    from icosa.surfaces.cli import last_page  # here, with the next: programs go on by themselves
    from icosa.surfaces.cli.command_lines import command

    if not page.info.has_next_page:
        last_page.remember_page(target, of, None)
        return ""
    following = {name: value for name, value in query.items() if name != "ending_before"} | {"starting_after": page.info.end_cursor}
    if not last_page.remember_page(target, of, {**following, **({"columns": view.columns} if view.columns else {})}):
        return f"; the next page: --starting-after {page.info.end_cursor}"
    named = known_by(click.get_current_context()).named
    where = [word for option, value in named.items() for word in (option, value)]
    return f"; the next page: {command(naming.kebab_case(of.plural), 'find-many', '--next', *where)}"
