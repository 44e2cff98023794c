"""`icosa backup` and `icosa restore`: a workspace in a file, and back."""

from pathlib import Path

import click

from icosa.surfaces.cli.copy_report import database, output_options, print_lines, total
from icosa.surfaces.cli.input_files import ExistingFile
from icosa.surfaces.cli.parameters import Argument
from icosa.surfaces.cli.progress import progress
from icosa.surfaces.cli.target_workspace import database_url
from icosa.surfaces.cli.terminal import remark


def _back_up(file: Path, database: str | None, with_key: bool, force: bool, as_json: bool, no_color: bool) -> None:
    from icosa.workspace.moving.backup import back_up
    from icosa.workspace.moving.databases import Database

    source = Database(database_url(database))
    with progress(no_color) as report:
        held = back_up(source, file, report, force=force, with_key=with_key)
    print_lines(held, as_json, no_color)
    remark(f"{source.name} is backed up to {file}: {total(held)} records, counted, summed and found equal.")
    if with_key:
        remark(f"{file}.key opens its secrets: keep it apart from the backup.")
    else:
        remark("The key to its secrets is not in it; --with-key puts it beside it.")


def _restore(file: Path, database: str | None, force: bool, as_json: bool, no_color: bool) -> None:
    from icosa.workspace.moving.backup import restore
    from icosa.workspace.moving.databases import Database

    target = Database(database_url(database))
    with progress(no_color) as report:
        restored = restore(file, target, report, force=force)
    print_lines(restored.ledger, as_json, no_color)
    remark(f"{target.name} holds what {file} holds: {total(restored.ledger)} records, counted, summed and found equal.")
    for path in restored.aside:
        remark(f"What was there before is kept: {path}")
    if restored.narrowed:
        remark(f"API keys that were revoked, shortened or destroyed since the backup was made, and stay so: {restored.narrowed}")
    if restored.unopened:
        remark(
            f"{restored.unopened} secrets were sealed with another key and cannot be opened: "
            f"put the key of the workspace that was backed up into {target.key_path}, or go on without them with icosa keys forget-secrets"
        )


BACKUP = click.Command(
    "backup",
    callback=_back_up,
    params=[
        Argument(["file"], type=click.Path(dir_okay=False, path_type=Path), help="The file to write."),
        database(),
        click.Option(["--with-key"], is_flag=True, help="Put the key to the secrets beside the backup, as FILE.key."),
        click.Option(["--force"], is_flag=True, help="Replace a file that is there already."),
        *output_options(),
    ],
    help="Write a workspace to one file, as it is at this moment; others may go on writing. The file takes its name when it was compared "
    "with the workspace.",
    epilog="\b\nExample:\n  icosa backup --database sqlite:///crm.db monday.db",
)
RESTORE = click.Command(
    "restore",
    callback=_restore,
    params=[
        Argument(["file"], type=ExistingFile(), help="The backup."),
        database(),
        click.Option(["--force"], is_flag=True, help="Replace what the database holds."),
        *output_options(),
    ],
    help="Bring a workspace back from a backup, and compare the two. A database that holds anything is left alone without --force.",
    epilog="\b\nExample:\n  icosa restore monday.db --database sqlite:///crm.db",
)
