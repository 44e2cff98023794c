"""Calls as a command line of `icosa`.

Which options a command has follows from its action; `tests/forms` holds that the commands themselves have
just these.
"""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Final

import orjson

from icosa.call.address import is_embedded
from icosa.call.extensions import PLAIN
from icosa.call.json_text import parsed
from icosa.call.record import member, record
from icosa.call.searching import with_search
from icosa.call.where import DELETED, both
from icosa.catalogue.model import Catalogue, Object
from icosa.catalogue.naming import kebab_case
from icosa.errors import InvalidInput, UnknownAction
from icosa.forms.call import Call, action_named, in_order, method_name
from icosa.forms.names import ALONE, OPEN_API, SEVERAL, WITH_VALUE, option_of, option_spelt
from icosa.forms.parts import Dotted, dotted, with_parts
from icosa.forms.text import json_pieces, json_text, variable
from icosa.forms.words import line
from icosa.wire.actions import OPEN_API_SCHEMA, Action, Operation, Property
from icosa.wire.openapi.reading import Offers

EXAMPLE: Final = '{"name": "Analytical Engines"}'


def shell(catalogue: Catalogue, call: Call, address: str | None, offers: Offers = PLAIN) -> str:
    """The command line that runs the call.  `address` is where it goes; None leaves that to the environment."""
    action = action_named(catalogue, call.resource, call.operation, offers)
    where = aim(address)
    if action.object is None:
        return line(["icosa", OPEN_API, *where])
    words = _words(catalogue, action, action.object, call.properties)
    return line(["icosa", kebab_case(action.object.plural), kebab_case(method_name(action)), *words, *where])


def aim(address: str | None) -> list[str]:
    """The option that says where a command goes; none leaves it to the environment."""
    return [] if address is None else ["--database" if is_embedded(address) else "--url", address]


def _words(catalogue: Catalogue, action: Action, of: Object, properties: Mapping[str, Any]) -> Iterator[str]:
    known = {each.name: each for each in action.properties}
    rest: dict[str, Any] = {}
    for name, value in properties.items():
        held, option = known.get(name), f"--{kebab_case(name)}"
        if held is None or (held.place == "body" and action.takes_fields):
            text = None if held is None or option_of(action, held) is None else _option_text(catalogue, of, held, value)
            if text is None:
                rest[name] = value
            else:
                yield from ("--clear", kebab_case(name)) if value is None else (option, text)
        elif held.place == "path":
            yield value
        elif held.type == "boolean":
            yield option
        else:
            yield "--data" if held.place == "whole body" else option
            yield value if isinstance(value, str) else _json(value)
    if rest:
        yield from ("--data", _json(rest))


def _option_text(catalogue: Catalogue, of: Object, held: Property, value: Any) -> str | None:
    """The text that the property's option is read as this value from; None where only --data can say it."""
    if value is None:
        return ""
    text = value if isinstance(value, str) else json_text(value)
    if held.secret:
        return text if isinstance(value, str) and text != "-" else None
    with suppress(InvalidInput):
        as_given, as_text = (record(catalogue, of, {held.name: each}, creating=False, owner="") for each in (value, text))
        return text if orjson.dumps(as_given) == orjson.dumps(as_text) else None
    return None


def _json(value: Any) -> str:
    return "".join(json_pieces(json_text(value)))


def read_shell(catalogue: Catalogue, words: list[str], offers: Offers = PLAIN) -> tuple[Action, dict[str, Any], str | None]:
    """The action of a command line of `icosa`, its properties, and the address that it names.

    Variables are left standing; what a file or standard input holds is not known.  Raises UnknownObject,
    UnknownAction, InvalidInput for an option that the action does not have.
    """
    if words[1:2] == [OPEN_API]:
        return OPEN_API_SCHEMA, {}, taken(OPEN_API_SCHEMA, words[2:]).address
    if len(words) < 3:
        raise UnknownAction("a command line that runs an action names its resource and its operation, such as icosa companies find-many")
    if words[1].lower() == OPEN_API_SCHEMA.resource.lower():
        raise UnknownAction(f"the shell's name for {OPEN_API_SCHEMA.label} is icosa {OPEN_API}")
    action = action_named(catalogue, words[1], words[2], offers)
    options = taken(action, words[3:])
    for each in action.properties:
        text = options.given.get(each.name)
        if isinstance(text, str) and (each.type == "json" or each.secret):
            options.given[each.name] = _beyond(text, each.type == "json")
    if options.search is not None and action.object is not None and "\0" not in options.search:
        options.given["filter"] = with_search(action.object, options.given.get("filter"), options.search)
    if options.deleted:
        options.given["filter"] = str(both(options.given.get("filter"), DELETED))
    given = with_parts(action, options.given, options.parts)
    return action, joined(action, given, options.cleared, _data(options.data), given.keys() - options.given.keys()), options.address


def joined(
    action: Action, given: Mapping[str, Any], cleared: Iterable[str], data: Mapping[str, Any], partly: Collection[str] = ()
) -> dict[str, Any]:
    """What the options of an action say together: its own, those of --clear, and under both what --data holds, the
    other parts of those that are given `partly` among it.  Raises UnknownField."""
    found = dict(given)
    if action.object is None or not action.takes_fields:
        return found
    for name in cleared:
        found[member(action.object, name, action.label)] = None
    for key, value in data.items():
        name = key if not key or key.lower() == "depth" else member(action.object, key, action.label)
        if name in partly and isinstance(value, Mapping):
            found[name] = {**value, **found[name]}
        found.setdefault(name.lower() if key.lower() == "depth" else name, value)
    return in_order(action, found)


@dataclass(slots=True)
class CommandWords:
    """What the words of a command line say: properties by name, parts by the options that are shown for them, what is to
    be cleared, the texts of --data and --search, whether --deleted stands there, and the address."""

    given: dict[str, Any] = field(default_factory=dict)
    parts: dict[str, list[str]] = field(default_factory=dict)
    cleared: list[str] = field(default_factory=list)
    data: str | None = None
    search: str | None = None
    deleted: bool = False
    address: str | None = None


def taken(action: Action, words: list[str]) -> CommandWords:
    """What the words behind a command say.  Raises InvalidInput for an option that the action does not have."""
    found = CommandWords()
    known = _options(action)
    rest = iter(words)
    for word in rest:
        name, equals, value = word.partition("=")
        name = option_spelt(name)
        if not word.startswith("-"):
            found.given["id"] = word
        elif name == "--deleted" and action.operation is Operation.FIND_MANY:
            found.deleted = True
        elif name in ALONE or (name in SEVERAL and action.operation is Operation.FIND_MANY):
            continue
        elif isinstance(held := known.get(name), Property) and held.type == "boolean" and held.place == "query":
            found.given[held.name] = True
        else:
            _take(found, action, name, held, value if equals else next(rest, ""))
    return found


def _options(action: Action) -> dict[str, Property | Dotted]:
    options: dict[str, Property | Dotted] = {name: each for each in action.properties if (name := option_of(action, each))}
    options |= {name: each for each in dotted(action) for name in each.names}
    whole = next((each for each in action.properties if each.place == "whole body"), None)
    return options | ({"--data": whole} if whole else {})


def _take(found: CommandWords, action: Action, name: str, held: Property | Dotted | None, value: str) -> None:
    """One option with its value."""
    secret = next((each for each in action.properties if each.secret and name == f"--{kebab_case(each.name)}-file"), None)
    match name:
        case _ if isinstance(held, Property):
            found.given[held.name] = value
        case _ if isinstance(held, Dotted):
            found.parts.setdefault(held.option, []).append(value)
        case _ if secret:
            found.given[secret.name] = variable("")
        case "--data" if action.takes_fields:
            found.data = value
        case "--clear" if action.takes_fields:
            found.cleared.append(value)
        case "--url" | "--database":
            found.address = value
        case "--search" if action.operation is Operation.FIND_MANY:
            found.search = value
        case "--columns" if action.operation is Operation.FIND_MANY:
            pass  # how the answer is shown
        case _ if name not in WITH_VALUE:
            raise InvalidInput(f"icosa: {action.label} has no option {name}; --help behind the command lists those it has")


def _data(text: str | None) -> dict[str, Any]:
    if text is None:
        return {}
    if text == "-" or text.startswith("@"):
        return {"": variable("")}
    found = _loosely(text) if "\0" in text else parsed(text, "--data", EXAMPLE)
    if found == variable(""):
        return {"": found}
    if not isinstance(found, dict):
        raise InvalidInput(f"--data: a record's properties are one JSON object, such as {EXAMPLE}")
    return found


def _beyond(text: str, is_json: bool) -> Any:
    """The value of an option that may stand elsewhere: in a file, on standard input, in a variable."""
    if text == "-" or (is_json and text.startswith("@")):
        return variable("")
    return _loosely(text) if is_json and "\0" in text else text


def _loosely(text: str) -> Any:
    """JSON in which variables stand; what is no JSON without their values is not known."""
    try:
        return json.loads(text, strict=False)
    except ValueError:
        return variable("")
