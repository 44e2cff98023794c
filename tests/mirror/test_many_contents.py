"""Many records are read by columns, and say what each of them says by itself."""

from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from icosa.catalogue.columns import columns, columns_of_field
from icosa.catalogue.model import Object
from icosa.catalogue.standard import STANDARD
from icosa.mirror.content import content_of, digest
from icosa.mirror.many_contents import contents_of, digests_of
from tests.imports.test_rows_shaping import EVERYTHING
from tests.searched import AT_LENGTH
from tests.store.scripts import BY_KIND

ODD: st.SearchStrategy[Any] = st.sampled_from(
    ("", "x\0y", "É", 7, True, 1.0, "1970-01-01T00:00:00Z", "2026-02-03T04:05:06.789Z", [], {}, ["a"], {"a": 1}, "not an id", "ONE",
     "https://crm.example.com/files/a.png?token=x", "20202020-0000-4000-8000-000000000001")
)  # fmt: skip


def records_of(of: Object) -> st.SearchStrategy[list[dict[str, Any]]]:
    """Records, nearly all of whose values are as a server answers them; they may lack some."""
    found: dict[str, st.SearchStrategy[Any]] = {}
    for field in dict.fromkeys(column.field for column in columns(of)):
        parts = {
            column.part: st.none() | BY_KIND[column.kind] | st.sampled_from(column.options or (None,)) | ODD
            for column in columns_of_field(of, field)
        }
        found[field] = parts[""] if "" in parts else st.fixed_dictionaries(parts) | st.none() | ODD
    alike = st.fixed_dictionaries(found)
    names = st.sets(st.sampled_from(sorted(found)), max_size=2)
    lacking = st.builds(lambda record, left: {name: value for name, value in record.items() if name not in left}, alike, names)
    many = st.lists(alike, min_size=1, max_size=4) | st.lists(lacking, min_size=1, max_size=4)
    return st.builds(lambda some, times: some * times, many, st.integers(1, 3))


def check_alike(of: Object, records: list[dict[str, Any]]) -> None:
    remarks: list[str] = []
    remarks_on_each: list[str] = []
    found, expected = contents_of(of, records, remarks.append), [content_of(of, each, remarks_on_each.append) for each in records]
    assert orjson.dumps(found) == orjson.dumps(expected)  # their types and the order of their columns too
    assert remarks == remarks_on_each
    assert digests_of(of, found) == [digest(of, each) for each in expected]


@AT_LENGTH
@given(records_of(EVERYTHING))
def test_of_every_type_of_field(records: list[dict[str, Any]]) -> None:
    check_alike(EVERYTHING, records)


@pytest.mark.parametrize("plural", ["people", "opportunities", "webhooks", "workspaceMembers"])
def test_of_objects_that_there_are(plural: str) -> None:
    of = STANDARD.by_plural[plural]

    @given(records_of(of))
    def searched(records: list[dict[str, Any]]) -> None:
        check_alike(of, records)

    searched()


def test_none_say_nothing() -> None:
    assert contents_of(EVERYTHING, []) == []
    assert digests_of(EVERYTHING, []) == []
