"""Whatever is asked, both stores answer with the same bytes.

Scripts of requests are made up and sent to both, with the ids in them and a clock that the test winds, so
that nothing may differ: not a status, not an error's text, not the spelling of a number.
"""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any
from urllib.parse import urlencode

import orjson
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from icosa.catalogue.columns import Column, columns
from icosa.catalogue.kinds import LISTS, Kind
from icosa.catalogue.model import Catalogue
from icosa.wire.language.aggregate import Aggregation, aggregates
from icosa.wire.language.group_by import WEEKDAYS, Granularity, groupable
from icosa.wire.message import Answer, Request
from icosa.wire.version import TWENTY_2_19, Version
from icosa.workspace import IN_PROCESS, Workspace, open_workspace
from icosa.workspace.store.statement import Statement, Statements
from tests.postgres import Cluster
from tests.searched import AS_A_WHOLE, ON_A_STORE
from tests.store.scripts import EVERYTHING, OF_2_19, Asked, bodies, catalogues, filters, orders, scripts


class Both:
    """The same workspace on each store."""

    def __init__(self, sqlite: Workspace, postgres: Workspace, wind: Callable[[int], None]) -> None:
        self.workspaces = (sqlite, postgres)
        self._wind = wind
        self._ticks = 0

    def ask(self, method: str, path: str, query: dict[str, Any], body: Any) -> Answer:
        self._wind(self._ticks)
        self._ticks += 1
        if isinstance(body, dict) and body.get("id", "") is None:
            body = {name: value for name, value in body.items() if name != "id"}
        content = b"" if body is None else orjson.dumps(body)
        sqlite, postgres = (each.answer(Request(method, path, urlencode(query), content), IN_PROCESS) for each in self.workspaces)
        asked = f"{method} {path} {query} {content!r}"
        assert (postgres.status, postgres.body, postgres.headers) == (sqlite.status, sqlite.body, sqlite.headers), asked
        return sqlite

    def walk(self, path: str, query: dict[str, Any]) -> None:
        """All pages, from cursor to cursor, then back from the end."""
        page = orjson.loads(self.ask("GET", path, query, None).body)
        pages = 0
        while page.get("pageInfo", {}).get("hasNextPage") and pages < 10:
            pages += 1
            page = orjson.loads(self.ask("GET", path, {**query, "starting_after": page["pageInfo"]["endCursor"]}, None).body)
        if page.get("pageInfo", {}).get("endCursor"):
            self.ask("GET", path, {**query, "ending_before": page["pageInfo"]["endCursor"]}, None)

    def empty(self) -> None:
        def steps(tally: str) -> Statements[None]:
            for of in self.workspaces[0].catalogue:
                yield Statement(f'DELETE FROM "{of.table}"')
            yield Statement(f"UPDATE {tally} SET first = NULL, last = NULL")  # it keeps the ends of all that ever were

        for each, tally in zip(self.workspaces, ("icosa_tally", "icosa_tally_part"), strict=True):
            each.store.write(partial(steps, tally))


@pytest.fixture
def both(
    postgres: Cluster, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[Catalogue], Both]]:
    monkeypatch.setenv("ICOSA_SECRET_KEY", "A" * 43 + "=")
    made: list[tuple[Both, str]] = []
    moment = "2031-01-01T00:00:00.000Z"

    def wind(ticks: int) -> None:
        nonlocal moment
        moment = f"2031-01-01T{ticks // 3600 % 24:02d}:{ticks // 60 % 60:02d}:{ticks % 60:02d}.000Z"

    def now() -> str:
        return moment

    def make(catalogue: Catalogue, version: Version | None = None) -> Both:
        database, folder = postgres.new(), tmp_path_factory.mktemp("same")
        urls = (f"sqlite:///{folder}/same.db", postgres.url(database))
        ours, theirs = (open_workspace(url, catalogue, now, version) for url in urls)
        pair = Both(ours, theirs, wind)
        made.append((pair, database))
        return pair

    yield make
    for pair, database in made:
        for workspace in pair.workspaces:
            workspace.close()
        postgres.drop(database)


# A failure is shown as it is met, with the request that had two answers: to shrink a script takes minutes.
AS_MET = [phase for phase in Phase if phase not in (Phase.shrink, Phase.explain)]


def test_every_script_of_requests_has_the_same_answers(both: Callable[[Catalogue], Both]) -> None:
    pair = both(EVERYTHING)

    @settings(ON_A_STORE, phases=AS_MET)
    @given(script=scripts(EVERYTHING, 20))
    def same(script: list[Asked]) -> None:
        pair.empty()
        for request in script:
            pair.ask(*request)

    same()


def test_every_walk_through_pages_has_the_same_answers(both: Callable[[Catalogue], Both]) -> None:
    pair, thing = both(EVERYTHING), EVERYTHING.by_singular["thing"]
    pages = st.fixed_dictionaries({"order_by": orders(thing), "limit": st.integers(1, 3)}, optional={"filter": filters(thing)})
    several = st.lists(bodies(thing), min_size=2, max_size=8, unique_by=lambda body: body["id"])

    @settings(ON_A_STORE, phases=AS_MET)
    @given(records=several, walks=st.lists(pages, min_size=1, max_size=5))
    def same(records: list[dict[str, Any]], walks: list[dict[str, Any]]) -> None:
        pair.empty()
        for record in records:
            pair.ask("POST", "/rest/things", {}, record)
        for query in walks:
            pair.walk("/rest/things", query)

    same()


def test_what_2_19_asks_has_the_same_answers(both: Callable[..., Both]) -> None:
    pair, thing = both(OF_2_19, TWENTY_2_19), OF_2_19.by_singular["thing"]
    further = [column.path for column in columns(thing) if column.kind in LISTS | {Kind.JSON}] + [
        "whole.title",
        "whole.createdAt",
        "owner.title",
    ]
    pages = st.fixed_dictionaries(
        {"order_by": orders(thing, further), "limit": st.integers(1, 3)},
        optional={"filter": filters(thing) | filters(OF_2_19.by_singular["owner"], "owner."), "depth": st.integers(0, 1)},
    )

    @settings(ON_A_STORE, phases=AS_MET)
    @given(script=scripts(OF_2_19, 12), walks=st.lists(pages, min_size=1, max_size=5))
    def same(script: list[Asked], walks: list[dict[str, Any]]) -> None:
        pair.empty()
        for request in script:
            pair.ask(*request)
        for query in walks:
            pair.walk("/rest/things", query)

    same()


def test_groups_have_the_same_answers(both: Callable[..., Both]) -> None:
    """Sums of fractions are left out: how they are rounded is each database's own."""
    pair, thing = both(OF_2_19, TWENTY_2_19), OF_2_19.by_singular["thing"]
    own = {column.path: column for column in columns(thing)}
    dimensions = st.sampled_from(groupable(thing)).flatmap(lambda path: dimensions_of(own[path]))
    exact = [
        name
        for name, each in aggregates(thing).items()
        if not (each.kind in (Aggregation.SUM, Aggregation.MEAN) and each.columns[0].kind is Kind.NUMBER)
    ]
    ordered = st.sampled_from(exact).map(lambda name: {"aggregate": {name: "DescNullsLast"}})
    asked = st.fixed_dictionaries(
        {
            "group_by": st.lists(dimensions | st.just({"owner": {"title": True}}), min_size=1, max_size=2).map(dumped),
            "aggregate": st.lists(st.sampled_from(exact), max_size=12, unique=True).map(dumped),
        },
        optional={
            "order_by": st.lists(ordered, min_size=1, max_size=2).map(dumped),
            "limit": st.integers(0, 4),
            "include_records_sample": st.just("true"),
            "order_by_for_records": orders(thing),
            "filter": filters(thing),
        },
    )

    @settings(ON_A_STORE, phases=AS_MET)
    @given(script=scripts(OF_2_19, 12), groups=st.lists(asked, min_size=1, max_size=5))
    def same(script: list[Asked], groups: list[dict[str, Any]]) -> None:
        pair.empty()
        for request in script:
            pair.ask(*request)
        for query in groups:
            answer = pair.ask("GET", "/rest/things/groupBy", query, None)
            assert answer.status == 200 or "filter" in query or "order_by_for_records" in query, answer.body

    same()


def dumped(value: Any) -> str:
    return orjson.dumps(value).decode()


def dimensions_of(column: Column) -> st.SearchStrategy[dict[str, Any]]:
    """Every way to group by a column."""
    ways: st.SearchStrategy[Any] = st.just(True)
    if column.kind in LISTS:
        ways |= st.just({"unnest": True})
    if column.kind in (Kind.DATE, Kind.DATE_TIME):
        zones = st.sampled_from(["UTC", "America/New_York", "Asia/Kolkata"])
        ways |= st.fixed_dictionaries(
            {"granularity": st.sampled_from(list(Granularity)), "timeZone": zones, "weekStartDay": st.sampled_from(WEEKDAYS)}
        )
    return ways.map(lambda way: {column.field: {column.part: way} if column.part else way})


@settings(AS_A_WHOLE, phases=AS_MET)
@given(data=st.data())
def test_any_catalogue_has_the_same_answers(both: Callable[[Catalogue], Both], data: st.DataObject) -> None:
    catalogue = data.draw(catalogues())
    pair = both(catalogue)
    for request in data.draw(scripts(catalogue, 30)):
        pair.ask(*request)
