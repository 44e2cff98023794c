"""The lines of an access log, made of many answers at once, are those that each answer would have by itself."""

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icosa.workspace.http.log_lines import LogLines
from icosa.workspace.http.noted import Entry, NotedColumns, columns_of

OBJECTS = ("people", "companies")
WORDS = {*OBJECTS, "rest", "batch", ""}
ID = re.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
KEY = "icosa_01a222f402aa40e895b254ef4f3dace8_NbIlBQQ2XLPMZypQuairxG1UbumblohXu0CmJMa2jMU0638f1e6"
CLOCK = 1.7e9

ids = st.uuids().map(str) | st.uuids().map(lambda each: str(each).upper())
near_ids = st.sampled_from(["0" * 36, "-" * 36, "00000000-0000-0000-0000-00000000000g", "00000000-0000-0000-0000-0000000000000"])
texts = st.text(st.sampled_from('/abe 0-…\n"\\'), max_size=40) | st.just("x" * 300)
parts = ids | near_ids | texts | st.sampled_from([*OBJECTS, "pfople", "batch"])
paths = (
    st.tuples(st.sampled_from([*OBJECTS, "pfople", "paople"]), ids | ids | near_ids).map(lambda each: f"/rest/{each[0]}/{each[1]}")
    | st.sampled_from(["/rest/people", "/rest/companies/"])
    | st.lists(parts, max_size=5).map("/".join)
)
queries = st.lists(st.sampled_from(["limit=1", "filter=a[eq]:b", "order%5Fby=x", "secret=1", "depth", "=", ""]), max_size=4).map("&".join)
headers = st.sampled_from([(), (), (("ETag", '"1"'),), (("Retry-After", "1"), ("Icosa-Error", "invalid_id"))])
answers = st.tuples(
    st.sampled_from(["GET", "POST", "M-SEARCH"]),
    paths,
    queries,
    st.sampled_from([None, "", KEY, "icosa_mistyped"]),
    st.sampled_from([200, 404]),
    st.integers(0, 10**7),
    headers,
)
moments = st.sampled_from([0.0, 1 / 4096, 1 / 1024, 1.0, 100.0])
times = st.tuples(moments, st.floats(0, 0.001) | st.floats(0, 100))


def entries(
    times: list[tuple[float, float]], answers: list[tuple[str, str, str, str | None, int, int, tuple[tuple[str, str], ...]]]
) -> list[Entry]:
    """They end at odd moments, none of which lies between two milliseconds."""
    ended = accumulate((since for since, _ in times[1:]), initial=1 / 8192)
    return [(at, seconds, *answer) for at, (_, seconds), answer in zip(ended, times, answers, strict=False)]


def together(noted: list[Entry]) -> NotedColumns:
    return columns_of([value for each in noted for value in each])


noted = st.builds(entries, st.lists(times, min_size=1), st.lists(answers, min_size=1))


@pytest.mark.parametrize("as_json", [False, True])
@given(noted)
def test_lines_made_together_are_those_made_one_by_one(as_json: bool, noted: list[Entry]) -> None:
    alone = [LogLines(as_json, OBJECTS).of(together([each]), CLOCK) for each in noted]
    assert LogLines(as_json, OBJECTS).of(together(noted), CLOCK) == "".join(alone)


@given(noted)
def test_a_line_of_json_tells_of_its_answer(noted: list[Entry]) -> None:
    lines = LogLines(True, OBJECTS).of(together(noted), CLOCK).splitlines()
    for line, (ended, seconds, method, path, query, token, status, size, headers) in zip(lines, noted, strict=True):
        told = json.loads(line)
        assert datetime.fromisoformat(told.pop("at")) - datetime.fromtimestamp(CLOCK + ended, UTC) < timedelta(milliseconds=1)
        assert told.pop("milliseconds") == pytest.approx(seconds * 1000, abs=0.00051)
        assert told == {
            "status": status,
            "method": method,
            "path": shown(path),
            "query": names(query),
            "bytes": size,
            "key": "01a222f4" if token == KEY else None,
            "error": dict(headers).get("Icosa-Error"),
        }


@given(noted)
def test_a_line_of_text_tells_of_its_answer(noted: list[Entry]) -> None:
    lines = LogLines(False, OBJECTS).of(together(noted), CLOCK).split("\n")
    assert lines.pop() == ""
    for line, (_, seconds, method, path, query, token, status, size, headers) in zip(lines, noted, strict=True):
        asked = f" ?{'&'.join(names(query))}" if query else ""
        end = f" {size} B{' key 01a222f4' if token == KEY else ''}{' invalid_id' if len(headers) == 2 else ''}"
        found = re.fullmatch(rf"20\S{{21}}Z {status} {re.escape(method + ' ' + shown(path) + asked)} (\d+\.\d) ms{end}", line)
        assert found
        assert float(found[1]) == pytest.approx(seconds * 1000, abs=0.051)


def shown(path: str) -> str:
    return "/".join(each if each in WORDS or ID.fullmatch(each) else "…" for each in path[:200].split("/"))


def names(query: str) -> list[str]:
    known = {"limit": "limit", "filter": "filter", "order%5Fby": "order_by", "depth": "depth"}
    return list(dict.fromkeys(known.get(each.partition("=")[0], "…") for each in query.split("&"))) if query else []


@pytest.mark.parametrize("where", [lambda value: ("/rest/people/" + value, ""), lambda value: ("/rest/people", value + "=" + quote(value))])
def test_what_is_kept_of_long_and_many_values_is_little(where: Callable[[str], tuple[str, str]]) -> None:
    lines = LogLines(False, OBJECTS)
    for number in range(3_000):
        path, query = where("x" * 1_000 * (number % 2) + str(number))
        lines.of(together([(1.0, 0.001, "GET", path, query, None, 200, number, ())]), CLOCK)
    kept = [each for each in vars(lines).values() if isinstance(each, dict)]
    assert len(kept) == 8
    assert all(len(each) <= 1_024 for each in kept)
    assert all(len(value) < 1_000 for each in kept for value in each if isinstance(value, str))
