"""The commands of actions: a group for each object, a command for each of its operations."""

import json
import shlex
from typing import Any

import click

from icosa.call.extensions import RESTORE_ONE, offered
from icosa.catalogue import naming
from icosa.catalogue.examples import ID, example, example_text
from icosa.catalogue.junctions import junction
from icosa.catalogue.model import Catalogue, Field, Object
from icosa.catalogue.standard import STANDARD
from icosa.errors import InvalidValue
from icosa.forms.names import option_spelt
from icosa.forms.parts import dotted
from icosa.surfaces.cli.known_workspace import KnownWorkspace, known_by, settle_guess
from icosa.surfaces.cli.misnamed import UnknownName
from icosa.surfaces.cli.options import CommonOption, PartOption, parameters_of, told_by_parts
from icosa.surfaces.cli.parameters import LISTED_APART
from icosa.wire.actions import OPEN_API_SCHEMA, Action, Operation, Property
from icosa.wire.actions.operation import ON_SEVERAL


class ActionCommand(click.Command):
    """Runs one action."""

    def __init__(self, catalogue: Catalogue, action: Action, name: str) -> None:
        super().__init__(
            name,
            params=parameters_of(action),
            help=f"{action.label}: {_purpose(action)}\n\n{action.method} {action.path}",
            epilog=f"\b\nExample:\n  {_example(action)}",
            context_settings={"token_normalize_func": option_spelt},
        )
        self.catalogue = catalogue
        self.action = action

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Says what is meant by an option that is not there, in the words that people use."""
        try:
            return super().parse_args(ctx, args)
        except click.NoSuchOption as error:
            from icosa.surfaces.cli.corrections import misspelt  # here: see corrections

            known = {name for each in self.get_params(ctx) for name in (*each.opts, *each.secondary_opts)}
            raise misspelt(ctx, self.catalogue, self.action, error.option_name, known) from None

    def invoke(self, ctx: click.Context) -> Any:
        # Here, because help and completion need none of what runs an action.
        from icosa.surfaces.cli.perform import perform

        settle_guess(known_by(ctx))
        try:
            perform(self.catalogue, self.action, ctx.params)
        except InvalidValue as error:
            parts = [each for each in dotted(self.action) if each.of.label == error.path]
            if parts:
                error.add_note(f"{error.path} can be given by its parts too: {told_by_parts(parts)}")
            raise

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The action's own options, then those that every action has."""
        shown: dict[str, list[tuple[str, str]]] = {"Properties": [], "Options": []}
        for each in self.get_params(ctx):
            if isinstance(each, PartOption):
                continue
            record = None if LISTED_APART and isinstance(each, click.Argument) else each.get_help_record(ctx)
            if record:
                shown["Options" if isinstance(each, CommonOption) or "--help" in each.opts else "Properties"].append(record)
        for title, records in shown.items():
            if records:
                with formatter.section(title):
                    formatter.write_dl(records)


class ResourceGroup(click.Group):
    """The commands of an object, each built when it is called."""

    def __init__(self, workspace: KnownWorkspace, of: Object) -> None:
        super().__init__(naming.kebab_case(of.plural), help=of.description, no_args_is_help=True)
        self.catalogue = workspace.catalogue
        self.actions = {naming.kebab_case(name): action for name, action in offered(of, workspace.offers).items()}
        self.joined = junction(workspace.catalogue, of)
        self.purposes = {name: _purpose(action) for name, action in self.actions.items()}
        if self.joined:
            from icosa.surfaces.cli import attaching  # here: most objects are attached to nothing

            self.purposes |= attaching.COMMANDS

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.purposes)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name in self.actions:
            return ActionCommand(self.catalogue, self.actions[cmd_name], cmd_name)
        if cmd_name in self.purposes and self.joined:
            from icosa.surfaces.cli.attaching import AttachingCommand  # here: see above

            return AttachingCommand(self.joined, cmd_name)
        return None

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] not in self.purposes and not args[0].startswith("-"):
            from icosa.surfaces.cli.corrections import corrected, operation_meant  # here: see corrections

            right = operation_meant(self.purposes, args[0])
            line = corrected(ctx, args[0], right) if right else ""
            raise UnknownName(f"{self.name} has no command '{args[0]}'; it has {', '.join(self.purposes)}", ctx, line)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, _capital(purpose)) for name, purpose in self.purposes.items()])


_PURPOSES = {
    Operation.FIND_MANY: "find records, a page at a time.",
    Operation.FIND_ONE: "show one record.",
    Operation.CREATE_ONE: "create a record.",
    Operation.CREATE_MANY: "create several records, all or none.",
    Operation.UPDATE_ONE: "change the given properties of a record.",
    Operation.DELETE_ONE: "delete a record.",
    Operation.FIND_DUPLICATES: "find records that are like given ones.",
    Operation.RESTORE: "bring a deleted record back, on a server that can.",
    Operation.UPDATE_MANY: "change all records that a filter finds.",
    Operation.DELETE_MANY: "delete all records that a filter finds.",
    Operation.RESTORE_MANY: "bring back all deleted records that a filter finds.",
    Operation.MERGE: "make one of several records; the others are destroyed.",
    Operation.GROUP_BY: "count and sum up records in groups.",
    Operation.OTHER: "what this server's document lists beside the operations of Twenty 1.0.3.",
    Operation.GET_OPEN_API_SCHEMA: "print the OpenAPI document of the workspace.",
}


def _purpose(action: Action) -> str:
    return _PURPOSES[Operation(action.called) if action.called in ON_SEVERAL else action.operation]


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]


def _example(action: Action) -> str:
    """A command line that works as it stands, where a record with that id is there."""
    of = action.object
    if of is None:
        return "icosa open-api > openapi.json"
    method = RESTORE_ONE if action.operation is Operation.RESTORE else action.operation
    words = ["icosa", naming.kebab_case(of.plural), naming.kebab_case(method)]
    match action.operation:
        case Operation.FIND_MANY:
            words += ["--filter", 'createdAt[gte]:"2026-02-03"', "--order-by", "createdAt[DescNullsLast]", "--limit", "10"]
        case Operation.CREATE_MANY:
            words += ["--data", json.dumps([_sample(of)], ensure_ascii=False)]
        case Operation.FIND_DUPLICATES:
            words += ["--ids", json.dumps([ID])]
        case Operation.CREATE_ONE:
            words += _sample_options(action, of)
        case Operation.UPDATE_ONE:
            words += [ID, *_sample_options(action, of), "--depth", "0"]
        case Operation.OTHER:
            words[-1] = naming.kebab_case(action.verb)
            words += [word for each in action.properties if each.required for word in _sample_of(each)]
            words += _sample_options(action, of) if action.takes_fields else []
        case _:
            words += [ID]
    return shlex.join(words)


def _sample_of(of: Property) -> list[str]:
    match of.place:
        case "path":
            return [ID]
        case "whole body":
            return ["--data", "@body.json"]
        case _ if of.name == "group_by":
            return ["--group-by", "createdAt"]
        case _:
            return [f"--{naming.kebab_case(of.name)}", 'createdAt[gte]:"2026-02-03"' if of.name == "filter" else "…"]


def _sample_options(action: Action, of: Object) -> list[str]:
    words = []
    for field in _telling(of):
        value = example(field)
        parts = {each.part: each.option for each in dotted(action) if each.of.name == field.name and not each.several}
        if isinstance(value, dict) and value.keys() <= parts.keys() and all(isinstance(each, str) for each in value.values()):
            words += [word for part, text in value.items() for word in (parts[part], text)]
        else:
            words += [f"--{naming.kebab_case(field.name)}", value if isinstance(value, str) else example_text(field)]
    return words


def _sample(of: Object) -> dict[str, Any]:
    return {field.name: example(field) for field in _telling(of)}


def _telling(of: Object) -> list[Field]:
    """The fields of an example: those that a record needs, and the one it is known by or the first."""
    plain = [each for each in of.fields if not (each.secret or each.type.retired)]
    known_by = [each for each in plain if each.name == of.label_identifier]
    return [each for each in plain if each.required] + [each for each in (known_by or plain)[:1] if not each.required]


OPEN_API = ActionCommand(STANDARD, OPEN_API_SCHEMA, "open-api")
