"""`icosa --describe`: the whole tree of commands as JSON, for programs and agents that call it."""

import json
from typing import Any

import click

from icosa.call.extensions import EXTENSIONS
from icosa.surfaces.cli.options import CommonOption, IdArgument, PropertyOption, SecretFileOption, Text
from icosa.surfaces.cli.resources import ActionCommand
from icosa.wire.actions import Operation


def description(ctx: click.Context) -> str:
    """The tree as JSON text: each command with its path of names, purpose and parameters.

    A group has `commands`; a command has `arguments` and `options`; one that runs an action says which.
    What goes beyond the 253 actions, and only some servers know, is marked as an `extension`.
    """
    return json.dumps(_described(ctx.command, ctx), ensure_ascii=False, indent=1)


def _described(command: click.Command, ctx: click.Context) -> dict[str, Any]:
    described: dict[str, Any] = {"name": command.name, "help": command.get_short_help_str(limit=1000)}
    if isinstance(command, ActionCommand):
        action = command.action
        described |= {"resource": action.resource, "operation": action.label, "method": action.method, "path": action.path}
        if action.operation in (Operation.RESTORE, Operation.OTHER):
            described["extension"] = True
    parameters = [each for each in command.get_params(ctx) if "--help" not in each.opts]
    described["arguments"] = [_parameter(each) for each in parameters if isinstance(each, click.Argument)]
    described["options"] = [_parameter(each) for each in parameters if isinstance(each, click.Option)]
    if isinstance(command, click.Group):
        below = [command.get_command(ctx, name) for name in command.list_commands(ctx)]
        described["commands"] = [_described(each, click.Context(each, ctx, each.name)) for each in below if each is not None]
    return described


def _parameter(of: click.Parameter) -> dict[str, Any]:
    described: dict[str, Any] = {"name": of.human_readable_name if isinstance(of, click.Argument) else of.opts[0]}
    if len(of.opts) > 1:
        described["aliases"] = of.opts[1:]
    described["type"] = "flag" if isinstance(of, click.Option) and of.is_flag else of.type.name
    choices = list(of.type.choices) if isinstance(of.type, Text | click.Choice) else []
    if choices:
        described["choices"] = choices
    if isinstance(of, PropertyOption | IdArgument):
        described["property"] = of.property.label
        if of.property in EXTENSIONS:
            described["extension"] = True
    if of.required or (isinstance(of, PropertyOption | IdArgument) and of.property.required):
        described["required"] = True
    if of.multiple:
        described["multiple"] = True
    if isinstance(of, SecretFileOption) or (isinstance(of, PropertyOption) and of.property.secret):
        described["secret"] = True
    if isinstance(of, CommonOption):
        described["common"] = True
    return described | ({"help": of.help} if of.help else {})
