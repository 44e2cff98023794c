"""`icosa show`: one record with all that hangs on it, in words."""

import shlex
import shutil
from collections.abc import Mapping
from typing import Any

import click

from icosa.call.masking import masked
from icosa.catalogue import naming
from icosa.catalogue.model import Catalogue
from icosa.client.blocking import Client
from icosa.client.related import NEWEST, RecordWithRelated, gathered
from icosa.errors import Conflict, NotFound, UnknownObject
from icosa.surfaces.cli import output
from icosa.surfaces.cli.connection import connected
from icosa.surfaces.cli.known_workspace import known_by
from icosa.surfaces.cli.options import Common, common_options
from icosa.surfaces.cli.parameters import Argument
from icosa.surfaces.cli.resource_argument import ResourceName, refuse_misnamed
from icosa.surfaces.cli.resource_argument import resource as named
from icosa.surfaces.cli.sources import Sources
from icosa.surfaces.cli.terminal import is_person
from icosa.wire.actions import find_object


@click.pass_context
def _run(ctx: click.Context, /, resource: str | None, record: tuple[str, ...], limit: int, **values: Any) -> None:
    common, called = Common.of(values), " ".join(record).strip()
    if resource is None or not called:
        raise click.UsageError(_unsaid(ctx, resource))
    with connected(common, Sources()) as crm:
        whose = f"say whose record it is first, as in icosa show people {shlex.join((resource, *record))}"
        name = named(crm, resource, whose).object.plural
        shown = _found(crm, name, called, limit, is_asked_by_a_person=is_person(common.as_json))
        if not common.show_secrets:
            shown = shown.mapped(lambda each: masked(crm.catalogue, each))
        if is_person(common.as_json):
            _show_card(crm.catalogue, shown, common.no_color)
        else:
            output.print_json(_as_json(shown))


def _unsaid(ctx: click.Context, resource: str | None) -> str:
    """What is missing of which record is to be shown."""
    if resource is None:
        return "say which record is to be shown: its resource, then its id or what it is known by, such as people ada@example.com"
    try:
        name = naming.kebab_case(find_object(known_by(ctx).catalogue, resource).plural)
    except UnknownObject:
        refuse_misnamed(known_by(ctx).catalogue, resource, f"say whose record it is first, as in icosa show people {shlex.quote(resource)}")
    return f"say which of the {name} is to be shown: its id, or what it is known by, such as its name"


def _found(crm: Client, resource: str, called: str, limit: int, *, is_asked_by_a_person: bool) -> RecordWithRelated:
    try:
        return gathered(crm, resource, called, limit)
    except (NotFound, Conflict) as error:
        if not is_asked_by_a_person:
            raise
        from icosa.surfaces.cli.similar_records import with_near  # here, because what is found needs none of it

        raise with_near(crm, resource, called, error) from None


def _show_card(catalogue: Catalogue, shown: RecordWithRelated, no_color: bool) -> None:
    from icosa.surfaces.cli.card import card  # here, because programs never need it and tables take long to load

    for part, rest in card(catalogue, shown, shutil.get_terminal_size().columns):
        output.print_rich(part, no_color)
        if rest:
            click.echo(rest)


def _as_json(shown: RecordWithRelated) -> Mapping[str, Any]:
    """The record with those it points at, and of each kind of record that hangs on it how many there are and the newest."""
    related = {each.name: {"totalCount": each.total, "records": [record for _, record in each.newest]} for each in shown.related}
    return {"resource": shown.of.plural, "record": shown.record, "related": related}


COMMAND = click.Command(
    "show",
    callback=_run,
    params=[
        Argument(["resource"], type=ResourceName(), required=False, help="Whose record: people, companies, or any other resource."),
        Argument(["record"], nargs=-1, help="Its id, e-mail address, website or name."),
        click.Option(
            ["--limit"],
            type=click.IntRange(1),
            default=NEWEST,
            metavar="NUMBER",
            help=f"How many of each kind are shown; {NEWEST} unless told.",
        ),
        *common_options(),
    ],
    help="Show a record of RESOURCE in words: its fields, what it points at, its notes and tasks, and all else that hangs on it, with "
    "how many there are and the newest. RECORD is its id or what it is known by: the e-mail address or the name of a person, the website "
    "or the name of a company, the title of a note.",
    epilog="\b\nExample:\n  icosa show people ada@example.com",
)
