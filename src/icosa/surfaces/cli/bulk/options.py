"""The options of commands that read rows, and which workspace they go to."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

import icosa
from icosa.client.sending.retries import Retries
from icosa.errors import UnknownObject
from icosa.surfaces.cli.connection import connected
from icosa.surfaces.cli.input_files import ExistingFile
from icosa.surfaces.cli.options import Common, Text, common_options
from icosa.surfaces.cli.parameters import Argument
from icosa.surfaces.cli.resource_argument import ResourceName, resource
from icosa.surfaces.cli.sources import Sources
from icosa.wire.actions import find_object

if TYPE_CHECKING:
    from icosa.imports.recipes.recipe import Recipe
    from icosa.imports.settings import ImportSettings

CONVENTIONS = ("region", "date_order", "zone", "locale", "currency", "clear", "separator", "decimal", "exact")
PATIENCE = Retries(seconds=240.0, asked=1800.0)
"""A long run outlives a server that restarts slowly, where ICOSA_RETRIES says nothing else."""

PART_DONE = 8
"""The exit code of a run that left something undone."""


def connected_for_long(common: Common, otherwise: str | None = None) -> AbstractContextManager[icosa.Client]:
    """The workspace that the options name, else the one that is said here, else the usual one; its server may be away for
    longer than other commands wait."""
    return connected(common, Sources(), otherwise=otherwise, retries=Retries.of(None, otherwise=PATIENCE))


def resource_of(crm: icosa.Client, source: Path, wanted: str | None) -> str:
    """Which resource rows go to: the one that is told, else the one that the file is called after; contact cards are people.
    Raises UsageError where it is called after none, UnknownObject for one that was told."""
    name = wanted or source.name.partition(".")[0]
    try:
        return find_object(crm.catalogue, name).plural
    except UnknownObject:
        if wanted:
            raise
        if _holds_cards(source) and "people" in crm.catalogue.by_plural:
            return "people"
        raise click.UsageError(
            f"the name of {source.name} is that of no resource; say whose records its rows are, as in --to people"
        ) from None


def _holds_cards(source: Path) -> bool:
    from icosa.imports.rows.cards import SUFFIXES  # here: most commands read no file of rows

    return source.suffix.lower() in SUFFIXES


def rows_of(crm: icosa.Client, source: Path, to: str | None, recipe: Path | None) -> "str | Recipe":
    """What rows are: those of a resource, or what a recipe says.  Raises as `resource_of` and reading a recipe do."""
    if recipe is None:
        return resource_of(crm, source, to if to is None else resource(crm, to).object.plural)
    from icosa.imports.recipes.reading import read_recipe

    if to is not None:
        raise click.UsageError("--recipe says whose records the rows are, and so does --to; leave --to out")
    return read_recipe(recipe)


def settings(values: dict[str, Any]) -> "ImportSettings":
    """What the options say about reading and matching rows.  Raises UsageError."""
    conventions = {name: values[name] for name in CONVENTIONS if values[name] is not None}
    if values["unknown"]:
        conventions["unknown"] = values["unknown"]
    defaults: ImportSettings = {
        "key": values["key"],
        "columns": dict(map(_pair, values["map_"])),
        "create_links": values["create_links"],
        "sheet": values["sheet"],
        "head": values["head"],
        "errors_as_empty": values["errors_as_empty"],
        "keep_totals": values["keep_totals"],
        "encoding": values["encoding"],
        "delimiter": "\t" if values["delimiter"] in ("\\t", "tab") else values["delimiter"],
    }
    return {**defaults, **conventions}  # type: ignore[typeddict-item]


def _pair(text: str) -> tuple[str, str]:
    column, equals, path = text.partition("=")
    if not equals:
        raise click.UsageError(
            f"--map {text!r} says no place; write COLUMN=PATH, as in 'E-mail=emails.primaryEmail', or COLUMN= to leave it out"
        )
    return column, path


def row_options() -> list[click.Parameter]:
    """A source of rows, and how it is read."""
    return [
        Argument(
            ["source"],
            type=ExistingFile(standard_input=True),
            metavar="FILE",
            help="CSV, JSON Lines, Parquet, Excel or contact cards; its suffix says which.",
        ),
        click.Option(
            ["--to"],
            type=ResourceName(),
            metavar="RESOURCE",
            help="Whose records the rows are; else what the file is called after: people.csv.",
        ),
        click.Option(
            ["--key"],
            type=Text("PATH"),
            metavar="PATH",
            help="What a row and a record are matched by, such as emails.primaryEmail; none where all rows are new. "
            "Else the resource's own unique value.",
        ),
        click.Option(
            ["--map", "map_"],
            type=Text("COLUMN=PATH"),
            metavar="COLUMN=PATH",
            multiple=True,
            help="Where a column goes whose name does not say it; COLUMN= leaves it out. May be given several times.",
        ),
        click.Option(
            ["--recipe"],
            type=ExistingFile(),
            metavar="FILE",
            help="A file that says all of this, of several objects; what is told beside it wins. icosa plan --save-recipe writes one.",
        ),
        click.Option(["--create-links"], is_flag=True, help="Create what rows are linked to where it is not there."),
        click.Option(["--region"], metavar="CODE", help="The country of phone numbers without +, such as DE."),
        click.Option(["--date-order"], metavar="[dmy|mdy|ymd]", help="How dates such as 03/04/2026 are meant."),
        click.Option(["--zone"], metavar="NAME", help="The time zone of moments without one, such as Europe/Berlin; else UTC."),
        click.Option(["--locale"], metavar="NAME", help="How numbers, months and countries are written, such as de_DE."),
        click.Option(["--decimal"], metavar="[.|,]", help="The decimal mark of numbers; else the locale's, or what a column shows."),
        click.Option(["--currency"], metavar="CODE", help="The currency of amounts without one, such as EUR."),
        click.Option(["--clear"], metavar="TEXT", help="The text of a cell that clears a value; an empty cell leaves it as it is."),
        click.Option(
            ["--unknown"],
            metavar="TEXT",
            multiple=True,
            help="A text that says that a value is not known, beside n/a, - and their like. May be given several times.",
        ),
        click.Option(["--separator"], metavar="TEXT", help="What stands between the items of a list in a cell; else ;"),
        click.Option(["--exact"], is_flag=True, default=None, help="Values are as the API has them; nothing is made of them."),
        click.Option(["--sheet"], metavar="NAME", help="The sheet of a workbook; else the first."),
        click.Option(["--head"], type=int, metavar="NUMBER", help="The row that names the columns; else it is found below titles."),
        click.Option(["--errors-as-empty"], is_flag=True, help="Take cells that show an error of a spreadsheet, such as #REF!, for empty."),
        click.Option(["--keep-totals"], is_flag=True, help="Take a last row that sums up those above it, such as Total, for a record."),
        click.Option(["--encoding"], metavar="NAME", help="The encoding of a text file; else it is found, and the plan says how sure."),
        click.Option(["--delimiter"], metavar="CHARACTER", help="What stands between cells; else it is found."),
    ]


def place_options(*, dry_run: str | None = None) -> Sequence[click.Parameter]:
    """Where a command goes and how its answer is shown, and --dry-run with its meaning there."""
    shared: list[click.Parameter] = [each for each in common_options() if each.name not in ("dry_run", "show_secrets")]
    return [*shared, click.Option(["--dry-run"], is_flag=True, help=dry_run)] if dry_run else shared


def confirmation() -> click.Option:
    return click.Option(["--yes", "-y"], is_flag=True, help="Do not ask before writing; needed where there is no terminal to ask at.")
