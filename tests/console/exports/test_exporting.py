"""What is shown, as a file: chosen on a page, sent as it is made, and wrong before its first byte."""

import csv
import io
import json
import re
import shlex
from html import unescape
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from icosa.imports.rows import open_rows
from icosa.surfaces.cli.main import run
from icosa.surfaces.console.exports import asked
from tests.console.conftest import signed_in
from tests.console.site import MAYA, Local


def test_a_page_says_how_many_and_offers_formats_and_columns(client: TestClient) -> None:
    page = client.get("/exports", params={"object": "companies", "filter": "employees[gte]:100"}).text
    assert "records that match" in page
    assert all(each in page for each in ("CSV", "Excel", "JSON Lines", "Parquet"))
    assert 'value="address.addressCity"' in page
    assert 'value="employees[gte]:100"' in page


def test_the_file_has_what_was_asked_for(client: TestClient) -> None:
    asked_for = {"object": "companies", "columns": "name,employees", "filter": "employees[gte]:100", "order_by": "name"}
    answer = client.get("/exports/file", params=asked_for)
    assert answer.headers["content-disposition"].startswith('attachment; filename="companies.csv"')
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert rows
    assert list(rows[0])[:2] == ["name", "employees"]
    assert all(int(each["employees"]) >= 100 for each in rows)
    assert [each["name"] for each in rows] == sorted(each["name"] for each in rows)


@pytest.mark.parametrize("format_", ["xlsx", "jsonl", "parquet"])
def test_every_format_can_be_read_back(client: TestClient, tmp_path: object, format_: str) -> None:
    answer = client.get("/exports/file", params={"object": "companies", "columns": "name", "format": format_})
    path = tmp_path / f"companies.{format_}"  # type: ignore[operator]
    path.write_bytes(answer.content)
    assert len(list(open_rows(path).rows)) == 40


def test_selected_records_are_exported_alone(client: TestClient, sample: Local) -> None:
    with sample.client(MAYA) as crm:
        ids = [each["id"] for each in crm.companies.find_many(limit=2)]
    answer = client.get("/exports/file", params={"object": "companies", "id": ids, "format": "jsonl"})
    assert sorted(json.loads(line)["id"] for line in answer.text.splitlines()) == sorted(ids)
    assert "2 records that you selected" in client.get("/exports", params={"object": "companies", "id": ids}).text


def test_the_command_that_stands_above_writes_the_same_file(
    client: TestClient, sample: Local, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    asked_for = {"object": "companies", "columns": "name,employees", "filter": "employees[gte]:100", "order_by": "name", "names": "on"}
    page = client.get("/exports", params=asked_for).text
    command = unescape(re.sub(r"<[^>]+>", "", page[page.index("icosa export") :].partition("</code>")[0]))
    command, to, address = command.partition(" --url ")
    assert (to, address) == (" --url ", sample.address)  # who copies it reaches this workspace, and no other
    assert run([*shlex.split(command)[1:], "--database", sample.client(MAYA).address]) == 0
    assert Path("companies.csv").read_bytes() == client.get("/exports/file", params=asked_for).content


def test_no_cell_is_run_as_a_formula(own: Local) -> None:
    with own.client(MAYA) as crm:
        crm.companies.create_one(name="=HYPERLINK(1)")
    with signed_in(own, MAYA._replace(may_write=False)) as reader:  # who only reads exports too
        assert "'=HYPERLINK(1)" in reader.get("/exports/file", params={"object": "companies"}).text


@pytest.mark.parametrize(
    ("query", "status", "why"),
    [
        ({"object": "companies", "filter": "nme[eq]:1"}, 422, "nme"),
        ({"object": "companies", "filter": "nme((", "id": "20202020-0000-4000-8000-000000000000"}, 422, "nme"),
        ({"object": "companies", "columns": "nme"}, 422, "did you mean"),
        ({"object": "companies", "order_by": "nme"}, 422, "nme"),
        ({"object": "companies", "format": "pdf"}, 422, "choose one of csv"),
        ({"object": "companees"}, 404, "companees"),
    ],
    ids=lambda each: str(each),
)
@pytest.mark.parametrize("path", ["/exports", "/exports/file"])
def test_what_cannot_be_is_a_page_that_says_why(client: TestClient, query: dict[str, str], status: int, why: str, path: str) -> None:
    answer = client.get(path, params=query)
    assert answer.status_code == status
    assert why in answer.text
    assert "content-disposition" not in answer.headers


def test_a_format_that_is_not_installed_says_what_to_install(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asked, "find_spec", lambda name: None)
    assert "pip install &#39;icosa[parquet]&#39;" in client.get("/exports").text
    answer = client.get("/exports/file", params={"format": "parquet"})
    assert (answer.status_code, "icosa[parquet]" in answer.text) == (422, True)
