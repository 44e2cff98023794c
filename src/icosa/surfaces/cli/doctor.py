"""`icosa doctor`: what a changed workspace breaks in scripts and saved calls, what is new in it, what is safe."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from icosa.catalogue.model import Catalogue
from icosa.catalogue.standard import STANDARD
from icosa.client.credentials.text_address import without_password
from icosa.doctor.comparing import compare
from icosa.doctor.examining import examine
from icosa.doctor.files import in_files
from icosa.doctor.finding import Finding, Severity, worst_first
from icosa.doctor.moved import has_moved
from icosa.doctor.moving import examine_move
from icosa.doctor.snapshots import read_reference, write_snapshot
from icosa.surfaces.cli import output, target_workspace
from icosa.surfaces.cli.connection import connected
from icosa.surfaces.cli.input_files import ExistingFile
from icosa.surfaces.cli.options import Common, common_options
from icosa.surfaces.cli.parameters import Argument
from icosa.surfaces.cli.sources import Sources
from icosa.surfaces.cli.terminal import is_person, remark
from icosa.wire.version import TWENTY_2_19

BROKEN = 1
"""The exit code where something breaks: that of "failed in another way", so that a pipeline stops."""

_HEADINGS = {"severity": "", "place": "Where", "what": "What", "mend": "How to mend it"}


def _run(files: tuple[Path, ...], against: Path | None, document: Path | None, snapshot: Path | None, to: str | None, **values: Any) -> int:
    if to is not None and against is not None:
        raise click.UsageError("--to asks what becomes of what is made for this workspace as it is; leave --against out")
    common = Common.of(values)
    new, origin = _there(common, document)
    if snapshot is not None:
        write_snapshot(snapshot, new, origin)
        remark(f"{origin}: {len(new.objects)} objects, kept in {snapshot}")
        if not files and against is None and to is None:
            return 0
    if to is not None:
        return _of_move(files, new, origin, common)
    old = STANDARD if against is None else read_reference(against)
    findings = examine(old, new, in_files(files, old, new)) if files else worst_first(compare(old, new))
    _show(findings, common)
    counted = Counter(each.severity for each in findings)
    beside = "the 36 objects of Twenty 1.0.3" if against is None else against
    remark(f"{origin}: {counted[Severity.BREAKS]} break, {counted[Severity.NEW]} new, {counted[Severity.SAFE]} safe, against {beside}")
    return BROKEN if counted[Severity.BREAKS] else 0


def _of_move(files: tuple[Path, ...], there: Catalogue, origin: str, common: Common) -> int:
    """What becomes of the files when the workspace moves to 2.19."""
    if has_moved(there):
        raise click.UsageError(f"{origin} is one of Twenty {TWENTY_2_19.name} already; --to says what moving there breaks")
    findings = examine_move(there, in_files(files, there, there) if files else None)
    _show(findings, common)
    counted = Counter(each.severity for each in findings)
    dangerous, broken = counted[Severity.DANGEROUS], counted[Severity.BREAKS]
    counts = f"{dangerous} dangerous, {broken} break, {counted[Severity.NEW]} new, {counted[Severity.SAFE]} safe"
    remark(f"{origin}: {counts}, once it is moved to Twenty {TWENTY_2_19.name}")
    return BROKEN if dangerous or broken else 0


def _there(common: Common, document: Path | None) -> tuple[Catalogue, str]:
    """What there is now, and where it was read from."""
    if document is not None:
        if target_workspace.address(common.url, common.database) is not None:
            raise click.UsageError("--document is what is looked at instead of a workspace; leave --url and --database out")
        return read_reference(document), str(document)
    with connected(common, Sources()) as crm:
        return crm.catalogue, without_password(crm.address)


def _show(findings: Sequence[Finding], common: Common) -> None:
    if not is_person(common.as_json):
        output.print_json([each.as_json() for each in findings])
    elif findings:
        rows = [{"severity": str(each.severity), "place": each.place, "what": each.what, "mend": each.mend} for each in findings]
        headings = {name: text for name, text in _HEADINGS.items() if any(each[name] for each in rows)}
        output.print_rows(rows, headings, False, common.no_color)


_FILE = ExistingFile()

COMMAND = click.Command(
    "doctor",
    callback=_run,
    params=[
        Argument(["files"], nargs=-1, type=ExistingFile(folders=True, empty=True), metavar="[FILE]..."),
        click.Option(
            ["--against"], type=_FILE, metavar="SNAPSHOT",
            help="What they were made for: a snapshot, or a saved OpenAPI document. Else the 36 objects that Twenty 1.0.3 comes with.",
        ),
        click.Option(
            ["--to"], type=click.Choice([TWENTY_2_19.name]),
            help="Say what breaks, and what becomes dangerous, when the workspace moves from Twenty 1.0.3 to this version.",
        ),
        click.Option(["--document"], type=_FILE, metavar="FILE", help="Look at this OpenAPI document or snapshot instead of a workspace."),
        click.Option(["--snapshot"], type=click.Path(path_type=Path), metavar="FILE", help="Keep what there is now, for --against."),
        *(each for each in common_options() if each.name != "show_secrets"),
    ],
    help="Say what a changed workspace breaks in FILEs, what is new in it, and what is safe. FILEs are Python and shell scripts, "
    "saved calls, plans, and folders of them; without any, the whole workspace is compared. Nothing is run, and nothing is written.\n\n"
    "The exit code is 1 where something breaks or becomes dangerous, and 0 where nothing does.",
    epilog="\b\nExample:\n  icosa doctor scripts/ --against workspace.json",
)  # fmt: skip
