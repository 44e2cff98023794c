"""What commands are given, on each click that Icosa can be installed beside: arguments say what they are for since click
8.5, types say what they make since 8.4."""

from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    TextType = click.ParamType[str]
else:
    TextType = click.ParamType

LISTED_APART = hasattr(click.Command, "format_arguments")
"""Whether help has a list of arguments; click before 8.5 has them among the options."""


class Argument(click.Argument):
    """An argument, and what help says of it."""

    def __init__(self, param_decls: list[str], help: str | None = None, **more: Any) -> None:  # noqa: A002 - as click calls it
        super().__init__(param_decls, **more)
        self.help = help

    def get_help_record(self, ctx: click.Context) -> tuple[str, str]:
        return self.make_metavar(ctx), self.help or ""
