"""The properties of a step, filled for one item."""

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from icosa.call.json_text import parsed
from icosa.call.querying import comparisons
from icosa.catalogue import naming
from icosa.catalogue.kinds import shown
from icosa.catalogue.model import Object
from icosa.chains.chain import ENV, NULL
from icosa.chains.references import Find, Reference, as_text, filled, pieces
from icosa.errors import InvalidQuery, InvalidValue
from icosa.forms.text import PREFIX, is_secret
from icosa.wire.actions import Action
from icosa.wire.language.filter import parse, write
from icosa.wire.language.filter_tree import And, Comparison, Filter, Not, Or

_MARK: Final = re.compile("\0(\\d+)\0")
"""What stands for a reference while a filter is read: NUL stands in no value that any field takes."""


def fill(action: Action, properties: Mapping[str, Any], find: Find) -> dict[str, Any]:
    """The properties with what their references stand for.

    In a filter a reference stands for one value, whatever characters are in it, or for a list of them after `in` and
    `containsAny`.  Raises InvalidValue, naming the property, where a reference has no value, and where a secret stands in
    the step, or a variable where no secret is.
    """
    made: dict[str, Any] = {}
    for name, value in properties.items():
        value = structured(action, name, value)
        problem = misplaced(action.object, name, value)
        if problem:
            raise InvalidValue(naming.label(name), problem)
        try:
            made[name] = _filter(value, find) if is_filter(action, name) and isinstance(value, str) else filled(value, find)
        except InvalidValue as error:
            raise error.named(f"{naming.label(name)}: {error.path}") from None
    return made


def is_filter(action: Action, name: str) -> bool:
    return name.lower() == "filter" and any(each.name == "filter" and each.place == "query" for each in action.properties)


def structured(action: Action, name: str, value: Any) -> Any:
    """A value that is JSON text with references in it, as what it says: a reference then stands for one value there, whatever
    quotes are in that.  Any other value as it is.  Raises MalformedJson, with line and column."""
    if not isinstance(value, str) or "{{" not in value:
        return value
    folded = "".join(filter(str.isalnum, name)).lower()
    if not any(each.type == "json" and each.name.lower() == folded for each in action.properties):
        return value
    parts = pieces(value)
    if len(parts) == 1 or not any(isinstance(each, Reference) for each in parts):
        return value
    return parsed(value, naming.label(name), '{"name": "{{item.name}}"}, with references in quotes')


def misplaced(of: Object | None, name: str, value: Any) -> str:
    """What is wrong with a secret that stands in a chain, or with a variable that stands where no secret does; else ""."""
    if name.lower() in ("body", "data") and not is_secret(of, name):
        return next(filter(None, (_misplaced_in(of, each) for each in (value if isinstance(value, list | tuple) else [value]))), "")
    if not is_secret(of, name):
        return _variable_in(value)
    parts = pieces(value) if isinstance(value, str) else ()
    if value is None or (len(parts) == 1 and isinstance(parts[0], Reference)):
        wrong = value is not None and parts[0].source == ENV and not parts[0].path[0].startswith(PREFIX)  # type: ignore[union-attr]
        return f"a variable of a secret is called {PREFIX}…" if wrong else ""
    variable = Reference(ENV, (f"{PREFIX}{naming.snake_case(of.singular if of else '')}_{naming.snake_case(name)}".upper(),))
    return f"is secret, and stands in no chain; write {variable} for a variable of the environment, or a path into an item"


def _misplaced_in(of: Object | None, record: Any) -> str:
    """The same of a record in a list of them."""
    if not isinstance(record, Mapping):
        return _variable_in(record)
    return next(filter(None, (misplaced(of, name, each) for name, each in record.items())), "")


def marked_filter(text: str) -> tuple[Filter, list[Reference]]:
    """The tree of a filter, with a mark for each of its references.  Raises InvalidQuery, InvalidValue."""
    parts = pieces(text)
    found = [each for each in parts if isinstance(each, Reference)]
    count = iter(range(len(found)))
    tree = parse("".join(each if isinstance(each, str) else f"\0{next(count)}\0" for each in parts))
    if any(_MARK.search(each.path) for each in comparisons(tree)):
        raise InvalidQuery("Filter: a reference stands for a value here, and for no name of a field")
    return tree, found


def with_values(tree: Filter, value: Callable[[int], Any]) -> Filter:
    """The tree with a value for each of its marks, by the number of the reference."""
    match tree:
        case And(children):
            return And(tuple(with_values(each, value) for each in children))
        case Or(children):
            return Or(tuple(with_values(each, value) for each in children))
        case Not(child):
            return Not(with_values(child, value))
        case Comparison(path, comparator, held):
            if isinstance(held, str):
                return Comparison(path, comparator, _text(held, value))
            return Comparison(path, comparator, tuple(text for each in held for text in _listed(each, value)))


def _filter(text: str, find: Find) -> Any:
    parts = pieces(text)
    if not any(isinstance(each, Reference) for each in parts) or len(parts) == 1:
        return filled(text, find)
    tree, found = marked_filter(text)
    return write(with_values(tree, lambda at: None if found[at].source == NULL else find(found[at])))


def _text(held: str, value: Callable[[int], Any]) -> str:
    return _MARK.sub(lambda mark: _plain(value(int(mark[1]))), held)


def _listed(held: str, value: Callable[[int], Any]) -> list[str]:
    whole = _MARK.fullmatch(held)
    found = value(int(whole[1])) if whole else None
    if not isinstance(found, list):
        return [_text(held, value)]
    return [_plain(each) for each in found]


def _plain(value: Any) -> str:
    """A value as a filter compares with it."""
    if value is None or isinstance(value, Mapping | list):
        raise InvalidValue("value", f"a filter compares with a text, a number or a switch, and {shown(value)} is none")
    return as_text(value)


def _variable_in(value: Any) -> str:
    match value:
        case str() if "{{" in value:
            at = next((each for each in pieces(value) if isinstance(each, Reference) and each.source == ENV), None)
            return f"{at} is a variable of the environment, and only a secret property may stand in one" if at else ""
        case Mapping():
            return next(filter(None, map(_variable_in, value.values())), "")
        case list() | tuple():
            return next(filter(None, map(_variable_in, value)), "")
        case _:
            return ""
