"""Runs an action and prints what it gave."""

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import click

import icosa
from icosa import forms
from icosa.call.asking import asked_of
from icosa.call.masking import MASK, masked
from icosa.call.page import Record
from icosa.call.querying import names_related
from icosa.call.request import build
from icosa.catalogue.model import Catalogue, Object
from icosa.client.credentials.resolving import Destination, address_of, resolve
from icosa.client.credentials.text_address import without_password
from icosa.client.transport.limit import TIMEOUT_SECONDS
from icosa.errors import UnknownAction
from icosa.forms.names import Form
from icosa.secret import Secret
from icosa.surfaces.cli import log, output, target_workspace
from icosa.surfaces.cli.find_options import PLAIN, View, looking
from icosa.surfaces.cli.known_workspace import fresh, known_by
from icosa.surfaces.cli.options import Common
from icosa.surfaces.cli.properties import properties
from icosa.surfaces.cli.record_page import show_page
from icosa.surfaces.cli.sources import Sources
from icosa.surfaces.cli.terminal import is_person, remark
from icosa.wire.actions import Action, Operation
from icosa.wire.identifiers import new_id
from icosa.wire.message import Request
from icosa.wire.rest import envelope

if TYPE_CHECKING:
    from icosa.journal.recording import Recorder


def perform(catalogue: Catalogue, action: Action, values: dict[str, Any]) -> None:
    """Runs the action with the values of its command's parameters, or shows what it would send.  Raises
    IcosaError and UsageError."""
    common, sources = Common.of(values), Sources()
    address, token = target_workspace.address(common.url, common.database), target_workspace.token(common.token_file, sources)
    given, view = properties(action, values, sources), PLAIN
    if action.operation is Operation.FIND_MANY and action.object is not None:
        given, view = looking(catalogue, action.object, given, values, lambda: resolve(address, token))
        if values.get("deleted"):
            _refuse_unkept(action.object)
    if action.called == Operation.GROUP_BY:
        given.setdefault("aggregate", "totalCount")
    perform_given(catalogue, action, given, common, address, token, view)


def _refuse_unkept(of: Object) -> None:
    """Raises UnknownAction where the server is known to keep nothing that was deleted."""
    offers = fresh(known_by(click.get_current_context())).offers
    if not offers.keeps_deleted:
        raise UnknownAction(f"this server keeps no deleted {of.plural} to be listed, as Twenty 1.0.3 destroys whatever is deleted")


def perform_given(
    catalogue: Catalogue,
    action: Action,
    given: Mapping[str, Any],
    common: Common,
    address: str | None,
    token: Secret | None,
    view: View = PLAIN,
) -> None:
    """The same with the properties at hand."""
    if action.method == "DELETE" or action.operation is Operation.RESTORE or names_related(action, given):
        catalogue, action = _as_offered(action)
    if common.as_form is not None:
        _show_form(catalogue, action, given, common.as_form, address_of(address), common.show_secrets)
    elif common.dry_run:
        target = resolve(address, token)
        # A server gets creations with an id, as the client sends them; each run makes its own.
        request = build(catalogue, action, given, identify=None if target.embedded else new_id)
        offers = known_by(click.get_current_context()).offers
        found = _found(catalogue, action, request, common, address, token)
        _show_request(catalogue, request if offers.icosa is None else asked_of(offers, request), target, common, found)
        if found is not None and is_person(common.as_json) and action.object is not None:
            from icosa.surfaces.cli import several_records  # here: see _found

            several_records.show_found(catalogue, action.object, found, common.no_color)
    else:
        _run(catalogue, action, given, common, address, token, view)


def _found(
    catalogue: Catalogue, action: Action, request: Request, common: Common, address: str | None, token: Secret | None
) -> list[Record] | None:
    """The records that a write by a filter would be about; None where it is no such write."""
    from icosa.client.filtered_writes import filter_of_affected, is_filtered  # here, because most commands read a few records

    if not is_filtered(action) or action.object is None:
        return None
    with _connected(catalogue, common, address, token) as crm:
        return list(crm[action.object.plural].iterate(where=filter_of_affected(action, request), depth=0))


def _as_offered(action: Action) -> tuple[Catalogue, Action]:
    """An action as this very server takes it: what keeps a record on one destroys it on another, which may know no other
    records in a filter."""
    root = click.get_current_context().find_root()
    root.obj = workspace = fresh(known_by(root))
    return workspace.catalogue, forms.action_named(workspace.catalogue, action.resource, action.label, workspace.offers)


def _run(
    catalogue: Catalogue,
    action: Action,
    given: Mapping[str, Any],
    common: Common,
    address: str | None,
    token: Secret | None,
    view: View,
) -> None:
    target = resolve(address, token)
    journal = _journal(target) if common.journal else None
    with _connected(catalogue, common, address, token, journal, writes=action.method != "GET") as crm:
        if view.every and action.object is not None:
            from icosa.surfaces.cli.all_pages import show_every  # here: see _found

            show_every(crm, action.object, given, view, common)
            return
        answer = crm.run_action(action, given)
    if journal:
        from icosa.surfaces.cli.connection import tell_undo  # here: see _journal

        tell_undo(journal)
    # A document of the workspace has schemas where records have secrets.
    shown = answer if common.show_secrets or action.object is None else masked(catalogue, answer)
    if action.operation is Operation.FIND_MANY and action.object is not None:
        show_page(catalogue, action.object, shown, given, view, target, common)
    else:
        _show_answer(catalogue, action, given, shown, common)


def _journal(target: Destination) -> "Recorder":
    from icosa.surfaces.cli.connection import begun  # here: what only reads keeps none

    return begun(target, click.get_current_context().command_path)


def _connected(
    catalogue: Catalogue,
    common: Common,
    address: str | None,
    token: Secret | None,
    journal: "Recorder | None" = None,
    *,
    writes: bool = False,
) -> icosa.Client:
    embedded = resolve(address, token).embedded
    if writes or not embedded:
        log.listen(click.get_current_context())
    timeout = TIMEOUT_SECONDS if common.timeout is None else common.timeout
    # An embedded workspace knows its own objects; to be given others would change its tables.
    kept = None if embedded else catalogue
    return icosa.connect(address, token, timeout=timeout, catalogue=kept, journal=journal)


def _show_form(catalogue: Catalogue, action: Action, given: Mapping[str, Any], form: Form, address: str, show_secrets: bool) -> None:
    """The call as somebody would write it elsewhere; its key and its secrets stand in variables."""
    offers = known_by(click.get_current_context()).offers
    call = forms.call_of(catalogue, action, given, offers)
    click.echo(forms.written(form, catalogue, call, address, offers=offers, show_secrets=show_secrets))


def _show_request(
    catalogue: Catalogue, request: Request, target: Destination, common: Common, found: Sequence[Record] | None = None
) -> None:
    """What would be sent, to look at or to repeat by other means, and which records a filter finds; the key is never shown."""
    workspace = without_password(target.url)
    url = ("" if target.embedded else target.url) + quote(request.path, safe="/-._~") + (f"?{request.query}" if request.query else "")
    body = json.loads(request.body) if request.body else None
    body = body if common.show_secrets else masked(catalogue, body)
    headers = {"Authorization": f"Bearer {MASK}"} if target.token else {}
    if not is_person(common.as_json):
        about = {} if found is None else {"count": len(found), "ids": [each["id"] for each in found]}
        output.print_json({"workspace": workspace, "method": request.method, "url": url, "headers": headers, "body": body, **about})
        return
    click.echo(f"{request.method} {url}")
    for name, value in headers.items():
        click.echo(f"{name}: {value}")
    if body is not None:
        click.echo()
        output.print_json(body)
    remark(f"\nNothing was sent to {workspace}.")


def _show_answer(catalogue: Catalogue, action: Action, given: Mapping[str, Any], answer: Any, common: Common) -> None:
    """A program gets pages of duplicates as the API sends them, with their pageInfo, and of other answers what is in the
    envelope: the record, or the list of records."""
    of, paged = action.object, action.operation is Operation.FIND_DUPLICATES
    held: Any = answer if of is None or paged or action.operation is Operation.OTHER else envelope.read(action.operation, of, answer)
    if of is not None and is_person(common.as_json):
        from icosa.surfaces.cli import several_records  # here: programs need none of it

        if several_records.is_shown(action.called, answer):
            several_records.show(catalogue, of, action.called, given, answer, common.no_color)
            return
    if of is None or action.operation is Operation.OTHER or not is_person(common.as_json):
        output.print_json(held)
    elif action.operation is Operation.DELETE_ONE:
        click.echo(f"Deleted {held['id']}.")
    else:
        _show_tables(catalogue, action.operation, of, envelope.read(action.operation, of, answer), common)


def _show_tables(catalogue: Catalogue, operation: Operation, of: Object, content: Any, common: Common) -> None:
    import shutil

    from icosa.call.paths import says  # here, with the others: programs need none of it
    from icosa.surfaces.cli.tables import record_table, records_table

    width = shutil.get_terminal_size().columns
    match content:
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
