"""Calls of every action, with values that are easy to get wrong."""

from typing import Any

from hypothesis import strategies as st

from icosa.call.extensions import offered
from icosa.catalogue.model import Field, Object
from icosa.catalogue.standard import STANDARD
from icosa.wire.actions import OPEN_API_SCHEMA, Action, Operation
from tests.values import body_of, smallest, value_of

ID = "20202020-1c25-4d02-bf25-6aeccf7ea419"
ACTIONS = (OPEN_API_SCHEMA, *(action for each in STANDARD for action in offered(each).values()))
"""The 253, and what is offered beyond them."""

AWKWARD = """it's "quoted", $HOME `ls` $(ls) \\ back\\\\slash % ! # & | ; <a> {b} [c] *?~\n\ttwo lines\r é漢😀 ' " \u2028 \x7f --flag"""


def name_of(action: Action) -> str:
    return action.label.replace(" ", "-")


def example(action: Action) -> dict[str, Any]:
    """Properties of the action that leave nothing out."""
    of = action.object
    if of is None:
        return {}
    match action.operation:
        case Operation.FIND_MANY:
            text = 'and(createdAt[gte]:"2026-02-03",id[is]:NOT_NULL)'
            return {"filter": text, "order_by": "createdAt[DescNullsLast],id", "limit": 7, "depth": 2, "starting_after": "a+b/c=="}
        case Operation.CREATE_ONE:
            return {"depth": 0, "upsert": True, **awkward(of), "id": ID}
        case Operation.CREATE_MANY:
            return {"body": [awkward(of), body_of(of, 2), smallest(of)], "depth": 1}
        case Operation.UPDATE_ONE:
            nothing = {each.name: None for each in of.fields if each.nullable and not each.type.retired}
            return {"id": ID, **awkward(of), **nothing, "depth": 2}
        case Operation.FIND_DUPLICATES:
            return {"data": [awkward(of), body_of(of, 2)], "depth": 0} if of.fields else {"ids": [ID], "depth": 0}
        case Operation.DELETE_ONE:
            return {"id": ID, "permanent": True}
        case _:
            return {"id": ID, "depth": 0}


def awkward(of: Object) -> dict[str, Any]:
    """A value for every field, those of texts such that each form has to quote them; links too."""
    links = {each.foreign_key: ID for each in of.belongs_to}
    return {each.name: _awkward(each) for each in of.fields if not each.type.retired} | links


def _awkward(field: Field) -> Any:
    match field.type_name:
        case "TEXT" if field.secret:
            return "made-up"
        case "TEXT":
            return AWKWARD
        case "ARRAY":
            return [AWKWARD, ""]
        case "RAW_JSON":
            return {AWKWARD: [AWKWARD, None, 1.5, {"$env": "HOME"}]}
        case "NUMBER":
            return -12
        case _:
            return value_of(field, 1)


texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20) | st.sampled_from(
    [
        AWKWARD,
        "-",
        "--",
        "-x",
        "@file",
        "",
        " ",
        "$A",
        "${A}",
        "'",
        '"',
        "\\",
        "null",
        "12",
        "true",
        "[]",
        '{"a": 1}',
        '"',
        "\n",
        "{",
        "%41",
        "=",
        "a=b",
    ]
)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**64 - 1) | st.floats(allow_nan=False, allow_infinity=False) | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=6,
)


def values(field: Field) -> st.SearchStrategy[Any]:
    """What somebody may give for a field, as Python values that JSON can say."""
    match field.type_name:
        case "TEXT":
            return texts
        case "ARRAY":
            return st.lists(texts, max_size=3)
        case "RAW_JSON":
            return json_values.filter(lambda value: not isinstance(value, str)) | texts.map(lambda text: _json(text))
        case "NUMBER":
            return st.integers(-(2**60), 2**60) | st.floats(allow_nan=False, allow_infinity=False)
        case "NUMERIC":
            return st.integers(-(10**15), 10**15) | st.decimals(-100, 100, places=3).map(str)
        case "POSITION":
            return st.integers(-99, 99) | st.floats(-99, 99)
        case "BOOLEAN":
            return st.booleans()
        case "FULL_NAME":
            return st.fixed_dictionaries({"firstName": texts}, optional={"lastName": texts})
        case _:
            return st.integers(1, 20).map(lambda serial: value_of(field, serial))


def _json(text: str) -> str:
    import json

    return json.dumps(text)


@st.composite
def properties(draw: st.DrawFn, of: Object, *, creating: bool) -> dict[str, Any]:
    """Some properties of a record; all that it needs where it is created."""
    fields = [each for each in of.fields if not each.type.retired]
    wanted = draw(st.lists(st.sampled_from(fields), max_size=5, unique_by=lambda each: each.name)) if fields else []
    needed = [each for each in fields if each.required and creating and each not in wanted]
    found = {each.name: draw(values(each)) for each in [*wanted, *needed]}
    nothing = {each.name for each in fields if each.nullable and not each.required}
    return {name: None if name in nothing and draw(st.integers(0, 4)) == 0 else value for name, value in found.items()}
