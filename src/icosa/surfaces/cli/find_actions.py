"""`icosa actions`: finds an action by what it is called."""

import re
from typing import Any

import click

from icosa.catalogue import naming
from icosa.catalogue.model import Catalogue
from icosa.surfaces.cli import output
from icosa.surfaces.cli.known_workspace import known_by
from icosa.surfaces.cli.terminal import is_person, remark
from icosa.wire.actions import Action, actions, as_json
from icosa.wire.openapi.reading import Offers, more_actions

PLAIN = Offers()
_MEANT = {
    "add": "create",
    "change": "update",
    "dedupe": "duplicates",
    "edit": "update",
    "get": "find",
    "insert": "create",
    "list": "many",
    "new": "create",
    "patch": "update",
    "remove": "delete",
    "search": "find",
    "show": "one",
}
"""What somebody may say, and the word that actions have for it."""


def find(catalogue: Catalogue, words: str, offers: Offers = PLAIN) -> list[Action]:
    """The actions that every one of the words is about, the nearest first; all of them for no words.

    A word is found at the start of a word of the resource or of the operation, in any case and spelling:
    "connectedAccounts upd" finds "Update One Connected Account".  Those that a server has beyond Twenty 1.0.3
    come after the others.
    """
    everything = [*actions(catalogue), *(action for of in catalogue for action in more_actions(of, offers).values())]
    wanted = [word.lower() for word in naming.words(words)]
    if not wanted:
        return everything
    ranked = []
    for at, action in enumerate(everything):
        rank = _rank(action, wanted)
        if rank is not None:
            ranked.append((-rank, len(action.label.split()), at, action))
    return [action for *_, action in sorted(ranked, key=lambda each: each[:3])]


def _rank(action: Action, wanted: list[str]) -> int | None:
    """How many of the words are there in full, or None where one is not there at all."""
    there = {word.lower() for word in re.findall(r"\w+", f"{action.resource} {action.label}")}
    rank = 0
    for word in wanted:
        spellings = {word, _MEANT.get(word, word)}
        if spellings & there:
            rank += 1
        elif not any(each.startswith(spelling) for each in there for spelling in spellings):
            return None
    return rank


def command_line(action: Action) -> str:
    """How the shell calls an action."""
    if action.object is None:
        return "icosa open-api"
    return f"icosa {naming.kebab_case(action.object.plural)} {naming.kebab_case(action.verb)}"


@click.pass_context
def _run(ctx: click.Context, words: tuple[str, ...], as_json_: bool, no_color: bool) -> int:
    workspace = known_by(ctx)
    found = find(workspace.catalogue, " ".join(words), workspace.offers)
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
        click.Argument(["words"], nargs=-1, metavar="[WORDS]...", help="Words of a resource or an operation, in any spelling."),
        click.Option(
            ["--json", "as_json_"], is_flag=True, help="JSON, also on a terminal: each action with its method, path and parameters."
        ),
        click.Option(["--no-color"], is_flag=True, help="No colours, as with NO_COLOR in the environment."),
    ],
    help="Find the actions that every one of WORDS is about, the nearest first; without words, list all.",
    epilog="\b\nExample:\n  icosa actions update account",
)
