"""From an action and its properties to a request.  Pure: everything is checked here, before anything is sent."""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any
from urllib.parse import quote

import orjson

from icosa.call.grouping import BY, OF_EACH, groups
from icosa.call.json_text import parsed
from icosa.call.querying import check_filter, order_keys
from icosa.call.record import record, records
from icosa.call.values import plain
from icosa.catalogue import naming
from icosa.catalogue.examples import ID
from icosa.catalogue.field_types import UNSENT
from icosa.catalogue.folding import folded
from icosa.catalogue.kinds import Kind, coerce, read, shown
from icosa.catalogue.model import Catalogue, Object
from icosa.errors import InvalidBody, InvalidId, InvalidInput, InvalidQuery, InvalidValue, UnsupportedDepth
from icosa.wire.actions import ACTION_DEFAULT_DEPTH, Action, Operation, Property, find_property
from icosa.wire.message import Request
from icosa.wire.rest.query import upserts

CREATES = (Operation.CREATE_ONE, Operation.CREATE_MANY)
_DEPTHS: dict[str | int, str] = {0: "0 for the record alone", 1: "1 with its relations", 2: "2 with theirs too"}
_NOT_PLAIN = re.compile(r"[^A-Za-z0-9_.~-]+")
_AS_THEY_ARE = (str, int, bool)


def build(
    catalogue: Catalogue,
    action: Action,
    given: Mapping[str, Any],
    fields: Mapping[str, Any] | None = None,
    identify: Callable[[], str] | None = None,
) -> Request:
    """The request that runs an action.

    `given` holds properties by label or name, in any spelling; those that are UNSENT count as left out.
    `fields` are more properties of the record, which are never taken for the action's own (Id, Depth).
    Depth left out is 1, as in the form.  `identify` makes ids for the records of a creation that have none;
    an upsert gets none, since it may be about a record that is there.

    Raises InvalidInput: InvalidId, UnsupportedDepth, MalformedJson and other InvalidValue errors that name
    the property by its label, InvalidQuery for Filter, Order By, Limit and cursors, InvalidBody, UnknownField.
    """
    around, inside = _sorted_out(action, given)
    for key, value in (fields or {}).items():
        if value is not UNSENT:
            inside[key] = value
    path, _, fixed = action.path.partition("?")
    query = _query(catalogue, action, around)
    if any(each.place == "path" for each in action.properties):
        id_ = _record_id(around.get("id"))
        path = path.replace("{id}", id_)
        if fixed:
            name, _, value = fixed.replace("{id}", id_).partition("=")
            query = "&".join(filter(None, [f"{name}={quote(value, safe='')}", query]))
    if identify is not None and (action.operation not in CREATES or upserts(query)):
        identify = None
    return Request(action.method, path, query, _body(catalogue, action, around, inside, identify))


def _sorted_out(action: Action, given: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The action's own properties by wire name, and those of its record as they were given."""
    around: dict[str, Any] = {}
    inside: dict[str, Any] = {}
    for key, value in given.items():
        if value is UNSENT:
            continue
        own = _own(action, key)
        if own is None:
            inside[key] = value
        elif own.name in around:
            raise InvalidValue(own.label, f"is given twice, the second time as {shown(key)}; give it once")
        else:
            around[own.name] = value
    return around, inside


def _own(action: Action, key: str) -> Property | None:
    """The property of that name, or None where the name is one of the record."""
    if not action.takes_fields:
        return find_property(action, key)
    wanted = folded(key)
    return next((each for each in action.properties if each.place != "body" and each.name == wanted), None)


def _record_id(value: Any) -> str:
    value = plain(value, "Id")
    if value is None or value == "":
        raise InvalidId("Id", f"is missing; give the id of the record: a UUID, such as {ID}")
    if not isinstance(value, str):
        raise InvalidId("Id", f"{shown(value)} is not a UUID; give the id of the record as text, such as {ID}")
    try:
        return str(read(Kind.UUID, value, "Id"))
    except InvalidValue as error:
        raise InvalidId("Id", error.problem) from None


def _query(catalogue: Catalogue, action: Action, around: Mapping[str, Any]) -> str:
    """The query string, in the order of the action's properties.  A blank or None says nothing here; a
    switch says what it has to say."""
    sent: dict[str, str] = {}
    for each in action.properties:
        if each.place != "query":
            continue
        value = around.get(each.name)
        if value is not None and type(value) not in _AS_THEY_ARE:
            value = plain(value, each.label)
        if each.name == "depth":
            sent["depth"] = str(_depth(value, each.choices))
        elif each.type == "boolean":
            on = value is not None and value != "" and coerce(Kind.BOOLEAN, value, each.label)
            switched = (f"{each.name}=true", "") if each.switch is None else each.switch
            name, _, text = switched[0 if on else 1].partition("=")
            if name:
                sent[name] = text
        elif value is not None and value != "":
            sent[each.name] = _limit(value) if each.name == "limit" else _as_text(action, each, value)
        elif each.required:
            raise InvalidQuery(_missing(action, each))
    if action.object is not None:
        _check_page(catalogue, action.object, action, sent)
    return "&".join(f"{name}={_quoted(value)}" for name, value in sent.items())


def _quoted(text: str) -> str:
    """What `quote` makes of a text, which goes through it by the character: of a filter that names sixty ids most is plain."""
    return _NOT_PLAIN.sub(lambda run: _quoted_run(run[0]), text)


@lru_cache(maxsize=256)
def _quoted_run(characters: str) -> str:
    return quote(characters, safe="")


def _missing(action: Action, of: Property) -> str:
    if of.name == "filter":
        return f"Filter is missing: say which records {action.label} is about, such as createdAt[gte]:2026-01-01; nothing was sent"
    meaning = of.description.partition(". ")[0].rstrip(".")
    return f"{of.label} is missing, and {action.label} cannot do without it{f': {meaning}' if meaning else ''}"


def _check_page(catalogue: Catalogue, of: Object, action: Action, sent: Mapping[str, str]) -> None:
    """Filter, order and cursors, read as the server will read them."""
    try:
        if "filter" in sent:
            check_filter(sent["filter"], of, catalogue, related=action.related)
        if not any(each.name == "order_by" and each.type == "json" for each in action.properties):  # that of groups is another language
            order_keys(sent.get("order_by"), of, catalogue, related=action.related)
    except InvalidQuery as error:
        named = next((name for name in ("filter", "order_by") if error.message.startswith(name)), "")
        raise InvalidQuery(naming.label(named) + error.message.removeprefix(named)) from None
    if "starting_after" in sent and "ending_before" in sent:
        raise InvalidQuery(
            "Starting After and Ending Before are both given; send Starting After for the page after a record, "
            "or Ending Before for the page before it"
        )


def _depth(value: Any, allowed: Sequence[str | int]) -> int:
    if value is None or value == "":
        return min(ACTION_DEFAULT_DEPTH, len(allowed) - 1)
    if not isinstance(value, bool) and (value in allowed or value in map(str, allowed)):
        return int(value)
    *most, last = (_DEPTHS.get(each, str(each)) for each in allowed)
    choice = f"{', '.join(most)}, or {last}" if most else last
    raise UnsupportedDepth("Depth", f"{shown(value)} is no depth; send {choice}")


def _limit(value: Any) -> str:
    text = str(value).strip() if isinstance(value, int | str) and not isinstance(value, bool) else ""
    if not (text.isascii() and text.isdigit()):
        raise InvalidQuery(f"Limit: {shown(value)} is no count of records; send a whole number, such as 60")
    return text


def _as_text(action: Action, of: Property, value: Any) -> str:
    if of.type == "json" and of.name in (BY, OF_EACH) and action.object is not None:
        return _json(groups(action.object, of, value)).decode()
    if of.type in ("json", "number") and not isinstance(value, str):
        return _json(plain(value, of.label)).decode()
    return _text(value, of.label)


def _text(value: Any, label: str) -> str:
    if not isinstance(value, str):
        raise InvalidQuery(f"{label}: {shown(value)} is not a text")
    return value


def _body(
    catalogue: Catalogue, action: Action, around: Mapping[str, Any], inside: Mapping[str, Any], identify: Callable[[], str] | None
) -> bytes:
    if action.object is None or action.method in ("GET", "DELETE"):
        return b""
    match action.operation:
        case Operation.CREATE_MANY:
            made = records(catalogue, action.object, around.get("body", []), "Body", creating=True, lenient=action.lenient)
            if not made:
                raise InvalidBody("Body: there is no record in it; send a list of at least one")
            return _json([_identified(each, identify) for each in made])
        case Operation.FIND_DUPLICATES:
            return _json(_probes(catalogue, action.object, around))
        case Operation.OTHER if not action.takes_fields:
            body = around.get("body")
            if body is None and not any(each.name == "body" for each in action.properties):
                return b""
            return _json(parsed(body, "Body", "{}") if isinstance(body, str) else plain(body, "Body"))
        case operation:
            creating = operation is Operation.CREATE_ONE
            one = record(catalogue, action.object, inside, creating=creating, owner=action.label, lenient=action.lenient)
            if operation is Operation.OTHER and not one:
                raise InvalidBody(f"{action.label} is given no field to change; name at least one, and its new value; nothing was sent")
            return _json(_identified(one, identify))


def _identified(one: dict[str, Any], identify: Callable[[], str] | None) -> dict[str, Any]:
    return one if identify is None or one.get("id") else {**one, "id": identify()}


def _probes(catalogue: Catalogue, of: Object, around: Mapping[str, Any]) -> dict[str, Any]:
    """What duplicates are looked for: of records, or of ids."""
    data = [each for each in records(catalogue, of, around.get("data") or [], "Data", creating=False) if each]
    ids = _ids(around.get("ids"))
    if data and ids:
        raise InvalidBody("Data and Ids are both given; send one of them: Data for records that need not exist, Ids for records that do")
    if not data and ids is None:
        raise InvalidBody(f'neither Data nor Ids is given; send one of them, such as Ids ["{ID}"]')
    return {"data": data} if data else {"ids": ids}


def _ids(value: Any) -> list[str] | None:
    """The ids of a list, without its blanks; None where no list is given."""
    if isinstance(value, str):
        value = parsed(value, "Ids", f'["{ID}"]') if value.strip() else None
    if value is None:
        return None
    value = plain(value, "Ids")
    if not isinstance(value, list):
        raise InvalidBody(f'Ids: {shown(value)} is not a list of ids; send one such as ["{ID}"]')
    found = []
    for at, each in enumerate(value):
        if each is None or each == "":
            continue
        if not isinstance(each, str):
            raise InvalidId(f"Ids[{at}]", f"{shown(each)} is not a UUID; send one as text, such as {ID}")
        try:
            found.append(str(read(Kind.UUID, each, f"Ids[{at}]")))
        except InvalidValue as error:
            raise InvalidId(error.path, error.problem) from None
    return found


def _json(value: Any) -> bytes:
    try:
        return orjson.dumps(value)
    except TypeError as error:  # an integer beyond 64 bits, or JSON nested beyond all measure
        raise InvalidInput(f"what is to be sent cannot be written as JSON: {error}") from None
