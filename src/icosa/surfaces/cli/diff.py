"""`icosa diff`: what differs between two workspaces."""

import json
import sys
from collections import Counter
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import click

import icosa
from icosa.call.address import is_embedded
from icosa.client.credentials.text_address import without_password
from icosa.mirror.compare import KINDS, Difference, differences, objects_of
from icosa.mirror.walking import Remote, remote
from icosa.secret import Secret
from icosa.surfaces.cli import output, target_workspace
from icosa.surfaces.cli.copy_report import output_options, timeout
from icosa.surfaces.cli.options import verbose
from icosa.surfaces.cli.parameters import Argument
from icosa.surfaces.cli.progress import progress
from icosa.surfaces.cli.sources import Sources
from icosa.surfaces.cli.target_workspace import database_url
from icosa.surfaces.cli.terminal import harmless, is_person, remark
from icosa.surfaces.cli.unreadable_files import wrong_with

DIFFERENT = 1
_SIGNS = {"added": "+", "deleted": "x", "removed": "-", "changed": "~"}


def _run(
    one: str,
    other: str,
    objects: tuple[str, ...],
    token_file: Path | None,
    other_token_file: Path | None,
    timeout: float,
    summary: bool,
    as_json: bool,
    no_color: bool,
) -> int:
    counts: Counter[tuple[str, str]] = Counter()
    sources = Sources()
    with ExitStack() as stack:
        a, b = (
            _opened(stack, given, file, timeout, sources) for given, file in ((one, token_file), (other, other_token_file or token_file))
        )
        pairs = objects_of(a.crm.catalogue, b.crm.catalogue, objects)
        for here, there in pairs:
            if here is None or there is None:
                remark(f"{(here or there).plural}: only {without_password((a if here else b).crm.address)} has this object")  # type: ignore[union-attr]
        # Lines that come one by one show how far it is, and a bar would stand among them.
        report = stack.enter_context(progress(no_color)) if summary or not sys.stdout.isatty() else lambda name, done, total: None
        for each in differences(a, b, pairs, lambda name, done: report(name, done, None)):
            counts[each.object, each.change] += 1
            if not summary:
                _show(each, as_json)
    _sum_up(counts, summary, as_json, no_color)
    return DIFFERENT if counts else 0


def _opened(stack: ExitStack, given: str, token_file: Path | None, timeout: float, sources: Sources) -> Remote:
    address = address_meant(given)
    # A key in the environment is the server's, where one of the two is a file.
    token = Secret("") if is_embedded(address) else target_workspace.token(token_file, sources)
    return remote(stack.enter_context(icosa.connect(address, token, timeout=timeout)))


def address_meant(given: str) -> str:
    """The address that somebody means by an address or the path of a file, which must be there: opening would
    make an empty workspace of a name that is misspelt."""
    if "://" not in given:
        if problem := wrong_with(Path(given).expanduser()):
            raise click.UsageError(f"{problem}. An address is written in full: https://{given}")
        return database_url(given)
    return given


def _show(each: Difference, as_json: bool) -> None:
    if not is_person(as_json):
        fields = {path: list(values) for path, values in each.fields.items()}
        found = {"object": each.object, "id": each.id, "change": each.change}
        click.echo(json.dumps(found | ({"fields": fields} if fields else {"record": each.record}), ensure_ascii=False))
        return
    click.echo(harmless(f"{_SIGNS[each.change]} {each.object} {each.id}{_name(each.record)}"))
    for path, (before, after) in each.fields.items():
        click.echo(harmless(f"    {path}: {_brief(before)} → {_brief(after)}"))


def _name(record: dict[str, Any]) -> str:
    """What a record is called, as far as it has a name or a title."""
    held = record.get("name") or record.get("title")
    text = " ".join(filter(None, held.values())) if isinstance(held, dict) else held
    return f" {text}" if text else ""


def _brief(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else text[:59] + "…"


def _sum_up(counts: Counter[tuple[str, str]], summary: bool, as_json: bool, no_color: bool) -> None:
    names = list(dict.fromkeys(name for name, _ in counts))
    rows = [{"object": name, **{kind: counts[name, kind] for kind in KINDS}} for name in names]
    if summary:
        output.print_rows(rows, {"object": "Object", **{kind: kind.capitalize() for kind in KINDS}}, as_json, no_color)
    totals = ", ".join(f"{sum(count for (_, each), count in counts.items() if each == kind):,} {kind}" for kind in KINDS)
    remark(f"{totals}." if counts else "The two are equal.")


COMMAND = click.Command(
    "diff",
    callback=_run,
    params=[
        Argument(["one"], metavar="A", help="A workspace: the file of one, or an address."),
        Argument(["other"], metavar="B", help="The other."),
        click.Option(["--object", "objects"], multiple=True, metavar="NAME", help="Only this object; may be given several times."),
        click.Option(["--token-file"], type=click.Path(path_type=Path), help="A file that holds the API key of A, or of both."),
        click.Option(["--other-token-file"], type=click.Path(path_type=Path), help="A file that holds the API key of B."),
        timeout(),
        verbose(),
        click.Option(["--summary"], is_flag=True, help="Counts alone, a line for each object that differs."),
        *output_options(),
    ],
    help="Say what B has that A has not: records that were added, deleted (B keeps them out of sight), removed (B shows nothing of "
    "them) or changed, and in which fields. Live records are compared; secrets do not count, nor when and by whom a record was "
    "changed last. A program gets JSON Lines. The exit code is 0 where the two are equal and 1 where they differ.",
    epilog="\b\nExample:\n  icosa diff monday.db https://crm.example.com --object people",
)
