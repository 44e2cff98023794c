"""Ways to do a step: as a request, in Python, awaited, in the shell, and by a form of the console, each on a workspace of its own.

What comes back is told in one form, so that answers can be held against each other: what is in the envelope, with ids and moments
that a workspace makes itself as "an id" and "a moment".
"""

import asyncio
import json
import re
import shlex
import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

import orjson
from starlette.testclient import TestClient

import icosa
from icosa.call.page import Page
from icosa.call.where import DELETED, both
from icosa.catalogue.model import Object
from icosa.catalogue.standard_2_19 import STANDARD_2_19
from icosa.forms import action_named, call_of, written
from icosa.surfaces.console.controls.entry import Entry
from icosa.surfaces.console.controls.writing import written as entered
from icosa.surfaces.console.form_address import form_address
from icosa.wire.message import Request
from icosa.workspace import IN_PROCESS, Workspace
from tests.cli.conftest import Shell
from tests.console.run.test_same_call import boxes
from tests.every_way.steps import OFFERS, Step

Way = Callable[[Object, Step], Any]
"""Does a step, and gives what came back; `UNSHOWN` where that cannot be read."""

UNSHOWN = "what came back is a page for people"
_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_OURS = "21900000-"
_MOMENT = re.compile(r"20(?!31)\d\d-\d\d-\d\dT[\d:.]+Z")
_HOW = {
    "create_one": ("POST", "/rest/{plural}"),
    "create_many": ("POST", "/rest/batch/{plural}"),
    "find_one": ("GET", "/rest/{plural}/{id}"),
    "find_many": ("GET", "/rest/{plural}"),
    "update_one": ("PATCH", "/rest/{plural}/{id}"),
    "delete_one": ("DELETE", "/rest/{plural}/{id}"),
    "restore_one": ("PATCH", "/rest/restore/{plural}/{id}"),
    "find_duplicates": ("POST", "/rest/{plural}/duplicates"),
    "update_many": ("PATCH", "/rest/{plural}"),
    "delete_many": ("DELETE", "/rest/{plural}"),
    "restore_many": ("PATCH", "/rest/restore/{plural}"),
    "merge_many": ("PATCH", "/rest/{plural}/merge"),
    "group_by": ("GET", "/rest/{plural}/groupBy"),
}
"""Method and path, as the reference has them."""

_QUERY = ("depth", "limit", "order_by", "upsert")


def told(value: Any) -> Any:
    """A value without what each workspace makes by itself."""
    match value:
        case dict():
            return {name: told(each) for name, each in value.items()}
        case list() | tuple():
            return [told(each) for each in value]
        case str():
            return "a moment" if _MOMENT.fullmatch(value) else _ID.sub(lambda found: _known(found[0]), value)
        case _:
            return value


def _known(id_: str) -> str:
    return id_ if id_.startswith(_OURS) else "an id"


def sorted_by_id(records: Iterable[Any]) -> list[Any]:
    """Several records come in no promised order."""
    return sorted(records, key=lambda each: str(each.get("id")))


def opened(verb: str, payload: Any) -> Any:
    """What is in the envelope of an answer."""
    if verb == "group_by":
        return payload
    data = payload["data"]
    if verb == "find_duplicates":
        return [[next(iter(each.values())), each["totalCount"]] for each in data]
    (found,) = data.values()
    if verb == "find_many":
        return [found, payload["totalCount"]]
    return sorted_by_id(found) if isinstance(found, list) else found


def requests(workspace: Workspace) -> Way:
    """As a request, written by hand."""

    def do(of: Object, step: Step) -> Any:
        method, path = _HOW[step.verb]
        more = dict(step.more)
        filter_ = str(both(step.where, DELETED)) if more.pop("deleted", False) else step.where
        query = {"filter": filter_} if filter_ else {}
        body: Any = list(step.records) or dict(step.fields) or None
        if step.verb == "group_by":
            query |= {"group_by": json.dumps([{more["by"]: True}]), "aggregate": json.dumps(more["aggregate"])}
        elif step.verb == "find_duplicates":
            body = {"ids": more.pop("ids")}
        elif step.verb == "merge_many":
            body = {"ids": more.pop("ids"), "conflictPriorityIndex": 0, "dryRun": more.pop("dry_run")}
        if more.pop("permanent", None) is False:
            query["soft_delete"] = "true"
        query |= {name: json.dumps(each) if name == "upsert" else str(each) for name, each in more.items() if name in _QUERY}
        text = b"" if body is None else orjson.dumps(body)
        answer = workspace.answer(Request(method, path.format(plural=of.plural, id=step.id), urlencode(query), text), IN_PROCESS)
        assert answer.status in (200, 201), (of.plural, str(step), answer.body)
        return told(opened(step.verb, orjson.loads(answer.body)))

    return do


def _arguments(step: Step) -> tuple[str, list[Any], dict[str, Any]]:
    """The method of Python, and what it is given."""
    more = dict(step.more)
    method = step.verb.removesuffix("_many") if step.verb == "merge_many" else step.verb
    given: list[Any] = [step.id] if step.id else []
    if step.verb == "group_by":
        return method, [more["by"]], {"aggregate": more["aggregate"], "where": step.where}
    if step.verb == "merge_many":
        return method, [more.pop("ids")], more
    if step.where:
        more["where"] = step.where
    if step.records:
        given.append(step.records)
    return method, given, {**step.fields, **more}


def _plain(verb: str, found: Any) -> Any:
    match found:
        case Page():
            return [list(found), found.total_count]
        case list() if verb == "find_duplicates":
            return [_plain("find_many", each) for each in found]
        case list() if verb != "group_by":
            return sorted_by_id(found)
        case _:
            return found


def python(crm: icosa.Client) -> Way:
    """A method of the client."""

    def do(of: Object, step: Step) -> Any:
        method, given, named = _arguments(step)
        return told(_plain(step.verb, getattr(crm[of.plural], method)(*given, **named)))

    return do


def awaited(address: str) -> Way:
    """The same, awaited."""

    def do(of: Object, step: Step) -> Any:
        method, given, named = _arguments(step)

        async def done() -> Any:
            async with icosa.aconnect(address) as crm:
                return await getattr(crm[of.plural], method)(*given, **named)

        return told(_plain(step.verb, asyncio.run(done())))

    return do


def _properties(step: Step) -> dict[str, Any]:
    """The properties of the action, by name."""
    more = dict(step.more)
    given: dict[str, Any] = {"id": step.id} if step.id else {}
    if step.where:
        given["filter"] = str(both(step.where, DELETED)) if more.get("deleted") else step.where
    if step.records:
        given["body"] = list(step.records)
    if step.verb == "group_by":
        return given | {"group_by": [{more["by"]: True}], "aggregate": more["aggregate"]}
    if step.verb == "merge_many":
        more["body"] = {"ids": more.pop("ids"), "conflictPriorityIndex": 0, "dryRun": more.pop("dry_run")}
    more.pop("deleted", None)
    return {**given, **step.fields, **more}


def commands(shell: Shell) -> Way:
    """A command line; what was deleted is listed by its flag."""

    def do(of: Object, step: Step) -> Any:
        deleted = bool(step.more.get("deleted"))
        given = _properties(step) | ({"filter": step.where} if deleted else {})
        call = call_of(STANDARD_2_19, action_named(STANDARD_2_19, of.plural, step.verb, OFFERS), given, OFFERS)
        words = shlex.split(written("cli", STANDARD_2_19, call, offers=OFFERS))[1:]
        ran = shell(*words, *(["--deleted"] if deleted else []))
        assert ran.code == 0, (of.plural, str(step), words, ran.err)
        found = ran.json
        whole = isinstance(found, dict) and "data" in found
        return told(opened(step.verb, found) if whole else sorted_by_id(found) if step.verb == "create_many" else found)

    return do


def forms(pages: TestClient) -> Way:
    """The form of the action; what is read comes as the file of JSON that can be had of it."""

    def do(of: Object, step: Step) -> Any:
        if step.verb == "create_one" and step.more.get("upsert"):  # a form of one record has no box for its id
            step = replace(step, verb="create_many", fields={}, records=(step.fields,))
        action = action_named(STANDARD_2_19, of.plural, step.verb, OFFERS)
        given = _properties(step)
        entries = tuple(entered(each, given[each.name]) if each.name in given else Entry(each, "unsent") for each in action.properties)
        token = str(given.get("id") or uuid.uuid4())  # which a new record is known by
        data: Mapping[str, Any] = boxes(entries) | {".token": [token], ".sure": ["1"]}
        reads = step.verb in ("find_one", "find_many", "find_duplicates", "group_by")
        address = form_address(action)
        if reads:
            answer = pages.get(f"{address}/download", params=dict(_asked(given)))
            assert answer.status_code == 200, (of.plural, str(step), answer.status_code)
            return told(opened(step.verb, answer.json()))
        answer = pages.post(address, data=data)
        wrong = re.findall(r'class="err".*?</p>|role="alert".*?</', answer.text, re.DOTALL)
        assert answer.status_code == 200, (of.plural, str(step), answer.status_code, wrong)
        return UNSHOWN

    return do


def _asked(given: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    for name, each in given.items():
        yield name, each if isinstance(each, str) else json.dumps(each)
