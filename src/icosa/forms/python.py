"""Calls as Python that runs as it stands."""

import keyword
from collections.abc import Container, Mapping
from typing import Any, Final

from icosa.call.extensions import PLAIN
from icosa.call.record import member
from icosa.catalogue.model import Catalogue, Object
from icosa.catalogue.naming import snake_case
from icosa.errors import UnknownField
from icosa.forms.call import Call, action_named, method_name
from icosa.forms.text import STANDS_FOR, unread
from icosa.wire.actions import Action, Operation
from icosa.wire.openapi.reading import Offers

WIDTH: Final = 88
TAKEN: Final = frozenset(
    {"address", "author", "catalogue", "close", "estimate", "journal", "offers", "ready", "run", "run_action", "unrecorded"}
)
"""Names of a client's own, which no resource can be an attribute by."""


def python(catalogue: Catalogue, call: Call, address: str | None, offers: Offers = PLAIN) -> str:
    """A script that runs the call and prints its answer.  `address` is what it connects to; None leaves that
    to the environment, as `icosa.connect()` does."""
    return _imports(call) + (
        f"\n\nwith icosa.connect({_literal(address) if address else ''}) as crm:\n"
        f"    answer = {_called(catalogue, call, offers, 4)}\n"
        "    print(answer)"
    )


def python_async(catalogue: Catalogue, call: Call, address: str | None, offers: Offers = PLAIN) -> str:
    """The same with an asynchronous client."""
    return _imports(call, "asyncio") + (
        "\n\n\nasync def main():\n"
        f"    async with icosa.aconnect({_literal(address) if address else ''}) as crm:\n"
        f"        answer = await {_called(catalogue, call, offers, 8)}\n"
        "        print(answer)\n\n\nasyncio.run(main())"
    )


def _imports(call: Call, *standard: str) -> str:
    names = [*standard, *(["os"] if unread(call.properties) else [])]
    return "".join(f"import {each}\n" for each in names) + ("\n" if names else "") + "import icosa"


def _called(catalogue: Catalogue, call: Call, offers: Offers, margin: int) -> str:
    action = action_named(catalogue, call.resource, call.operation, offers)
    if action.object is None:
        return f"crm.run({_literal(action.resource)}, {_literal(action.label)})"
    attribute = snake_case(action.object.plural)
    of = f"crm.{attribute}" if _is_name(attribute) and attribute not in TAKEN else f"crm[{_literal(action.object.plural)}]"
    if action.operation is Operation.OTHER:
        return _laid_out(f"{of}.call(", [_literal(action.verb), _literal(call.properties, margin + 4)], ")", margin)
    return _laid_out(f"{of}.{method_name(action)}(", _arguments(action, action.object, call.properties, margin + 4), ")", margin)


def _arguments(action: Action, of: Object, properties: Mapping[str, Any], margin: int) -> list[str]:
    """The arguments of the method: those that have no name, a record's values that cannot have one, those that have,
    and last the action's own."""
    first, unnamable, values, others = [], {}, [], []
    own = {each.name: each.place for each in action.properties if each.place != "body"}
    writes_one = action.operation in (Operation.CREATE_ONE, Operation.UPDATE_ONE)
    for name, value in properties.items():
        if own.get(name) in ("path", "whole body"):
            first.append(_literal(value, margin))
        elif name in own or not writes_one:
            others.append(f"{name}={_literal(value, margin)}")
        elif _can_be_named(of, name, own):
            values.append(f"{snake_case(name)}={_literal(value, margin)}")
        else:
            unnamable[name] = value
    return [*first, *([_literal(unnamable, margin)] if unnamable else []), *values, *others]


def _can_be_named(of: Object, name: str, own: Container[str]) -> bool:
    snake = snake_case(name)
    if not _is_name(snake) or snake in own or snake in ("self", "record", "where", "key"):
        return False
    try:
        return member(of, snake) == name
    except UnknownField:
        return False


def _is_name(text: str) -> bool:
    return text.isidentifier() and not keyword.iskeyword(text)


def _literal(value: Any, margin: int = 0) -> str:
    """A JSON value as Python writes it, over several lines where one would be too long."""
    match value:
        case str():
            found = STANDS_FOR.fullmatch(value)
            return f"os.environ[{_text(found[1])}]" if found else _text(value)
        case Mapping():
            items = [f"{_text(name)}: {_literal(each, margin + 4)}" for name, each in value.items()]
            return _laid_out("{", items, "}", margin)
        case list():
            return _laid_out("[", [_literal(each, margin + 4) for each in value], "]", margin)
        case _:
            return repr(value)


def _laid_out(opening: str, items: list[str], closing: str, margin: int) -> str:
    inside = ", ".join(items)
    if "\n" not in inside and margin + len(opening) + len(inside) + len(closing) <= WIDTH:
        return opening + inside + closing
    blanks = " " * margin
    return f"{opening}\n" + "".join(f"{blanks}    {each},\n" for each in items) + f"{blanks}{closing}"


_ESCAPES: Final = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def _text(text: str) -> str:
    """A text in double quotes, in which everything that cannot be seen is escaped."""
    return '"' + "".join(_ESCAPES.get(each) or (each if each.isprintable() else _code(each)) for each in text) + '"'


def _code(letter: str) -> str:
    at = ord(letter)
    return f"\\x{at:02x}" if at < 0x100 else f"\\u{at:04x}" if at < 0x10000 else f"\\U{at:08x}"
