"""One call, whichever way it is made: what a form sends is what its copies say, for every action there is."""

import html
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
from starlette.datastructures import QueryParams
from starlette.testclient import TestClient

import icosa
from icosa.call.masking import masked
from icosa.catalogue.model import Field, Object
from icosa.catalogue.standard import STANDARD
from icosa.forms import read_call, request_of
from icosa.surfaces.console.app import console
from icosa.surfaces.console.controls.control import Control, control_of
from icosa.surfaces.console.controls.entry import Entry, states
from icosa.surfaces.console.controls.linking import linked
from icosa.surfaces.console.controls.writing import written
from icosa.surfaces.console.door import Door
from icosa.surfaces.console.form_address import form_address
from icosa.surfaces.console.run.filled_form import COPIED, FilledForm
from icosa.surfaces.console.served import Served
from icosa.wire.actions import Action, actions
from icosa.wire.actions.properties import Property
from icosa.wire.message import Request
from icosa.wire.openapi.reading import ICOSA
from icosa.workspace import open_workspace
from tests.console.run.test_forms import PARTIAL
from tests.forms.calls import AWKWARD, ID, example
from tests.values import value_of
from tests.workspace.test_custom_objects import ROCKET

CATALOGUE = STANDARD.with_objects(ROCKET)
ALL = actions(CATALOGUE)
TYPED = re.sub(r"[\r\x7f]", "", AWKWARD).strip()
"""As much of it as a browser sends of what stands in a box."""


class Secrets(dict[str, str]):
    """Each secret has the value that the forms below have for it."""

    def __contains__(self, name: object) -> bool:
        return True

    def __missing__(self, name: str) -> str:
        return "made-up"


@pytest.fixture(scope="module")
def rockets(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A console over a workspace with an object of its own."""
    url = f"sqlite:///{tmp_path_factory.mktemp('rockets')}/crm.db"
    icosa.connect(url, catalogue=CATALOGUE).close()
    workspace = open_workspace(url)
    site = Served(workspace, url, Door("http://127.0.0.1:3000"))
    with TestClient(console(site), base_url=site.address, headers={"Sec-Fetch-Site": "same-origin"}) as client:
        client.post(f"/sign-in/{site.sessions.invite()}")
        yield client
    workspace.close()


def test_every_action_is_sent_as_its_copies_say(rockets: TestClient) -> None:
    other = {}
    for action in ALL:
        answer = rockets.post(form_address(action), data=boxes(filled_in(action)) | {".dry": "1"}, headers=PARTIAL)
        assert answer.status_code == 200, (action.label, re.findall(r'class="err".*?</p>', answer.text))
        sent = shown_request(answer.text)
        for form, text in copies(answer.text).items():
            call = read_call(text, CATALOGUE, offers=ICOSA, environ=Secrets())
            request = request_of(CATALOGUE, call, ICOSA)
            if (line(request), masked(CATALOGUE, json.loads(request.body or b"null"))) != sent:
                other[action.label, form] = (line(request), request.body, sent)
    assert other == {}


def test_the_link_to_a_form_opens_it_as_it_was() -> None:
    for action in ALL:
        was = FilledForm(action, filled_in(action)).given_so_far()
        query = QueryParams(urlsplit(form_address(action, was)).query)
        found = FilledForm(action, linked(action, query)).given_so_far()
        kept = {name: value for name, value in was.items() if name in query or f"{name}~" in query}
        assert {name: loaded(value) for name, value in found.items()} == {name: loaded(value) for name, value in kept.items()}, action.label
        assert {name for name in was.keys() - kept.keys() if len(str(was[name])) < 500} <= secret_names(action)


def filled_in(action: Action) -> tuple[Entry, ...]:
    """The form of an action in which everything is filled in, in all of its states."""
    if action.object is None or not any(each.place == "body" and each.field for each in action.properties):
        given = example(action)
        return tuple(written(each, given[each.name]) if each.name in given else Entry(each, "unsent") for each in action.properties)
    return tuple(_entry(action, at, each) for at, each in enumerate(action.properties))


def _entry(action: Action, at: int, of: Property) -> Entry:
    possible = states(action, of)
    if control_of(of) is Control.SHOWN:
        return Entry(of, "unsent")
    if at % 5 == 3 and "null" in possible:
        return Entry(of, "null")
    if at % 5 == 1 and "empty" in possible and not (isinstance(of.field, Field) and of.field.unique):
        return Entry(of, "empty")
    if at % 7 == 6 and "unsent" in possible and not of.required:
        return Entry(of, "unsent")
    return written(of, _value(of))


def _value(of: Property) -> Any:
    if of.name == "depth":
        return 2
    if not isinstance(of.field, Field):
        return ID
    if of.secret:
        return "made-up"
    if of.field.type_name == "RICH_TEXT_V2":
        return {"markdown": TYPED}
    return TYPED if of.field.type_name == "TEXT" else value_of(of.field, 3)


def boxes(entries: tuple[Entry, ...]) -> dict[str, list[str]]:
    """What a browser sends of the entries: the boxes, and the states that somebody said."""
    found: dict[str, list[str]] = defaultdict(list)
    for each in entries:
        for suffix, texts in each.boxes.items():
            found[f"{each.name}{suffix}"] += texts
        found[f"{each.name}~"] = [each.state]
    return found


def copies(page: str) -> dict[str, str]:
    found = {
        form: html.unescape(text) for form, text in re.findall(r'<pre data-form="([\w-]+)"[^>]*><code>(.*?)</code></pre>', page, re.DOTALL)
    }
    assert found.keys() == {form for form, _ in COPIED}
    return found


def shown_request(page: str) -> tuple[str, Any]:
    """The method, path and query, and the body, of what a page says would be sent."""
    first = re.search(r'<pre class="wrap"><code>(.*?)</code>', page, re.DOTALL)
    body = re.search(r'aria-label="The body that is sent"><code>(.*?)</code>', page, re.DOTALL)
    assert first
    return html.unescape(first[1]), json.loads(html.unescape(body[1])) if body else None


def line(request: Request) -> str:
    return f"{request.method} {quote(request.path, safe='/-._~')}{'?' if request.query else ''}{request.query}"


def loaded(value: Any) -> Any:
    """The same JSON, whether it is text or not."""
    try:
        return json.loads(value) if isinstance(value, str) else value
    except ValueError:
        return value


def secret_names(action: Action) -> set[str]:
    of: Object | None = action.object
    return {each.name for each in of.fields if each.secret} | {"body", "data"} if of and any(each.secret for each in of.fields) else set()
