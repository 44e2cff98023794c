"""What somebody means who calls things otherwise: objects, operations and fields in the words that people use, and the
whole command with the right ones in their place.

Only a command line that is wrong loads this.
"""

import shlex
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher, get_close_matches
from typing import Final

import click

from icosa.call.where import F
from icosa.catalogue import naming
from icosa.catalogue.columns import column_by_path
from icosa.catalogue.folding import spellings, unmarked
from icosa.catalogue.model import Catalogue, Object
from icosa.errors import UnknownObject
from icosa.forms.names import option_spelt
from icosa.forms.parts import dotted
from icosa.imports.column_map import guess
from icosa.imports.synonyms import MANY, OBJECTS
from icosa.surfaces.cli.known_workspace import known_by
from icosa.surfaces.cli.misnamed import ARGUMENTS, UnknownOption
from icosa.wire.actions import Action, Operation, find_object

_OPERATIONS: Final[Mapping[str, str]] = {
    "find-many": "list ls all search find query get-all read filter browse",
    "find-one": "get show view one read-one display",
    "create-one": "create add new insert make",
    "create-many": "create-all add-many batch bulk insert-many",
    "update-one": "update edit change patch set modify",
    "delete-one": "delete remove rm del destroy",
    "find-duplicates": "duplicates dedupe dupes",
    "restore-one": "restore undelete",
}
_SIMILAR: Final = 0.8


def object_named(catalogue: Catalogue, word: str) -> Object | None:
    """The object that has a name, in any of its spellings, or that people call so."""
    try:
        return find_object(catalogue, word)
    except UnknownObject:
        return object_meant(catalogue, word)


def object_meant(catalogue: Catalogue, word: str) -> Object | None:
    """The object that people call so."""
    return _called(catalogue).get(unmarked(word))


def _called(catalogue: Catalogue) -> dict[str, Object]:
    """Objects by what people call them, in every spelling."""
    return {
        spelling: catalogue.by_singular[singular]
        for singular, words in (*OBJECTS.items(), *MANY.items())
        if singular in catalogue.by_singular
        for each in words.split()
        for spelling in spellings(each)
    }


def resources_meant(catalogue: Catalogue, word: str, others: Collection[str] = ()) -> list[str]:
    """The names of resources that somebody means by a word; where none is near, those of `others` are, and all that are
    somewhat alike."""
    called = object_meant(catalogue, word)
    if called:
        return [naming.kebab_case(called.plural)]
    plurals = [naming.kebab_case(each.plural) for each in catalogue]
    known = {**_called(catalogue), **{naming.kebab_case(name): each for each in catalogue for name in (each.singular, each.plural)}}
    near = get_close_matches(unmarked(word), known, 1, _SIMILAR) or get_close_matches(word, known, 1, _SIMILAR)
    if near and not get_close_matches(word, others, 1, SequenceMatcher(None, near[0], word).ratio()):
        return [naming.kebab_case(known[near[0]].plural)]
    return get_close_matches(word, [*others, *plurals])


def command_meant(ctx: click.Context, catalogue: Catalogue, word: str, others: Collection[str]) -> list[str]:
    """The names of commands and resources that somebody means by the first word of a command line.  One that goes on
    with an operation is of a resource."""
    _, behind = _around(ctx, word)
    return resources_meant(catalogue, word, () if behind and behind[0] in _OPERATIONS else others)


def operation_meant(names: Collection[str], word: str) -> str:
    """The command of a resource that is meant; "" where none is."""
    wanted = option_spelt(word)
    called = (name for name, words in _OPERATIONS.items() if name in names and wanted in words.split())
    return next(called, "") or next(iter(get_close_matches(wanted, names, 1, _SIMILAR)), "")


@dataclass(frozen=True, slots=True)
class Correction:
    """What somebody means by an option that the command does not have.  `options` are those that say it; `instead` is
    what stands in its place and that of its value, nothing where that is not plain."""

    options: tuple[str, ...] = ()
    instead: tuple[str, ...] = ()
    remark: str = ""


def options_meant(catalogue: Catalogue, action: Action, wrong: Mapping[str, str | None]) -> dict[str, Correction]:
    """What is meant by options with their values, which are read together, as the headings of a file are."""
    by_itself = {
        option: Correction(("ID",), (value,), ", without an option")
        for option, value in wrong.items()
        if value and _is_place(action, option)
    }
    wrong = {option: value for option, value in wrong.items() if option not in by_itself}
    if action.object is None or not (action.takes_fields or action.operation is Operation.FIND_MANY):
        return by_itself
    of = action.object
    paths = {each.column: each.path for each in guess(catalogue, of, list(dict.fromkeys(map(_bare, wrong)))).columns}
    correct = _looked_for if action.operation is Operation.FIND_MANY else _written
    return {**by_itself, **{option: correct(action, of, paths[_bare(option)], value) for option, value in wrong.items()}}


def _is_place(action: Action, option: str) -> bool:
    """Whether an option is called as what stands in the command by itself."""
    return any(each.place == "path" and each.name == _bare(option) for each in action.properties)


def _written(action: Action, of: Object, path: str, value: str | None) -> Correction:
    name, _, part = path.partition(".")
    if name in of.relation_by_name:
        return Correction((f"--{naming.kebab_case(of.relation_by_name[name].foreign_key)}",), remark=", which takes an id")
    parts = [each for each in dotted(action) if each.of.name == name]
    if parts:
        options = [each.option for each in parts if each.part == part] or [each.option for each in parts]
        options = options[:1] if part or parts[0].scaled else options
    else:
        options = [f"--{naming.kebab_case(name)}" for each in action.properties if each.name == name]
    return Correction(tuple(options), () if value is None or len(options) != 1 else (options[0], value))


def _looked_for(action: Action, of: Object, path: str, value: str | None) -> Correction:
    if not path or value is None:
        return Correction()
    if path in column_by_path(of):
        return Correction(("--filter",), ("--filter", str(F[path] == value)))
    return Correction(("--search",), ("--search", value)) if path.partition(".")[0] == of.label_identifier else Correction()


def _bare(option: str) -> str:
    return option.lstrip("-")


def misspelt(ctx: click.Context, catalogue: Catalogue, action: Action, name: str, known: Collection[str]) -> UnknownOption:
    """The error for options that a command does not have, where it has those of `known`; `name` is the first of them."""
    before, after = _split(_words(ctx), known)
    corrections = options_meant(catalogue, action, {option: value for option, value in after if option}) or {name: Correction()}
    sentences = " ".join(_sentence(option, each, known) for option, each in corrections.items())
    made: list[str] = []
    for option, value in after:
        made += corrections[option].instead if option in corrections else [value or ""]
    instead = [each.instead for each in corrections.values()]
    plain = bool(after) and all(instead) and len({words[0] for words in instead}) == len(instead)
    return UnknownOption(name, sentences, ctx, _line(ctx, [*before, *made]) if plain else "")


def _split(words: Sequence[str], known: Collection[str]) -> tuple[list[str], list[tuple[str, str | None]]]:
    """A command line up to its first unknown option, and from there on: options that are not known, with their values,
    and other words, as ("", word)."""
    before: list[str] = []
    after: list[tuple[str, str | None]] = []
    rest = iter(words)
    for word in rest:
        name, equals, value = word.partition("=")
        if word.startswith("--") and word != "--" and option_spelt(name) not in known:
            after.append((name, value if equals else next(rest, None)))
        elif after:
            after.append(("", word))
        else:
            before.append(word)
    return before, after


def _sentence(option: str, correction: Correction, known: Collection[str]) -> str:
    near = correction.options or [f"--{each}" for each in get_close_matches(_bare(option), map(_bare, known), 2, 0.7)]
    named = " or ".join(f"'{each}'" for each in near)
    return f"No such option '{option}'." + (f" Did you mean {named}{correction.remark}?" if near else "")


def corrected(ctx: click.Context, wrong: str, right: str) -> str:
    """The whole command line with the right word in the place of the wrong one.  Where that is a group of commands, the
    word behind it is put right too; for one that is none of its commands, the help of the group is the command."""
    before, behind = _around(ctx, wrong)
    group = ctx.command.get_command(ctx, right) if isinstance(ctx.command, click.Group) else None
    if isinstance(group, click.Group) and behind and not behind[0].startswith("-"):
        commands = group.list_commands(ctx)
        command = behind[0] if behind[0] in commands else operation_meant(commands, behind[0])
        behind = [command, *behind[1:]] if command else ["--help"]
    return _line(ctx, [*before, right, *behind])


def _around(ctx: click.Context, word: str) -> tuple[list[str], list[str]]:
    """What stands before a word of the command line, and what behind it."""
    words = _words(ctx)
    at = words.index(word) if word in words else len(words)
    return words[:at], words[at + 1 :]


def replaced(ctx: click.Context, wrong: str, right: str) -> str:
    """The whole command line with the right word in the place of the wrong one, which may be an option before a "="."""
    words = _words(ctx)
    at = next((at for at, word in enumerate(words) if word == wrong or word.startswith(f"{wrong}=")), None)
    return "" if at is None else _line(ctx, [*words[:at], right + words[at].removeprefix(wrong), *words[at + 1 :]])


def _words(ctx: click.Context) -> list[str]:
    return list(ctx.find_root().meta.get(ARGUMENTS, ()))


def _line(ctx: click.Context, words: Sequence[str]) -> str:
    """A command line to copy; what a secret is given as is left to standard input."""
    secret = {f"--{naming.kebab_case(field.name)}" for of in known_by(ctx).catalogue for field in of.fields if field.secret}
    made = []
    for at, word in enumerate(words):
        name, equals, _ = word.partition("=")
        hidden = option_spelt(name) in secret
        made.append("-" if at and option_spelt(words[at - 1]) in secret else f"{name}=-" if equals and hidden else word)
    return shlex.join(["icosa", *made])
