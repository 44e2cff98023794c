"""Runs an action and prints what it gave."""

import json
import shutil
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

import click

import icosa
from icosa.catalogue.actions import Action, Operation
from icosa.catalogue.model import Catalogue, Object
from icosa.client.credentials import Target, resolve
from icosa.client.request import build
from icosa.client.transport import TIMEOUT_SECONDS
from icosa.surfaces.cli import output, where
from icosa.surfaces.cli.given import properties
from icosa.surfaces.cli.masking import MASK, masked
from icosa.surfaces.cli.options import Common
from icosa.surfaces.cli.sources import Sources
from icosa.surfaces.cli.terminal import is_person, remark
from icosa.wire import envelope
from icosa.wire.message import Request


def perform(catalogue: Catalogue, action: Action, values: dict[str, Any]) -> None:
    """Runs the action with the values of its command's parameters.  Raises IcosaError and UsageError."""
    common, sources = Common.of(values), Sources()
    address, token = where.address(common.url, common.database), where.token(common.token_file, sources)
    given = properties(action, values, sources)
    if common.dry_run:
        _show_request(catalogue, build(catalogue, action, given), resolve(address, token), common)
        return
    timeout = TIMEOUT_SECONDS if common.timeout is None else common.timeout
    with icosa.connect(address, token, timeout=timeout, catalogue=catalogue) as crm:
        answer = crm.run_action(action, given)
    _show_answer(catalogue, action, answer if common.show_secrets else masked(catalogue, answer), common)


def _show_request(catalogue: Catalogue, request: Request, target: Target, common: Common) -> None:
    """What would be sent, to look at or to repeat by other means; the key is never shown."""
    url = ("" if target.embedded else target.url) + quote(request.path, safe="/-._~") + (f"?{request.query}" if request.query else "")
    body = json.loads(request.body) if request.body else None
    body = body if common.show_secrets else masked(catalogue, body)
    headers = {"Authorization": f"Bearer {MASK}"} if target.token else {}
    if not is_person(common.as_json):
        output.print_json({"workspace": target.url, "method": request.method, "url": url, "headers": headers, "body": body})
        return
    click.echo(f"{request.method} {url}")
    for name, value in headers.items():
        click.echo(f"{name}: {value}")
    if body is not None:
        click.echo()
        output.print_json(body)
    remark(f"\nNothing was sent to {target.url}.")


def _show_answer(catalogue: Catalogue, action: Action, answer: Any, common: Common) -> None:
    """A program gets pages as the API sends them, with their pageInfo, and of other answers what is in the
    envelope: the record, or the list of records."""
    of, paged = action.object, action.operation in (Operation.FIND_MANY, Operation.FIND_DUPLICATES)
    held: Any = answer if of is None or paged else envelope.read(action.operation, of, answer)
    if of is None or not is_person(common.as_json):
        output.print_json(held)
    elif action.operation is Operation.DELETE_ONE:
        click.echo(f"Deleted {held['id']}.")
    else:
        _show_tables(catalogue, action.operation, of, envelope.read(action.operation, of, answer), common)


def _show_tables(catalogue: Catalogue, operation: Operation, of: Object, content: Any, common: Common) -> None:
    from icosa.surfaces.cli.cells import says
    from icosa.surfaces.cli.tables import record_table, records_table

    width = shutil.get_terminal_size().columns
    match content:
        case envelope.Page(records=records):
            if records:
                output.print_rich(records_table(catalogue, of, records, width), common.no_color)
            remark(_footer(content))
        case list() if operation is Operation.FIND_DUPLICATES:
            for at, page in enumerate(content, 1):
                if page.records:
                    output.print_rich(records_table(catalogue, of, page.records, width, f"Like record {at}:"), common.no_color)
                else:
                    click.echo(f"Like record {at}: none.")
        case list():
            output.print_rich(records_table(catalogue, of, content, width), common.no_color)
        case Mapping():
            output.print_rich(record_table(catalogue, of, content), common.no_color)
            if not all(map(says, content.values())):
                remark("Properties without a value are left out; --json shows all.")


def _footer(page: envelope.Page) -> str:
    counted = f"{len(page.records)} of {page.total_count}"
    return f"{counted}; the next page: --starting-after {page.info.end_cursor}" if page.info.has_next_page else counted
