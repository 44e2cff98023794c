"""The JSON of a row is one text, whichever expression has the database make it."""

import json
from typing import Any

import apsw
import pytest
from hypothesis import given
from hypothesis import strategies as st

from icosa.catalogue.columns import Column, columns
from icosa.catalogue.kinds import LISTS, Kind
from icosa.catalogue.model import Field, Object
from icosa.catalogue.standard import STANDARD
from icosa.catalogue.standard_2_19 import STANDARD_2_19
from icosa.workspace.store.doc import doc, printed
from icosa.workspace.store.names import quoted
from icosa.workspace.store.sqlite.dialect import json_of
from tests.searched import ON_A_STORE

TEXTS = st.text(st.sampled_from("a%s\"'\\{}\n\0é😀"), max_size=8)


def of_kind(column: Column) -> st.SearchStrategy[Any]:
    """What a table may hold in a column."""
    match column.kind:
        case Kind.NUMBER:
            some: st.SearchStrategy[Any] = st.integers(-(2**53), 2**53) | st.floats(-1e300, 1e300)
        case Kind.BOOLEAN:
            some = st.integers(0, 1)
        case Kind.NUMERIC:
            some = st.integers(0, 10**20).map(str)
        case kind if kind in LISTS | {Kind.JSON}:
            some = st.lists(TEXTS, max_size=2).map(json.dumps)
        case Kind.UUID | Kind.DATE | Kind.DATE_TIME:
            some = st.text("0123456789-TZ:", max_size=8)
        case _:
            some = TEXTS
    return st.none() | some if column.nullable else some


def made(of: Object, values: list[Any]) -> list[str]:
    connection = apsw.Connection(":memory:")
    names = ", ".join(quoted(each.name) for each in columns(of))
    connection.execute(f"CREATE TABLE row ({names})")
    connection.execute(f"INSERT INTO row VALUES ({', '.join('?' * len(values))})", values)
    ((plain, printed_),) = connection.execute(f"SELECT {doc(of, json_of)}, {printed(of, json_of)} FROM row")
    return [plain, printed_]


@ON_A_STORE
@given(data=st.data(), of=st.sampled_from([*STANDARD, *STANDARD_2_19]))
def test_it_is_the_same_for_every_row_of_every_object(data: st.DataObject, of: Object) -> None:
    plain, printed_ = made(of, [data.draw(of_kind(each), each.name) for each in columns(of)])
    assert printed_ == plain
    assert isinstance(json.loads("{" + printed_), dict)


@pytest.mark.parametrize("count", [90, 100, 250])
def test_it_is_the_same_for_an_object_of_many_fields(count: int) -> None:
    of = Object("thing", "things", "Something.", tuple(Field(f"text{number}", "TEXT", "A text.") for number in range(count)))
    plain, printed_ = made(of, [f"{number}%s" for number, _ in enumerate(columns(of))])
    assert printed_ == plain
    assert len(json.loads("{" + printed_)) == len(columns(of))
