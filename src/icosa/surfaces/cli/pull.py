"""`icosa pull`: a remote workspace in one file."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

import icosa
from icosa.catalogue.model import Catalogue
from icosa.client.credentials.text_address import without_password
from icosa.mirror.pull import Counts
from icosa.mirror.pull_front import chosen_objects, pull_into
from icosa.mirror.readable_objects import heads
from icosa.mirror.walking import Remote, remote
from icosa.surfaces.cli import output, target_workspace
from icosa.surfaces.cli.copy_report import output_options, timeout
from icosa.surfaces.cli.options import verbose
from icosa.surfaces.cli.parameters import Argument
from icosa.surfaces.cli.progress import progress
from icosa.surfaces.cli.sources import Sources
from icosa.surfaces.cli.target_workspace import database_url
from icosa.surfaces.cli.terminal import remark

HEADINGS = {"object": "Object", "added": "Added", "changed": "Changed", "gone": "Gone", "kept": "Kept", "refused": "Refused"}
LEFT_OUT = 5
"""The exit code where records could not be written."""


def _run(
    url: str | None,
    into: str,
    token_file: Path | None,
    timeout: float,
    mask: bool,
    keep: tuple[str, ...],
    only: tuple[str, ...],
    without: tuple[str, ...],
    full: bool,
    theirs: bool,
    dry_run: bool,
    as_json: bool,
    no_color: bool,
) -> int:
    if keep and not mask:
        raise click.UsageError("--keep names fields that --mask leaves as they are; give --mask too")
    with icosa.connect(url, target_workspace.token(token_file, Sources()), timeout=timeout) as crm:
        if dry_run:
            _count(remote(crm), chosen_objects(crm.catalogue, only, without), as_json, no_color)
            return 0
        with progress(no_color) as report:
            pulled = pull_into(
                database_url(into),
                crm,
                mask=mask,
                keep=keep,
                only=only,
                without=without,
                full=full,
                theirs=theirs,
                progress=report,
                remark=remark,
            )
        _show(pulled.counts, as_json, no_color)
        remark(f"{pulled.name} is up to date with {without_password(crm.address)}.")
        if pulled.new_salt:
            remark(f"Made-up values follow from {pulled.new_salt}: keep it apart from the file, and for the next pull.")
    return LEFT_OUT if any(each.refused for each in pulled.counts.values()) else 0


def _show(counts: Mapping[str, Counts], as_json: bool, no_color: bool) -> None:
    """What was done, of each object that anything was done to."""
    rows = [{"object": plural, **_row(each)} for plural, each in counts.items() if each.any()]
    output.print_rows(rows, HEADINGS, as_json, no_color)
    for plural, each in counts.items():
        if each.kept:
            remark(f"{plural}: {len(each.kept)} were changed on both sides and stay as they are here; --theirs takes the others")
        if each.refused:
            remark(f"{plural}: {len(each.refused)} could not be written, such as {min(each.refused)}: a unique value is taken here")


def _row(counts: Counts) -> dict[str, Any]:
    return {
        "added": counts.added,
        "changed": counts.changed,
        "gone": counts.gone,
        "kept": len(counts.kept),
        "refused": len(counts.refused),
    }


def _count(source: Remote, catalogue: Catalogue, as_json: bool, no_color: bool) -> None:
    found = {plural: each.total for plural, each in heads(source, catalogue).items()}
    rows = [{"object": plural, "records": total} for plural, total in found.items()]
    output.print_rows(rows, {"object": "Object", "records": "Records"}, as_json, no_color)
    requests = sum(-(-total // source.size) + 6 for total in found.values())
    seconds = source.crm.estimate(requests)
    remark(
        f"{sum(found.values()):,} records would be pulled from {without_password(source.crm.address)}, with about {requests:,} requests"
        f"{f' in {seconds:,.0f} seconds' if seconds >= 1 else ''}; nothing was."
    )


COMMAND = click.Command(
    "pull",
    callback=_run,
    params=[
        Argument(["url"], required=False, help="The workspace to pull: a server or a database; else the one of icosa login."),
        click.Option(
            ["--into"], required=True, metavar="FILE", help="The file to pull into, or the address of a database; made where missing."
        ),
        click.Option(["--token-file"], type=click.Path(path_type=Path), help="A file that holds the API key; - for standard input."),
        timeout(),
        verbose(),
        click.Option(["--object", "only"], multiple=True, metavar="NAME", help="Only this object; may be given several times."),
        click.Option(["--without"], multiple=True, metavar="NAME", help="Leave this object out; may be given several times."),
        click.Option(["--full"], is_flag=True, help="Look at every record again, not only at those that say they were changed."),
        click.Option(["--theirs"], is_flag=True, help="Where a record was changed on both sides, take the workspace's."),
        click.Option(["--mask"], is_flag=True, help="Put made-up values in the place of personal data; the same for the same."),
        click.Option(
            ["--keep"],
            multiple=True,
            metavar="FIELD",
            help="A field that --mask leaves as it is, such as jobTitle or people.jobTitle; may be given several times.",
        ),
        click.Option(["--dry-run"], is_flag=True, help="Count what would be pulled, and write nothing."),
        *output_options(),
    ],
    help="Pull a workspace into a file that is a workspace itself: open it with --database, serve it, or look into it with SQL. Run it "
    "again for what has changed since; whatever interrupts it, the next run goes on where it stopped. What was changed in the "
    "file and not pushed stays.",
    epilog="\b\nExample:\n  icosa pull https://crm.example.com --into crm.db --mask --keep companies.name",
)
