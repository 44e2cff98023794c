"""`icosa notes attach` and `detach`: notes and tasks on records, and off them."""

from collections.abc import Mapping
from typing import Any, Final

import click
import orjson

from icosa.catalogue import naming
from icosa.catalogue.junctions import Junction
from icosa.surfaces.cli import output
from icosa.surfaces.cli.known_workspace import known_by
from icosa.surfaces.cli.misnamed import UnknownOption
from icosa.surfaces.cli.options import Common, Text, common_options, journal_options
from icosa.surfaces.cli.parameters import Argument
from icosa.surfaces.cli.sources import STANDARD_INPUT, Sources
from icosa.surfaces.cli.terminal import is_person

COMMANDS: Final = {"attach": "put a record on others.", "detach": "take a record off others."}
"""What hangs on records has these commands too."""


class AttachingCommand(click.Command):
    """Attaches the records of one object, or detaches them."""

    def __init__(self, joined: Junction, name: str) -> None:
        singular, plural = naming.label(joined.of.singular).lower(), naming.kebab_case(joined.of.plural)
        example = next(iter(joined.to))
        known_as = "ada@example.com" if example == "people" else "engines.example.com" if example == "companies" else "NAME"
        super().__init__(
            name,
            params=[
                Argument(["record"], metavar=singular.upper(), help=f"The {singular}: its id or title; - for what create-one printed."),
                *(_option(each) for each in joined.to),
                *common_options(),
                *journal_options(),
            ],
            help=f"{_WHAT[name].format(what=singular)} Each is told by its id or by what it is known by: the e-mail address or the name of "
            "a person, the website or the name of a company. An option may be given several times.",
            epilog=f"\b\nExample:\n  icosa {plural} {name} 'First call' --{naming.kebab_case(example)} {known_as}",
        )
        self.joined = joined

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Says which object is meant by an option that is not there, in the words that people use."""
        try:
            return super().parse_args(ctx, args)
        except click.NoSuchOption as error:
            from icosa.surfaces.cli.corrections import object_named, replaced  # here: see corrections

            wrong = error.option_name
            of = object_named(known_by(ctx).catalogue, wrong.lstrip("-"))
            if of is None or of.plural not in self.joined.to:
                raise
            option = f"--{naming.kebab_case(of.plural)}"
            raise UnknownOption(wrong, f"No such option '{wrong}'. Did you mean '{option}'?", ctx, replaced(ctx, wrong, option)) from None

    def invoke(self, ctx: click.Context) -> Any:
        from icosa.surfaces.cli.connection import connected  # here, because help and completion need nothing that asks

        common, sources = Common.of(ctx.params), Sources()
        targets = {each: ctx.params[f"to_{each}"] for each in self.joined.to if ctx.params[f"to_{each}"]}
        if not targets:
            options = ", ".join(f"--{naming.kebab_case(each)}" for each in self.joined.to)
            raise click.UsageError(f"say which records are meant, by at least one of {options}", ctx)
        record = _record(ctx.params["record"], sources)
        with connected(common, sources, ctx.command_path if common.journal else None) as crm:
            resource = crm[self.joined.of.plural]
            rows = (resource.attach if self.name == "attach" else resource.detach)(record, **targets)
        self._tell(rows, common)

    def _tell(self, rows: list[dict[str, Any]], common: Common) -> None:
        if not is_person(common.as_json):
            output.print_json(rows)
            return
        records = f"{len(rows)} record{'' if len(rows) == 1 else 's'}"
        click.echo(f"Attached to {records}." if self.name == "attach" else f"Detached from {records}.")


_WHAT: Final[Mapping[str, str]] = {
    "attach": "Put a {what} on records. What it is on already is left as it is.",
    "detach": "Take a {what} off records. The {what} and the records stay.",
}


def _option(plural: str) -> click.Option:
    label = naming.label(plural).lower()
    return click.Option(
        [f"--{naming.kebab_case(plural)}", f"to_{plural}"],
        type=Text("RECORD"),
        metavar="RECORD",
        multiple=True,
        help=f"One of the {label}.",
    )


def _record(called: str, sources: Sources) -> str | dict[str, Any]:
    """The record that an argument tells; from standard input an id, or the JSON of a record."""
    if called != STANDARD_INPUT:
        return called
    text = sources.standard_input("the record").strip()
    if not text.startswith("{"):
        return text
    try:
        found: dict[str, Any] = orjson.loads(text)
    except ValueError:
        raise click.UsageError("standard input begins as a JSON record and is none; pipe what create-one prints, or an id") from None
    return found
