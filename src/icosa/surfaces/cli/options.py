"""The options of actions: one for each property, and those that every action has."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from icosa.catalogue import naming
from icosa.forms.names import FORMS, Form, option_of
from icosa.forms.parts import Dotted, dotted, dotted_of
from icosa.surfaces.cli.parameters import Argument, TextType
from icosa.wire.actions import Action, Operation, Property

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


class Text(TextType):
    """A value as it was typed.  Nothing is checked here: the action layer names a wrong value by its label
    and says how to mend it, which a word like "invalid choice" does not.  `choices` are for completion."""

    def __init__(self, name: str, choices: Sequence[str] = ()) -> None:
        self.name = name
        self.choices = choices

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> "list[CompletionItem]":
        from click.shell_completion import CompletionItem  # here: only shells that complete need it

        return [CompletionItem(each) for each in self.choices if each.startswith(incomplete)]


class PropertyOption(click.Option):
    """The option of one property of an action."""

    def __init__(self, of: Property, *more: str, by_parts: str = "") -> None:
        choices = ("true", "false") if of.type == "boolean" else tuple(map(str, of.choices))
        name = "JSON" if of.type == "json" else "NUMBER" if of.type == "number" else "TEXT"
        super().__init__(
            [f"--{naming.kebab_case(of.name)}", *more, f"property_{of.name}"],
            type=Text(name, choices),
            metavar=f"[{'|'.join(choices)}]" if 0 < len(choices) <= 3 else name,
            help=of.description
            + _also_from(of)
            + (f" Or by parts: {by_parts}." if by_parts else "")
            + (" Required." if of.required else ""),
        )
        self.property = of


class PartOption(click.Option):
    """The option of one part of a property.  Lists of options do not show it: that of the property says it is there."""

    def __init__(self, of: Dotted) -> None:
        super().__init__(
            [*of.names, _part_name(of)],
            type=Text("TEXT", of.choices),
            metavar="TEXT",
            multiple=of.several,
            help=f"The {of.title} of {of.of.label}." + (" May be given several times." if of.several else ""),
        )
        self.dotted = of


def _part_name(of: Dotted) -> str:
    return f"part_{of.option.removeprefix('--')}".replace(".", "_").replace("-", "_")


def parts_given(action: Action, values: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """What a command's parameters say by parts, by the options that are shown for them."""
    given = {each.option: values.get(_part_name(each)) for each in dotted(action)}
    return {option: (value,) if isinstance(value, str) else value for option, value in given.items() if value or value == ""}


class SwitchOption(PropertyOption):
    """A property that is on or not said at all."""

    def __init__(self, of: Property) -> None:
        names = [f"--{naming.kebab_case(of.name)}", f"property_{of.name}"]
        click.Option.__init__(self, names, is_flag=True, default=None, help=of.description)
        self.property = of


class SecretFileOption(click.Option):
    """Where the value of a secret property is read from, so that it stands in no list of processes."""

    def __init__(self, of: Property) -> None:
        kebab = naming.kebab_case(of.name)
        super().__init__(
            [f"--{kebab}-file", f"file_{of.name}"],
            type=click.Path(path_type=Path),
            help=f"A file that holds the {of.label}; - for standard input.",
        )
        self.property = of


class IdArgument(Argument):
    """The id of a record.  Whether it is missing or no UUID is for the action layer to say."""

    def __init__(self, of: Property) -> None:
        super().__init__([f"property_{of.name}"], metavar="ID", required=False, type=Text("UUID"), help=of.description)
        self.property = of


class CommonOption(click.Option):
    """An option that every action has."""


def _also_from(of: Property) -> str:
    if of.secret:
        return " - reads it from standard input."
    return " @FILE reads it from a file, - from standard input." if of.type == "json" else ""


def told_by_parts(parts: Sequence[Dotted]) -> str:
    """The options of parts, the first one whole and the others behind its dot: "--name.first, .last"."""
    return ", ".join(each.option if at == 0 else each.option[each.option.index(".") :] for at, each in enumerate(parts))


def properties_of(action: Action) -> list[click.Parameter]:
    """The parameters that give an action its properties."""
    made: list[click.Parameter] = []
    for each in action.properties:
        if each.place == "path":
            made.append(IdArgument(each))
        elif each.place == "whole body":
            made.append(PropertyOption(each, "--data"))
        elif each.place == "query" and each.type == "boolean":
            made.append(SwitchOption(each))
        elif option_of(action, each):
            parts = dotted_of(action, each) if action.takes_fields else ()
            made += [PropertyOption(each, by_parts=told_by_parts(parts)), *map(PartOption, parts)]
        if each.secret:
            made.append(SecretFileOption(each))
    if action.takes_fields:
        made += [
            click.Option(
                ["--data"], type=Text("JSON"), metavar="JSON",
                help="More properties as a JSON object, under those given as options. @FILE reads it from a file, - from standard input.",
            ),
            click.Option(
                ["--clear"], type=Text("PROPERTY", [naming.kebab_case(each.name) for each in action.properties if each.field]),
                metavar="PROPERTY", multiple=True, help="Set a property to nothing (null); may be given several times.",
            ),
        ]  # fmt: skip
    return made


def parameters_of(action: Action) -> list[click.Parameter]:
    """All that the command of an action takes."""
    looking = looking_options() if action.operation is Operation.FIND_MANY else []
    return [
        *properties_of(action),
        *looking,
        *common_options(),
        *(journal_options() if action.verb in _JOURNALLED else ()),
        *instead_options(),
    ]


_JOURNALLED = (
    Operation.CREATE_ONE, Operation.CREATE_MANY, Operation.UPDATE_ONE, Operation.DELETE_ONE, Operation.RESTORE,
    Operation.UPDATE_MANY, Operation.DELETE_MANY, Operation.RESTORE_MANY, Operation.MERGE,
)  # fmt: skip


def looking_options() -> list[click.Parameter]:
    """What is looked for, and what is shown of it."""
    return [
        click.Option(
            ["--search"], type=Text("TEXT"), metavar="TEXT",
            help="Only records with each of these words in them, in upper or lower case: in their names, addresses, titles; with --filter "
            "those that it finds as well.",
        ),
        click.Option(
            ["--columns"], metavar="NAMES",
            help="Show these fields, parts and relations alone, as in name,emails.primary,company.name.",
        ),
        click.Option(["--deleted"], is_flag=True, help="The deleted records rather than the others, on a server that keeps them."),
        click.Option(["--all", "every"], is_flag=True, help="Every page, rather than the first."),
        click.Option(["--next"], is_flag=True, help="The page after the one that this terminal showed last."),
    ]  # fmt: skip


def journal_options() -> list[click.Parameter]:
    """What a write leaves for icosa undo."""
    return [
        CommonOption(["--journal/--no-journal"], default=False, help="Keep each record as it is now, so that icosa undo can put it back.")
    ]


def instead_options() -> list[click.Parameter]:
    """What is shown instead of running a call."""
    return [
        CommonOption(
            ["--dry-run"],
            is_flag=True,
            help="Show the request that would be sent, and send nothing; of what is about a filter also which records it finds.",
        ),
        CommonOption(
            ["--as", "as_form"],
            type=click.Choice(FORMS),
            metavar="FORM",
            help=f"Print the same call as {', '.join(FORMS[:-1])} or {FORMS[-1]}, and send nothing.",
        ),
    ]


def common_options() -> list[click.Parameter]:
    """Where a command goes, and how its answer is shown.  Made anew for each command, as click wants it."""
    return [
        CommonOption(["--url"], metavar="URL", help="The workspace's address, rather than the one of ICOSA_URL or icosa login."),
        CommonOption(
            ["--token-file"],
            type=click.Path(path_type=Path),
            help="A file that holds the API key; - for standard input. Else ICOSA_TOKEN or icosa login.",
        ),
        CommonOption(["--database"], metavar="URL", help="An embedded workspace: sqlite:///path, or the path alone."),
        CommonOption(
            ["--timeout"], type=float, metavar="SECONDS", help="How long to wait for a server's answer; 30 where nothing is said."
        ),
        CommonOption(["--json", "as_json"], is_flag=True, help="JSON, also on a terminal; elsewhere it is JSON in any case."),
        CommonOption(["--show-secrets"], is_flag=True, help="Show tokens and secrets instead of ••••."),
        CommonOption(["--no-color"], is_flag=True, help="No colours, as with NO_COLOR in the environment."),
        verbose(),
    ]


def verbose() -> click.Option:
    """The same as before the command's name, where people write it too."""
    return CommonOption(
        ["--verbose", "-v"],
        is_flag=True,
        expose_value=False,
        callback=_heard,
        help="Say on standard error what is sent, waited for and tried again.",
    )


def _heard(ctx: click.Context, _: click.Parameter, given: bool) -> None:
    if given and not ctx.resilient_parsing:
        from icosa.surfaces.cli.log import listen  # here, because help and completion log nothing

        listen(ctx, "debug")


class Common(NamedTuple):
    """What the common options say."""

    url: str | None = None
    token_file: Path | None = None
    database: str | None = None
    timeout: float | None = None
    as_json: bool = False
    show_secrets: bool = False
    dry_run: bool = False
    as_form: Form | None = None
    journal: bool = False
    no_color: bool = False

    @classmethod
    def of(cls, values: dict[str, Any]) -> "Common":
        return cls(**{name: values[name] for name in cls._fields if name in values})
