"""`icosa completion`: the script that lets a shell complete commands, options and their values."""

import click
from click.shell_completion import BashComplete, FishComplete, ShellComplete, ZshComplete

from icosa.surfaces.cli.parameters import Argument

_SHELLS: dict[str, type[ShellComplete]] = {"bash": BashComplete, "fish": FishComplete, "zsh": ZshComplete}


@click.pass_context
def _run(ctx: click.Context, shell: str) -> None:
    # The script itself, without BashComplete.source's look at the bash of this machine: it may be for another.
    click.echo(ShellComplete.source(_SHELLS[shell](ctx.find_root().command, {}, "icosa", "_ICOSA_COMPLETE")))


COMMAND = click.Command(
    "completion",
    callback=_run,
    params=[Argument(["shell"], type=click.Choice(sorted(_SHELLS)), help="Which shell the script is for.")],
    help="Print the script that completes commands in SHELL; bash has to be 4.4 or newer. Keep it where the shell looks: as below "
    "for bash, in a file _icosa in a folder of $fpath for zsh, in ~/.config/fish/completions/icosa.fish for fish. It completes from the "
    "next shell on.",
    epilog="\b\nExample:\n  icosa completion bash > ~/.local/share/bash-completion/completions/icosa",
)
