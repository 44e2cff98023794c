"""The tree of commands.  Names and one-line texts are known at once; a command is built when it is called,
so that 252 actions cost nothing at start."""

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from icosa.catalogue import naming
from icosa.errors import UnknownField, UnknownObject
from icosa.surfaces.cli.misnamed import ARGUMENTS, KnownOtherwise, UnknownName
from icosa.surfaces.cli.welcome import PAGE

if TYPE_CHECKING:
    from icosa.surfaces.cli.known_workspace import KnownWorkspace


class CommandEntry(NamedTuple):
    """Where a command is written, and what it does in a line."""

    module: str
    attribute: str
    text: str


COMMANDS = {
    "actions": CommandEntry("find_actions", "COMMAND", "Find an action, or list all of them."),
    "apply": CommandEntry("bulk.apply", "COMMAND", "Run a plan."),
    "backup": CommandEntry("backup", "BACKUP", "Write a workspace to a file while it is in use."),
    "changed": CommandEntry("changed", "COMMAND", "Print the records that changed since a moment."),
    "completion": CommandEntry("completion", "COMMAND", "Print the script that completes commands in a shell."),
    "console": CommandEntry("console", "COMMAND", "Show a workspace as pages, in a browser."),
    "copy": CommandEntry("copy", "COMMAND", "Copy a whole workspace to another database."),
    "demo": CommandEntry("demonstrate", "COMMAND", "Make a sample workspace and show the main job on it."),
    "diff": CommandEntry("diff", "COMMAND", "Say what differs between two workspaces."),
    "doctor": CommandEntry("doctor", "COMMAND", "Say what a changed workspace breaks in scripts and saved calls."),
    "export": CommandEntry("export", "COMMAND", "Write all records of a resource to a file."),
    "import": CommandEntry("bulk.importing", "COMMAND", "Import a file: plan and apply in one."),
    "keys": CommandEntry("keys", "COMMAND", "Create, list and revoke the API keys of an embedded workspace."),
    "login": CommandEntry("login", "LOGIN", "Keep the address of a workspace and an API key to it."),
    "logout": CommandEntry("login", "LOGOUT", "Forget what login kept."),
    "open-api": CommandEntry("resources", "OPEN_API", "Print the OpenAPI document of the workspace."),
    "plan": CommandEntry("bulk.plan", "COMMAND", "Find out what importing a file would do."),
    "pull": CommandEntry("pull", "COMMAND", "Pull a workspace into a file, or what has changed in it since."),
    "push": CommandEntry("push", "COMMAND", "Plan what was changed in a pulled file for the workspace it came from."),
    "restore": CommandEntry("backup", "RESTORE", "Bring back a workspace from a backup."),
    "run": CommandEntry("run_call", "COMMAND", "Run a call that is written as Python, curl, a command line or JSON, or a chain."),
    "runs": CommandEntry("bulk.runs", "COMMAND", "List the runs that wrote something, show one, and clear old ones."),
    "serve": CommandEntry("serve", "COMMAND", "Serve a workspace over HTTP."),
    "show": CommandEntry("show", "COMMAND", "Show a record in words, with its notes, tasks and relations."),
    "status": CommandEntry("login", "STATUS", "Show which workspace commands go to, and why."),
    "stubs": CommandEntry("stubs", "COMMAND", "Write the workspace's objects as types, for editors and type checkers."),
    "undo": CommandEntry("bulk.undo", "COMMAND", "Put back what a run wrote, or list the runs."),
}

EPILOG = """\b
Exit codes:
  0 done                                   6 too many requests
  1 failed in another way                  7 no answer came
  2 the command line itself is wrong       8 done in part
  3 the key is missing, or not accepted    9 the server failed, or answered nonsense
  4 there is no such record              130 interrupted
  5 a value is wrong, or taken

\b
Examples:
  icosa actions update account
  icosa companies find-many --filter 'createdAt[gte]:"2026-02-03"' --limit 10
  icosa companies create-one --name 'Analytical Engines'"""


NAME_WIDTH = 36  # what click gives to the names in a list, and to the margins


class Root(click.Group):
    """Commands, and a group for each object of the workspace that the command line goes to."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        ctx.meta[ARGUMENTS] = tuple(args)
        return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Runs the command line; where it names what is not known, once more with what the workspace says it has."""
        try:
            return super().invoke(ctx)
        except KnownOtherwise as otherwise:
            now = otherwise.now
        except UnknownField:
            from icosa.surfaces.cli.known_workspace import asked_after_a_guess  # here: see _known

            now = asked_after_a_guess(ctx)
            if now is None:
                raise
        except (UnknownName, click.NoSuchOption) as error:
            from icosa.surfaces.cli.known_workspace import asked_about  # here: see _known

            now = asked_about(ctx, error)
            if now is None:
                raise
        with self.make_context(ctx.info_name, list(ctx.meta[ARGUMENTS]), obj=now) as again:
            return super().invoke(again)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [*COMMANDS, *_known(ctx).groups]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name in COMMANDS:
            entry = COMMANDS[cmd_name]
            command: click.Command = getattr(import_module(f"icosa.surfaces.cli.{entry.module}"), entry.attribute)
            return command
        of = _known(ctx).groups.get(cmd_name)
        if of is None:
            return None
        from icosa.surfaces.cli.resources import ResourceGroup

        return ResourceGroup(_known(ctx), of)

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        """Takes a resource in any of its spellings too: connectedAccounts, person."""
        name = args[0]
        if name not in COMMANDS and name not in _known(ctx).groups and not name.startswith("-"):
            return super().resolve_command(ctx, [self._spelt(ctx, name), *args[1:]])
        return super().resolve_command(ctx, args)

    def _spelt(self, ctx: click.Context, name: str) -> str:
        # Here, because the run of a command that is spelt right needs neither.
        from icosa.surfaces.cli.corrections import command_meant, corrected
        from icosa.wire.actions import find_object

        catalogue = _known(ctx).catalogue
        try:
            return naming.kebab_case(find_object(catalogue, name).plural)
        except UnknownObject:
            near = command_meant(ctx, catalogue, name, COMMANDS)
            suggestion = f" Did you mean {' or '.join(near)}?" if near else " icosa --help lists all."
            line = corrected(ctx, name, near[0]) if len(near) == 1 else ""
            raise UnknownName(f"there is no command '{name}'.{suggestion}", ctx, line) from None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Two lists, made without building a single command."""
        width = formatter.width - NAME_WIDTH
        with formatter.section("Commands"):
            formatter.write_dl([(name, entry.text) for name, entry in COMMANDS.items()])
        with formatter.section("Resources, each with its own commands, such as icosa companies find-many"):
            formatter.write_dl([(name, _cut(each.description, width)) for name, each in _known(ctx).groups.items()])


def _known(ctx: click.Context) -> "KnownWorkspace":
    # Here, because most commands of the list run without knowing what objects there are.
    from icosa.surfaces.cli.known_workspace import known_by

    return known_by(ctx)


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else f"{text[: width - 1].rsplit(' ', 1)[0].rstrip(',;:')}…"


def _eagerly(tell: Callable[[click.Context], str]) -> Callable[[click.Context, click.Parameter, bool], None]:
    """An option that prints something and ends the run."""

    def callback(ctx: click.Context, _: click.Parameter, given: bool) -> None:
        if given and not ctx.resilient_parsing:
            click.echo(tell(ctx))
            ctx.exit()

    return callback


def _version(_: click.Context) -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return f"icosa {version('icosa')}"
    except PackageNotFoundError:
        return "icosa, from a folder that is not installed"


def _description(ctx: click.Context) -> str:
    from icosa.surfaces.cli.describe import description

    return description(ctx)


def _welcome(verbose: bool) -> None:
    ctx = click.get_current_context()
    if ctx.invoked_subcommand is None:
        click.echo(PAGE, nl=False)
        return
    from icosa.surfaces.cli import log  # here, because help and completion log nothing

    # The commands of objects listen by themselves, where there is anything to hear.
    if verbose or ctx.invoked_subcommand in COMMANDS or log.is_asked_for():
        log.listen(ctx, "debug" if verbose else None)


ROOT = Root(
    name="icosa",
    callback=_welcome,
    invoke_without_command=True,
    help="Run every action of the Twenty CRM API, against any workspace or the one in the box.",
    epilog=EPILOG,
    params=[
        click.Option(
            ["--describe"], is_flag=True, is_eager=True, expose_value=False, callback=_eagerly(_description),
            help="Print the whole tree of commands as JSON.",
        ),
        click.Option(["--verbose", "-v"], is_flag=True, help="Say on standard error what is sent, waited for and tried again."),
        click.Option(
            ["--version"], is_flag=True, is_eager=True, expose_value=False, callback=_eagerly(_version), help="Print the version.",
        ),
    ],
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
)  # fmt: skip
