"""`icosa run`: runs a call that is written as Python, as a command line of curl or of icosa, or as JSON, or a chain of a file."""

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
from icosa.surfaces.cli.run_chain import chain_options, holds_chain, run_chain
from icosa.surfaces.cli.sources import STANDARD_INPUT, Sources
from icosa.surfaces.cli.unreadable_files import wrong_with
from icosa.wire.actions import Action

_NAME = re.compile(r"""[^\s(){}"']+\.(py|sh|txt|jsonl?|curl)|(?!curl |icosa )[^(){}"'\r\n]+\.toml""")
"""What is the name of a file, and no call; chains are called as their makers like, with spaces too."""


@click.pass_context
def _run(ctx: click.Context, /, call: str, items: Path | None, limit: int | None, journal: bool | None, **values: Any) -> int | None:
    common, sources = Common.of({**values, "journal": bool(journal)}), Sources()
    text, name = _text(call, sources), Path(call.removeprefix("@")).name if _is_file(call.removeprefix("@")) else ""
    if name.lower().endswith(".toml") or holds_chain(text):
        if common.as_form is not None:
            raise click.UsageError(f"--as writes one call, and {name or 'this'} is a chain; leave it out")
        return run_chain(text, name or "chain", items, limit, journal is not False, common, sources)
    if items is not None or limit is not None:
        option = "--limit" if items is None else "--input"
        raise click.UsageError(f"{option} is for chains, and this is one call; name a file such as chain.toml")
    _run_call(ctx, text, common, sources)
    return None


def _run_call(ctx: click.Context, text: str, common: Common, sources: Sources) -> None:
    address, token = target_workspace.address(common.url, common.database), target_workspace.token(common.token_file, sources)
    workspace = known_by(ctx)
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
        *chain_options(),
        *common_options(),
        *instead_options(),
    ],
    help="Run one CALL that is written as Python, as a command line of curl or of icosa, or as JSON; - reads it from standard input, "
    "a file's name or @FILE from a file. A file of TOML, such as chain.toml, is a chain of actions, each run for the items of the one "
    "before: a program gets a line of JSON for each item, and exit code 8 says that some failed.\n\nNothing of it is handed to a shell or "
    "to Python. It goes to the workspace that every command goes to; one that names another is refused, unless --url or --database says "
    "which is meant.",
    epilog="\b\nExample:\n  icosa run 'crm.people.find_many(limit=10)'",
)
