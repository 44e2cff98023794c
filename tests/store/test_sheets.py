"""New records that are written by their columns are what they are where they are written one after the other, on both stores: their
JSON, their events, and what they are refused for."""

from collections.abc import Callable
from typing import Any
from unittest.mock import patch

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from icosa.catalogue.model import Catalogue
from icosa.errors import IcosaError
from icosa.wire.rest.body_columns import read_sheet
from icosa.wire.version import TWENTY_1_0_3, TWENTY_2_19, Version
from icosa.workspace import IN_PROCESS, InProcess, Workspace, in_process, open_workspace
from icosa.workspace.store.statement import Row, Statement, Statements
from tests.searched import ON_A_STORE
from tests.store.scripts import EVERYTHING, IDS, OF_2_19, bodies
from tests.store.test_rows import empty

NewDatabase = Callable[..., str]
NOW = "2026-02-03T04:05:06.789Z"
OWNERS = [{"id": each, "title": f"Owner {at}"} for at, each in enumerate(IDS[:2])]


def made_of(workspace: Workspace, records: list[dict[str, Any]]) -> object:
    """The JSON of records that are created, and what the outbox says of it; or the error."""
    empty(workspace)
    asked = InProcess(workspace, IN_PROCESS)
    asked.create("owners", OWNERS)

    def events() -> Statements[list[Row]]:
        return (yield Statement("SELECT object, action, actor FROM icosa_outbox ORDER BY sequence DESC LIMIT 1"))

    try:
        made = asked.create("things", records)
    except IcosaError as error:
        return str(error)
    found = [orjson.loads(each) for each in made]
    sent = [isinstance(each.get("position", "first"), int | float) for each in records]
    places = [each.pop("position") for each, is_sent in zip(found, sent, strict=True) if not is_sent]
    return [list(each.items()) for each in found], sorted(range(len(places)), key=places.__getitem__), workspace.store.read(events)


@pytest.mark.parametrize(("catalogue", "version"), [(EVERYTHING, TWENTY_1_0_3), (OF_2_19, TWENTY_2_19)], ids=["1.0.3", "2.19"])
def test_records_that_are_written_by_columns_are_what_they_are_by_themselves(
    new_database: NewDatabase, catalogue: Catalogue, version: Version, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ICOSA_SECRET_KEY", "A" * 43 + "=")
    workspace = open_workspace(new_database(catalogue, version), catalogue, lambda: NOW, version)
    thing = catalogue.by_singular["thing"]
    some = st.lists(bodies(thing, [f"20202020-0000-4000-8000-{at:012d}" for at in range(10, 40)]), min_size=1, max_size=8)
    without = st.sets(st.sampled_from([*thing.field_by_name]))

    @settings(ON_A_STORE)
    @given(records=some, left_out=without)
    def same(records: list[dict[str, Any]], left_out: set[str]) -> None:
        said = [{name: value for name, value in each.items() if name not in left_out - {"id"}} for each in records]
        found = made_of(workspace, said)
        with patch.object(in_process, "takes_sheets", lambda of: False):
            assert found == made_of(workspace, said)

    try:
        same()
    finally:
        workspace.close()


def test_what_people_import_is_written_by_columns() -> None:
    person = {"title": "Zoë", "FULL_NAME": {"firstName": "Zoë"}, "EMAILS": {"primaryEmail": "zoe@example.com"}, "ownerId": IDS[0]}
    thing = EVERYTHING.by_singular["thing"]
    names = {each.type_name: each.name for each in thing.fields}
    body = {names.get(name, name): value for name, value in person.items()}
    sheet = read_sheet(thing, [{"id": IDS[3], **body}, {"id": IDS[4], "title": "Max"}], TWENTY_1_0_3)
    assert sheet is not None
    assert sheet["id"] == [IDS[3], IDS[4]]
    assert sheet["title"] == ["Zoë", "Max"]


@pytest.mark.parametrize(
    "body",
    [{"nothing": 1}, {"title": "a\0b"}, {"title": 1}, {"position": "first"}, {"createdBy": {"name": "Ada"}}, {"owner": {"id": IDS[0]}}],
)
def test_what_is_odd_is_left_to_who_reads_each_body(body: dict[str, Any]) -> None:
    read = read_sheet(EVERYTHING.by_singular["thing"], [{"id": IDS[3], **body}], TWENTY_1_0_3)
    assert read is None or read["title"] == ["1"]
    assert read_sheet(EVERYTHING.by_singular["thing"], [body], TWENTY_1_0_3) is None
