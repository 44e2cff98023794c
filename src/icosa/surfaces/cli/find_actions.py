"""`icosa actions`: finds an action by what it is called."""

from typing import Any

import click

from icosa.call.finding import find_actions
from icosa.catalogue import naming
from icosa.surfaces.cli import output
from icosa.surfaces.cli.known_workspace import known_by
from icosa.surfaces.cli.parameters import Argument
from icosa.surfaces.cli.terminal import is_person, remark
from icosa.wire.actions import Action, as_json


def command_line(action: Action) -> str:
    """How the shell calls an action."""
    if action.object is None:
        return "icosa open-api"
    return f"icosa {naming.kebab_case(action.object.plural)} {naming.kebab_case(action.verb)}"


@click.pass_context
def _run(ctx: click.Context, words: tuple[str, ...], as_json_: bool, no_color: bool) -> int:
    workspace = known_by(ctx)
    found = find_actions(workspace.catalogue, " ".join(words), workspace.offers)
    if is_person(as_json_):
        rows: list[dict[str, Any]] = [{"label": each.label, "command": command_line(each)} for each in found]
        if rows:
            output.print_rows(rows, {"label": "Action", "command": "Command"}, False, no_color)
    else:
        output.print_json([as_json(each) for each in found])
    if found:
        return 0
    remark(f"no action is about all of: {' '.join(words)}. Say fewer words, such as a resource or an operation alone")
    return 1


COMMAND = click.Command(
    "actions",
    callback=_run,
    params=[
        Argument(["words"], nargs=-1, metavar="[WORDS]...", help="Words of a resource or an operation, in any spelling."),
        click.Option(
            ["--json", "as_json_"], is_flag=True, help="JSON, also on a terminal: each action with its method, path and parameters."
        ),
        click.Option(["--no-color"], is_flag=True, help="No colours, as with NO_COLOR in the environment."),
    ],
    help="Find the actions that every one of WORDS is about, the nearest first; without words, list all.",
    epilog="\b\nExample:\n  icosa actions update account",
)
