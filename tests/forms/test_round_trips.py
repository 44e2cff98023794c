"""Whichever form a call goes through, it is the same call, and byte for byte the same request."""

import json
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icosa.call.extensions import offered
from icosa.call.request import build
from icosa.catalogue.standard import STANDARD
from icosa.errors import InvalidInput
from icosa.forms import FORMS, Call, call_in, call_of, read_call, request_of, written
from icosa.wire.actions import Action, Operation
from icosa.wire.message import Request
from tests.forms.calls import ACTIONS, AWKWARD, ID, example, name_of, properties

EVERYWHERE = [None, "https://crm.example.com", "https://example.com/crm", "sqlite:///a b.db"]


def same(one: Call, other: Call) -> bool:
    return one == other and json.dumps(dict(one.properties)) == json.dumps(dict(other.properties))


def says_the_same(one: Request, other: Request) -> bool:
    """Whether two requests differ in the order of a record's properties alone."""
    return one[:3] == other[:3] and (json.loads(one.body) == json.loads(other.body) if one.body else one.body == other.body)


@pytest.mark.parametrize("action", ACTIONS, ids=name_of)
def test_every_action_in_every_form(action: Action) -> None:
    asked = example(action)
    call = call_of(STANDARD, action, asked)
    assert says_the_same(request_of(STANDARD, call), build(STANDARD, action, asked))
    for form, address, show in product(FORMS, EVERYWHERE, (True, False)):
        text = written(form, STANDARD, call, address, show_secrets=show)
        back = read_call(text, STANDARD, environ={}) if show else read_back(text, call)
        assert same(back, call), text
        assert request_of(STANDARD, back) == request_of(STANDARD, call)


def read_back(text: str, call: Call) -> Call:
    """A call whose secrets stood in variables, read with those of `call` in them."""
    names = {each.name for of in STANDARD for each in of.fields if each.secret}
    environ = {}
    bodies = call.properties.get("body") or call.properties.get("data") or [call.properties]
    resource = call.resource.removesuffix("s").upper().replace(" ", "_")
    listed = "body" in call.properties or "data" in call.properties
    for at, body in enumerate(bodies, 1):
        for name in names & body.keys():
            snake = "".join(f"_{each}" if each.isupper() else each for each in name).upper()
            environ[f"ICOSA_{resource}_{snake}" + (f"_{at}" if listed else "")] = body[name]
    return read_call(text, STANDARD, environ=environ)


@pytest.mark.parametrize("operation", [Operation.CREATE_ONE, Operation.UPDATE_ONE, Operation.CREATE_MANY])
@given(data=st.data())
def test_any_values_in_every_form(operation: Operation, data: st.DataObject) -> None:
    of = data.draw(st.sampled_from(STANDARD.objects))
    action = offered(of)[operation]
    creating = operation is not Operation.UPDATE_ONE
    one = properties(of, creating=creating)
    given_: dict[str, Any] = (
        {"body": data.draw(st.lists(one, min_size=1, max_size=3))} if operation is Operation.CREATE_MANY else data.draw(one)
    )
    if operation is Operation.UPDATE_ONE:
        given_ = {"id": ID, **given_}
    try:
        sent = build(STANDARD, action, given_)
    except InvalidInput:  # a number that the field has no room for, and the like
        return
    call = call_of(STANDARD, action, given_)
    assert says_the_same(request_of(STANDARD, call), sent)
    for form in FORMS:
        text = written(form, STANDARD, call, "https://crm.example.com", show_secrets=True)
        back = read_call(text, STANDARD)
        assert same(back, call), text
        assert request_of(STANDARD, back) == request_of(STANDARD, call), text


@given(st.data())
def test_any_page_in_every_form(data: st.DataObject) -> None:
    quoted = (
        data.draw(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20))
        .replace("\\", "/")
        .replace('"', "'")
    )
    asked = {
        "filter": f'jobTitle[eq]:"{quoted}"',
        "depth": data.draw(st.sampled_from([0, 1, 2, None])),
        "limit": data.draw(st.integers(0, 99)),
    }
    action = offered(STANDARD.by_singular["person"])["find_many"]
    sent, call = build(STANDARD, action, asked), call_of(STANDARD, action, asked)
    for form in FORMS:
        back = read_call(written(form, STANDARD, call), STANDARD)
        assert same(back, call)
        assert request_of(STANDARD, back) == sent


def test_a_call_says_all_that_its_request_says_and_nothing_else() -> None:
    action = offered(STANDARD.by_singular["person"])["update_one"]
    call = call_of(STANDARD, action, {"Id": ID, "Job Title": "Analyst", "name": '{"firstName": "Ada"}', "companyId": None, "position": "1"})
    said = {"id": ID, "depth": 1, "name": {"firstName": "Ada"}, "jobTitle": "Analyst", "position": 1, "companyId": None}
    assert call == Call("People", "Update One Person", said)
    assert call_in(STANDARD, request_of(STANDARD, call)) == call


def test_a_call_shows_no_properties() -> None:
    assert AWKWARD not in repr(Call("Webhooks", "Create One Webhook", {"secret": AWKWARD}))
