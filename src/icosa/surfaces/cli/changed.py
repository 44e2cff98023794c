"""`icosa changed`: the records of a resource that changed since a moment."""

import json
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import click

from icosa.call.masking import masked
from icosa.call.page import Record
from icosa.catalogue.model import Catalogue
from icosa.client.changes import OVERLAP, Changes
from icosa.errors import InvalidInput
from icosa.surfaces.cli import output
from icosa.surfaces.cli.connection import connected
from icosa.surfaces.cli.options import Common, common_options
from icosa.surfaces.cli.parameters import Argument
from icosa.surfaces.cli.progress import progress
from icosa.surfaces.cli.resource_argument import ResourceName
from icosa.surfaces.cli.resource_argument import resource as named
from icosa.surfaces.cli.sources import Sources
from icosa.surfaces.cli.terminal import is_person, remark


def _run(resource: str, since: str | None, since_file: Path | None, depth: str, overlap: float, **values: Any) -> None:
    common, sources = Common.of(values), Sources()
    begin = _kept(since_file, sources) or since
    with connected(common, sources) as crm:
        asked = named(crm, resource)
        of = asked.object
        changes = asked.changed(begin, depth=int(depth), overlap=overlap)
        shown = (each if common.show_secrets else masked(crm.catalogue, each) for each in changes)
        person = is_person(common.as_json)
        with progress(common.no_color, beside_data=not person) as report:
            found = _counted(shown, lambda done: report(of.resource, done, None))
            records = list(found) if person else _print(found)
        if person:
            _show_table(crm.catalogue, of, records, common.no_color)
    _keep(since_file, changes)


def _counted(records: Iterable[Record], report: Callable[[int], None]) -> Iterator[Record]:
    for done, each in enumerate(records, 1):
        report(done)
        yield each


def _print(records: Iterable[Record]) -> list[Record]:
    """Prints records as they come; keeps none."""
    for each in records:
        click.echo(json.dumps(each, ensure_ascii=False).encode("utf-8", "backslashreplace"))
    return []


def _show_table(catalogue: Catalogue, of: Any, records: list[Record], no_color: bool) -> None:
    from icosa.surfaces.cli.tables import records_table

    if records:
        output.print_rich(records_table(catalogue, of, records, shutil.get_terminal_size().columns), no_color)
    gone = sum(1 for each in records if each.get("deletedAt"))
    remark(f"{len(records):,} changed" + (f", {gone:,} of them deleted" if gone else ""))


def _kept(file: Path | None, sources: Sources) -> str | None:
    """The token in a file, or None where it is not there yet.  Raises UsageError where none can be kept there: before
    anything is printed, rather than after."""
    if file is None:
        return None
    if not file.absolute().parent.is_dir():
        raise click.UsageError(f"--since-file: there is no folder {str(file.parent)!r} to keep {file.name} in")
    return sources.file(file, "--since-file").strip() if file.is_file() else None


def _keep(file: Path | None, changes: Changes[Record]) -> None:
    """The token is kept when all is printed: a run that was broken off is done again."""
    sys.stdout.flush()
    if file is None:
        remark(f"To go on from here: --since {changes.token}")
        return
    made = file.with_name(f".{file.name}.new")
    try:
        made.write_text(changes.token + "\n", "utf-8")
        made.replace(file)
    except OSError as error:
        raise InvalidInput(
            f"--since-file: {str(file)!r} cannot be written: {error.strerror}. To go on from here: --since {changes.token}"
        ) from None


COMMAND = click.Command(
    "changed",
    callback=_run,
    params=[
        Argument(["resource"], type=ResourceName(), help="Whose records: people, companies, or any other resource."),
        click.Option(["--since"], metavar="MOMENT", help="A moment such as 2026-02-03T09:00:00Z, or what an earlier run said; else all."),
        click.Option(
            ["--since-file"],
            type=click.Path(path_type=Path, dir_okay=False),
            metavar="FILE",
            help="Where to go on from is read from this file, where it is there, and kept in it when all is printed.",
        ),
        click.Option(["--depth"], type=click.Choice(("0", "1", "2")), default="0", help="How far relations are followed; 0 unless told."),
        click.Option(
            ["--overlap"],
            type=float,
            default=OVERLAP,
            metavar="SECONDS",
            help="How much is read again the next time, since a long write may show late; 60 unless told.",
        ),
        *common_options(),
    ],
    help="Print the records of RESOURCE that were created, changed, deleted or brought back since a moment, each as it is now. Those "
    "that were deleted have their deletedAt. Each change is met at least once by runs that go on from each other, whatever is "
    "written meanwhile. A program gets JSON Lines.",
    epilog="\b\nExample:\n  icosa changed people --since-file people.token > changed.jsonl",
)
