"""`icosa demo`: the main job, shown on a sample workspace."""

import sys

import click


def _run(database: str | None) -> None:
    from icosa.surfaces.cli.demo import run_demo

    run_demo(database, sys.stdout)


COMMAND = click.Command(
    "demo",
    callback=_run,
    params=[click.Option(["--database"], metavar="URL", help="Where to make the sample: sqlite:///path, or the path alone.")],
    help="Make a small, lively sample workspace, and show the main job on it step by step, each with its real answer. It can be run "
    "again; a workspace of your own is never touched.",
    epilog="\b\nExample:\n  icosa demo",
)
