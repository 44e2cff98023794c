"""Composite values by their parts, as options of the shell: `--name.first Ada` beside `--name '{"firstName": "Ada"}'`."""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final, NamedTuple

from icosa.call.json_text import parsed
from icosa.catalogue import naming
from icosa.catalogue.field_types import FieldType, Part
from icosa.catalogue.field_types.short import short
from icosa.catalogue.field_types.type import as_list
from icosa.catalogue.kinds import shown
from icosa.catalogue.model import Field
from icosa.errors import InvalidValue
from icosa.forms.names import option_of
from icosa.wire.actions import Action, Property

_MICROS: Final = 1_000_000
_AMOUNT: Final = r"[+-]?\d+(\.\d+)?"
_EXAMPLE: Final = '{"firstName": "Ada"}'


class Dotted(NamedTuple):
    """The option of one part.  `names` are its spellings, the shown one first; `several` is whether it may be given
    several times; `scaled` is an amount in whole units, which the wire has in millionths."""

    of: Property
    part: str
    names: tuple[str, ...]
    several: bool = False
    scaled: bool = False
    choices: tuple[str, ...] = ()

    @property
    def option(self) -> str:
        """The spelling that is shown."""
        return self.names[0]

    @property
    def title(self) -> str:
        """What it is called in a sentence: "primary email", "amount"."""
        return "amount in whole units" if self.scaled else naming.label(self.part).lower()

    @property
    def place(self) -> str:
        """Where it goes, as errors name it: "Emails.primaryEmail"."""
        return f"{self.of.label}.{self.part}"


def dotted(action: Action) -> tuple[Dotted, ...]:
    """The options by parts of an action that writes one record, in the order of its properties."""
    return tuple(each for of in action.properties for each in dotted_of(action, of)) if action.takes_fields else ()


def dotted_of(action: Action, of: Property) -> tuple[Dotted, ...]:
    """Those of one property."""
    option = option_of(action, of)
    if option is None or of.place != "body" or not (isinstance(of.field, Field) and of.field.type.composite):
        return ()
    return tuple(_of_type(of, of.field.type, option))


def _of_type(of: Property, type_: FieldType, option: str) -> Iterator[Dotted]:
    for part in type_.parts:
        if part.in_units:
            yield Dotted(of, part.name, (f"{option}.{part.in_units}",), scaled=True)
    for part in type_.parts:
        if not (part.hidden or part.response_only):
            yield Dotted(of, part.name, tuple(_names(type_, part, option)), several=part.lists, choices=part.options)


def _names(type_: FieldType, part: Part, option: str) -> Iterator[str]:
    yield from dict.fromkeys(f"{option}.{name}" for name in (short(type_, part.name), *part.short, naming.kebab_case(part.name)))


def with_parts(action: Action, given: Mapping[str, Any], parts: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """Properties with what their parts say, by the shown spelling of their options; they stand beside those of JSON.

    Raises InvalidValue for a part that is given twice, and for parts beside what is no object.
    """
    made_of: dict[str, dict[str, Any]] = {}
    labels: dict[str, str] = {}
    for each in dotted(action) if parts else ():
        if each.option not in parts:
            continue
        of_property = made_of.setdefault(each.of.name, {})
        if each.part in of_property:
            raise InvalidValue(each.place, f"is given twice, the second time as {each.option}; give it once")
        of_property[each.part] = _value(each, parts[each.option])
        labels[each.of.name] = each.of.label
    return {**given, **{name: _beside(given[name], made, labels[name]) if name in given else made for name, made in made_of.items()}}


def _beside(whole: Any, made: dict[str, Any], label: str) -> Any:
    if isinstance(whole, str) and "\0" in whole:  # a variable, whose value nobody knows here
        return whole
    value = parsed(whole, label, _EXAMPLE) if isinstance(whole, str) and whole.strip() else whole or {}
    if not isinstance(value, Mapping):
        raise InvalidValue(label, f"{shown(value)} is not an object, and its parts are given too; give one such as {_EXAMPLE}")
    twice = next((name for name in made if name in value), None)
    if twice:
        raise InvalidValue(f"{label}.{twice}", "is given twice, in the JSON and by itself; give it once")
    return {**value, **made}


def _value(of: Dotted, texts: Sequence[str]) -> Any:
    if of.several:
        whole = as_list(texts[0]) if len(texts) == 1 else None
        return whole if isinstance(whole, list) else list(filter(None, texts))
    return _micros(texts[-1], of) if of.scaled and texts[-1] and "\0" not in texts[-1] else texts[-1]


def _micros(text: str, of: Dotted) -> int:
    amount = text.strip()
    scaled = Decimal(amount) * _MICROS if re.fullmatch(_AMOUNT, amount, re.ASCII) and len(amount) < 40 else None
    if scaled is None or scaled != scaled.to_integral_value():
        raise InvalidValue(
            f"{of.of.label}.amount",
            f"{shown(text)} is no amount; write digits, and a point before no more than six decimals, such as 1200.50. "
            f"{of.option.removesuffix('.amount')}.micros takes millionths",
        )
    return int(scaled)
