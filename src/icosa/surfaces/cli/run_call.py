"""`icosa run`: runs a call that is written as Python, as a command line of curl or of icosa, or as JSON."""

import re
from pathlib import Path
from typing import Any

import click

from icosa.client.credentials.resolving import address_of
from icosa.client.credentials.text_address import check_addressed
from icosa.errors import UnknownAction, UnknownField, UnknownObject
from icosa.forms import action_named, read_addressed_call
from icosa.forms.reading import AddressedCall
from icosa.surfaces.cli import target_workspace
from icosa.surfaces.cli.known_workspace import KnownWorkspace, ask, fresh, known_by
from icosa.surfaces.cli.options import Common, common_options, instead_options
from icosa.surfaces.cli.parameters import Argument
from icosa.surfaces.cli.perform import perform_given
from icosa.surfaces.cli.sources import STANDARD_INPUT, Sources
from icosa.surfaces.cli.unreadable_files import wrong_with
from icosa.wire.actions import Action

_NAME = re.compile(r"""[^\s(){}"']+\.(py|sh|txt|jsonl?|curl)""")
"""What is the name of a file, and no call."""


@click.pass_context
def _run(ctx: click.Context, /, call: str, **values: Any) -> None:
    common, sources = Common.of(values), Sources()
    address, token = target_workspace.address(common.url, common.database), target_workspace.token(common.token_file, sources)
    text, workspace = _text(call, sources), known_by(ctx)
    try:
        found = _read(text, workspace)
    except (UnknownObject, UnknownAction, UnknownField):
        now = ask(workspace)  # it may have what was not known
        if now is None:
            raise
        workspace, found = now, _read(text, now)
    action = _action(found, workspace)
    if action.method == "DELETE":  # what a deletion says depends on the server
        workspace = fresh(workspace)
        found = _read(text, workspace)
        action = _action(found, workspace)
    if address is None and common.as_form is None:
        check_addressed(found.address, address_of(None))
    perform_given(workspace.catalogue, action, found.call.properties, common, address, token)


def _read(text: str, workspace: KnownWorkspace) -> AddressedCall:
    return read_addressed_call(text, workspace.catalogue, offers=workspace.offers)


def _action(found: AddressedCall, workspace: KnownWorkspace) -> Action:
    return action_named(workspace.catalogue, found.call.resource, found.call.operation, workspace.offers)


def _text(call: str, sources: Sources) -> str:
    """The text of a call: itself, or what a file or standard input holds."""
    if call == STANDARD_INPUT or call.startswith("@"):
        return sources.named(call, "CALL")
    if _is_file(call):
        return sources.file(Path(call), "CALL")
    if _NAME.fullmatch(call) and (problem := wrong_with(Path(call))):
        raise click.UsageError(problem)
    return call


def _is_file(call: str) -> bool:
    try:
        return "\n" not in call and Path(call).is_file()
    except (OSError, ValueError):  # a text that no path could be
        return False


COMMAND = click.Command(
    "run",
    callback=_run,
    params=[
        Argument(["call"], metavar="CALL"),
        *common_options(),
        *instead_options(),
    ],
    help="Run one CALL that is written as Python, as a command line of curl or of icosa, or as JSON; - reads it from standard input, "
    "a file's name or @FILE from a file.\n\nNothing of it is handed to a shell or to Python. It goes to the workspace that every command "
    "goes to; one that names another is refused, unless --url or --database says which is meant.",
    epilog="\b\nExample:\n  icosa run 'crm.people.find_many(limit=10)'",
)
