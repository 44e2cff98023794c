"""`icosa run chain.toml`: runs a chain, and prints what each step gave."""

import json
import re
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import click

import icosa
from icosa.call.masking import masked
from icosa.errors import IcosaError
from icosa.surfaces.cli import output
from icosa.surfaces.cli.bulk.options import PART_DONE
from icosa.surfaces.cli.connection import connected
from icosa.surfaces.cli.input_files import ExistingFile
from icosa.surfaces.cli.options import Common
from icosa.surfaces.cli.progress import progress
from icosa.surfaces.cli.sources import STANDARD_INPUT, Sources
from icosa.surfaces.cli.terminal import is_person, remark

if TYPE_CHECKING:
    from icosa.chains import Chain, ChainItem, Planned

ERRORS_SHOWN = 10
_STEP = re.compile(r"^[ \t]*\[step\.", re.MULTILINE)
"""The heading of a step, which stands in no call."""


def holds_chain(text: str) -> bool:
    """Whether a text is a chain, rather than a call."""
    if _STEP.search(text):
        return True
    if not (text.lstrip("\ufeff \t\r\n").startswith("{") and '"step"' in text):
        return False
    try:
        content = json.loads(text.removeprefix("\ufeff"))
    except (ValueError, RecursionError):
        return False
    return isinstance(content, dict) and "step" in content and "resource" not in content


def run_chain(text: str, name: str, items: Path | None, limit: int | None, journal: bool, common: Common, sources: Sources) -> int:
    """Runs the chain that a text says; the exit code that says whether all of its items went well."""
    from icosa import chains

    chain = chains.chain_in(text.removeprefix("\ufeff"), name)
    with _began(items, sources) as began:
        if common.dry_run:
            with connected(common, sources) as crm:
                return _show(crm, chains.dry_run(crm, chain, began, limit=limit), common)
        title = f"icosa run {name}" if journal else None
        failed: BaseException | None = None
        seen: list[ChainItem] = []
        with connected(common, sources, title) as crm:
            person = is_person(common.as_json)
            try:
                with progress(common.no_color, beside_data=not person) as report:
                    for each in chains.run(crm, chain, began, limit=limit, progress=report):
                        seen.append(each)
                        if not person:
                            _print(crm, each, common)
            except (IcosaError, KeyboardInterrupt) as error:
                failed = error  # raised once it is said how what was written is put back
            if person:
                _tell(crm, chain, seen, common)
            if failed is None or seen:
                _sum_up(chain, seen, person)
    if failed is not None:
        raise failed
    return PART_DONE if any(each.error for each in seen) else 0


@contextmanager
def _began(path: Path | None, sources: Sources) -> Iterator["list[ChainItem] | None"]:
    """The items that a file holds, or standard input; None where none is named."""
    from icosa.chains import read_items

    if path is None:
        yield None
    elif str(path) != STANDARD_INPUT:
        yield read_items(path.expanduser())
    else:
        text = sources.standard_input("--input")
        kind = "jsonl" if text.lstrip()[:1] in ("{", "[") else "csv"
        with TemporaryDirectory(prefix="icosa-") as folder:  # rows are looked through more than once
            file = Path(folder) / f"input.{kind}"
            file.write_text(text, "utf-8")
            yield read_items(file)


def _print(crm: icosa.Client, item: "ChainItem", common: Common) -> None:
    """An item as a line of JSON, as it comes."""
    from icosa.chains.inputs import as_line

    line = as_line(item, item.value if common.show_secrets else masked(crm.catalogue, item.value))
    click.echo(line.encode("utf-8", "backslashreplace"))


def _tell(crm: icosa.Client, chain: "Chain", seen: Iterable["ChainItem"], common: Common) -> None:
    """The items of the last step, as a table where they are records."""
    from icosa.chains.checking import action_of
    from icosa.surfaces.cli.tables import records_table

    last = action_of(chain.steps[-1], crm.catalogue, crm.offers)
    found = [each.value for each in seen if each.step == chain.steps[-1].name and each.error is None]
    shown = found if common.show_secrets else masked(crm.catalogue, found)
    if not shown:
        return
    if last.object is None or not all(isinstance(each, Mapping) for each in shown):
        output.print_json(shown)
    else:
        output.print_rich(records_table(crm.catalogue, last.object, shown, shutil.get_terminal_size().columns), common.no_color)


def _sum_up(chain: "Chain", seen: Iterable["ChainItem"], person: bool) -> None:
    """How many items each step gave, and which failed, on standard error; a program finds the errors among its lines."""
    gave, failures = Counter(each.step for each in seen if each.error is None), [each for each in seen if each.error]
    failed = Counter(each.step for each in failures)
    for step in ("input", *(each.name for each in chain.steps)):
        if step != "input" or failed[step]:
            outcome = f"{gave[step]:,} item{'' if gave[step] == 1 else 's'}" if step != "input" else "not all could be read"
            remark(f"{step}: {outcome}" + (f", {failed[step]:,} failed" if failed[step] else ""))
    if person:
        for each in failures[:ERRORS_SHOWN]:
            above = "" if each.parent is None else f" for item {each.parent.at} of {each.parent.step}"
            remark(f"  {each.step}{above}: {each.error}")
        if len(failures) > ERRORS_SHOWN:
            remark(f"  and {len(failures) - ERRORS_SHOWN:,} more; --json shows all")


def _show(crm: icosa.Client, planned: Iterable["Planned"], common: Common) -> int:
    """What would be sent for the first items of each step."""
    from icosa.chains.planned_json import planned_json

    person, wrong = is_person(common.as_json), False
    for each in planned:
        wrong = wrong or each.error is not None
        described = planned_json(crm.catalogue, each, show_secrets=common.show_secrets)
        if person:
            _show_one(described)
        else:
            click.echo(json.dumps(described, ensure_ascii=False).encode("utf-8", "backslashreplace"))
    remark("Nothing was written. What only reads was asked; of each step the first items are shown.")
    return PART_DONE if wrong else 0


def _show_one(described: Mapping[str, Any]) -> None:
    above = described["from"]
    click.echo(f"{described['step']}: {described['action']}" + (f", for item {above['at']} of {above['step']}" if above else ""))
    if "error" in described:
        click.echo(f"  {described['error']['message']}")
    elif "properties" in described:
        click.echo(f"  {json.dumps(described['properties'], ensure_ascii=False)}")
    else:
        click.echo(f"  {described['method']} {described['url']}")
        if described["body"] is not None:
            click.echo(f"  {json.dumps(described['body'], ensure_ascii=False)}")


def chain_options() -> list[click.Parameter]:
    """What a chain takes that a call does not."""
    return [
        click.Option(
            ["--input", "items"],
            type=ExistingFile(standard_input=True),
            metavar="FILE",
            help="What a chain begins with: rows of CSV, JSON Lines or a workbook, or what an earlier run printed; - reads standard input.",
        ),
        click.Option(
            ["--limit"],
            type=click.IntRange(min=1),
            metavar="NUMBER",
            help="Begin a chain with so many items of its input, or of what its first step finds.",
        ),
        click.Option(
            ["--journal/--no-journal"],
            default=None,
            help="Keep each record as it was, for icosa undo; a chain does unless it is told not to, a call where it is told to.",
        ),
    ]
