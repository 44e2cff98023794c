"""From a command line to the properties of its action."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from icosa.call.json_text import parsed
from icosa.call.record import member
from icosa.errors import InvalidBody
from icosa.forms.parts import with_parts
from icosa.surfaces.cli.options import parts_given
from icosa.surfaces.cli.sources import STANDARD_INPUT, Sources
from icosa.wire.actions import Action, Property

JSON_KINDS: dict[type, str] = {
    list: "a list",
    str: "a text",
    int: "a number",
    float: "a number",
    bool: "true or false",
    type(None): "null",
}


def properties(action: Action, values: Mapping[str, Any], sources: Sources) -> dict[str, Any]:
    """What an action is to be run with; `values` are those of the command's parameters.

    An option goes before the same property in --data, and that of a part before the same part.  Raises UsageError where
    files cannot be read or a property is given twice, MalformedJson and InvalidBody for --data, UnknownField for --clear,
    InvalidValue for parts that contradict each other and for what is no address.
    """
    given: dict[str, Any] = {}
    for each in action.properties:
        value = _value(each, values, sources)
        if value is not None:
            given[each.name] = value
    if not (action.takes_fields or any(each.place == "body" for each in action.properties)):
        return given
    # Here, with the next: what only reads needs neither.
    from icosa.forms.shell import joined
    from icosa.surfaces.cli.value_checks import checked

    cleared = values.get("clear", ())
    whole = checked(action, with_parts(action, given, parts_given(action, values)))
    for name in cleared:
        if action.object is not None and member(action.object, name, action.label) in whole:
            raise click.UsageError(f"--clear {name}: the property is given a value too; leave one of them out")
    return joined(action, whole, cleared, _data(values.get("data"), sources), whole.keys() - given.keys())


def _value(of: Property, values: Mapping[str, Any], sources: Sources) -> str | None:
    text: str | None = values.get(f"property_{of.name}")
    file: Path | None = values.get(f"file_{of.name}")
    if text is not None and file is not None:
        raise click.UsageError(f"{of.label}: both the value and a file with it are given; leave one of them out")
    if file is not None:
        return sources.line(file, of.label)
    if text is not None and of.secret and text == STANDARD_INPUT:
        return sources.line(Path(text), of.label)
    return sources.named(text, of.label) if text is not None and of.type == "json" else text


def _data(text: str | None, sources: Sources) -> dict[str, Any]:
    if text is None:
        return {}
    from icosa.forms.shell import EXAMPLE  # here: see properties

    data = parsed(sources.named(text, "--data"), "--data", EXAMPLE)
    if not isinstance(data, dict):
        raise InvalidBody(f"--data: a record's properties are one JSON object, such as {EXAMPLE}, and this is {JSON_KINDS[type(data)]}")
    return data
