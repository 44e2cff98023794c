"""Records that are taken out by rows, or as lines, are those of the answers to the same request, on both stores."""

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlencode

import orjson
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from icosa.catalogue.columns import columns
from icosa.catalogue.model import Catalogue, Object
from icosa.wire.message import Request
from icosa.wire.version import TWENTY_1_0_3, TWENTY_2_19, Version
from icosa.workspace import IN_PROCESS, InProcess, Workspace, open_workspace
from icosa.workspace.store.plan import Keyset
from icosa.workspace.store.statement import Statement, Statements
from tests.searched import ON_A_STORE
from tests.store.scripts import EVERYTHING, OF_2_19, bodies, filters, orders

NewDatabase = Callable[..., str]
MASK = "••••"
A_FEW = 3


def empty(workspace: Workspace) -> None:
    def steps() -> Statements[None]:
        for of in workspace.catalogue:
            yield Statement(f'DELETE FROM "{of.table}"')

    workspace.store.write(steps)


def answered(workspace: Workspace, query: str) -> list[dict[str, Any]]:
    answer = workspace.answer(Request("GET", "/rest/things", query + "&limit=60"), IN_PROCESS)
    assume(answer.status != 400)  # a filter that is refused, as one for a list that is given no list
    assert answer.status == 200, answer.body
    found: list[dict[str, Any]] = orjson.loads(answer.body)["data"]["things"]
    return found


def by_path(of: Object, record: dict[str, Any]) -> dict[str, Any]:
    values = {column.path: record[column.field] for column in columns(of)}
    return {column.path: values[column.path][column.part] if column.part else values[column.path] for column in columns(of)}


def by_rows(workspace: Workspace, request: Request, paths: list[str]) -> Iterator[dict[str, Any]]:
    after: Keyset | None = None
    while page := InProcess(workspace, IN_PROCESS).rows(request, paths, A_FEW, after):
        if page.last is None:
            return
        yield from (dict(zip(paths, row, strict=True)) for row in zip(*page.columns, strict=True))
        after = page.last


def by_lines(workspace: Workspace, request: Request, paths: list[str]) -> Iterator[dict[str, Any]]:
    after: Keyset | None = None
    while page := InProcess(workspace, IN_PROCESS).lines(request, paths, MASK, A_FEW, after):
        if page.last is None:
            return
        yield from map(orjson.loads, page.lines)
        after = page.last


@pytest.mark.parametrize(("catalogue", "version"), [(EVERYTHING, TWENTY_1_0_3), (OF_2_19, TWENTY_2_19)], ids=["1.0.3", "2.19"])
def test_rows_and_lines_are_what_answers_say(
    new_database: NewDatabase, catalogue: Catalogue, version: Version, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ICOSA_SECRET_KEY", "A" * 43 + "=")
    thing = catalogue.by_singular["thing"]
    paths = [column.path for column in columns(thing)]
    workspace = open_workspace(new_database(catalogue, version), catalogue, version=version)
    made = st.lists(bodies(thing, [f"20202020-0000-4000-8000-{n:012d}" for n in range(9)]), max_size=8, unique_by=lambda body: body["id"])
    optional = {"order_by": orders(thing), "filter": filters(thing)} if version is TWENTY_1_0_3 else {}  # 2.19 has a grammar of its own
    asked = st.fixed_dictionaries({}, optional=optional)

    @settings(ON_A_STORE)
    @given(records=made, query=asked)
    def same(records: list[dict[str, Any]], query: dict[str, Any]) -> None:
        empty(workspace)
        for record in records:
            workspace.answer(Request("POST", "/rest/things", "", orjson.dumps(record)), IN_PROCESS)
        text = urlencode(query)
        expected = [by_path(thing, each) for each in answered(workspace, text)]
        request = Request("GET", "/rest/things", text)
        assert list(by_rows(workspace, request, paths)) == expected
        assert list(by_lines(workspace, request, paths)) == expected

    try:
        same()
    finally:
        workspace.close()
