"""The resource that an argument of a command names: found in any of its spellings, completed, and else told by what is meant."""

from typing import TYPE_CHECKING, NoReturn

import click

from icosa.errors import UnknownObject
from icosa.surfaces.cli.known_workspace import known_by
from icosa.surfaces.cli.misnamed import Misnamed
from icosa.surfaces.cli.parameters import TextType

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from icosa.catalogue.model import Catalogue
    from icosa.client.blocking import Client
    from icosa.client.resource import Resource


class ResourceName(TextType):
    """A resource as it was typed, which the workspace may know; completed from what is known of it."""

    name = "resource"

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> "list[CompletionItem]":
        from click.shell_completion import CompletionItem  # here: only shells that complete need it

        return [CompletionItem(name) for name in known_by(ctx).groups if name.startswith(incomplete)]


def resource(crm: "Client", called: str, otherwise: str = "icosa --help lists all") -> "Resource":
    """The resource of a workspace.  Raises Misnamed for one that it does not have, with the command that is meant, or
    with what to do `otherwise`."""
    try:
        return crm[called]
    except UnknownObject:
        refuse_misnamed(crm.catalogue, called, otherwise)


def refuse_misnamed(catalogue: "Catalogue", called: str, otherwise: str) -> NoReturn:
    from icosa.surfaces.cli.corrections import replaced, resources_meant  # here: see corrections

    ctx = click.get_current_context()
    near = resources_meant(catalogue, called)
    line = replaced(ctx, called, near[0]) if len(near) == 1 else ""
    raise Misnamed(f"there is no resource '{called}'" + (f". Did you mean {' or '.join(near)}?" if near else f"; {otherwise}"), ctx, line)
