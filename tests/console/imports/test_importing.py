"""An import by upload, from the file to what came of it, as its pages promise it."""

import gzip
import json
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from icosa.errors import Conflict
from icosa.journal.reading import runs
from icosa.plans.lock import locked
from icosa.plans.undo import undo
from icosa.surfaces.console.imports import looking_in
from icosa.surfaces.console.imports.upload import LOCK, uploads_folder
from icosa.surfaces.console.site import Visitor
from tests.console.conftest import signed_in
from tests.console.imports.uploads import PEOPLE, Importing, selected, send, text_of, upload
from tests.console.site import MAYA, Local

ADA, BO = Visitor("20202020-0000-4000-8000-000000000001", "Ada"), Visitor("20202020-0000-4000-8000-000000000002", "Bo")


@pytest.fixture
def writer(bare: Local, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> TestClient:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return signed_in(bare)


def count(site: Local, plural: str) -> int:
    with site.client(MAYA) as crm:
        return crm[plural].find_many(limit=1).total_count


def test_each_column_is_shown_with_samples_a_guess_and_why(writer: TestClient) -> None:
    page = upload(writer, PEOPLE).page("/map")
    chosen = selected(page)
    assert [chosen[f"c{at}"] for at in range(5)] == ["emails.primaryEmail", "name.firstName", "name.lastName", "company.name", "city"]
    assert "ada@engines.example.com" in page
    assert "the same name, spelt otherwise" in page
    assert "Linkedin, primary link url" in page
    assert "3 rows" in page


def test_an_import_goes_in_as_one_run_that_is_undone(bare: Local, writer: TestClient) -> None:
    importing = upload(writer, PEOPLE)
    assert importing.map().headers["location"] == f"{importing.path}/plan"
    planned = importing.page("/plan")
    assert "Analytical Engines" in planned
    assert "; one row does not go in. Nothing is written yet." in planned
    assert count(bare, "people") == 0
    assert importing.apply().headers["location"] == f"{importing.path}/result"
    assert (count(bare, "people"), count(bare, "companies")) == (2, 2)
    (run,) = runs()
    assert (run.title, run.key_id) == ("import people.csv to people", None)
    result = importing.page("/result")
    assert f'action="/runs/{run.id}/undo"' in result
    with bare.client(MAYA) as crm:
        undo(crm, run.id)
    assert (count(bare, "people"), count(bare, "companies")) == (0, 0)
    assert "This import was put back" in importing.page("/result")


@pytest.mark.parametrize(
    ("heading", "found"),
    [
        ("Vorname;Nachname;E-Mail;Ort", "people"),
        ("Name,Domain name,Employees", "companies"),
        ("Name,Amount,Close date,Stage", "opportunities"),
    ],
)
def test_what_rows_are_is_guessed_by_their_columns_where_no_name_says_it(writer: TestClient, heading: str, found: str) -> None:
    importing = upload(writer, f"{heading}\n{'x;' if ';' in heading else 'x,'}\n", "export-of-today.csv", resource="")
    page = importing.page("/map")
    assert f'<option value="{found}" selected>' in page
    assert "By its columns, each row is one of" in page


def test_columns_that_several_kinds_have_alike_are_not_guessed(writer: TestClient) -> None:
    refused = send(writer, "Created at\n2026-01-05\n", "export-of-today.csv", resource="")
    assert refused.status_code == 422
    assert "the columns of export-of-today.csv may be those of" in refused.text


def test_the_command_that_stands_above_has_all_that_was_chosen(writer: TestClient) -> None:
    importing = upload(writer, PEOPLE + "eve@example.com,Eve,Noone,,Rome\n")
    importing.map(**{importing.column("City"): "jobTitle", "region": "de", "unknown": "keine Angabe\nleer"})
    shown = "icosa import people.csv --to people --map City=jobTitle --region de --unknown &#39;keine Angabe&#39; --unknown leer"
    assert f"{shown} --create-links --url http://127.0.0.1:3000" in importing.page("/plan")


def test_what_is_written_twice_is_written_once(bare: Local, writer: TestClient) -> None:
    importing = upload(writer, PEOPLE)
    importing.map()
    importing.apply()
    assert importing.apply().headers["location"] == f"{importing.path}/result"
    again = upload(writer, PEOPLE)
    again.map()
    assert "there is nothing to write" in again.page("/plan")
    assert count(bare, "people") == 2
    assert len(runs()) == 1


def test_differences_are_shown_old_and_new(bare: Local, writer: TestClient) -> None:
    with bare.client(MAYA) as crm:
        crm.people.create_one(name={"firstName": "Ada"}, emails={"primaryEmail": "ada@engines.example.com"}, city="Turin")
    importing = upload(writer, "email,city\nada@engines.example.com,London\n")
    importing.map()
    shown = text_of(writer.get(f"{importing.path}/plan"))
    assert "was Turin becomes London" in shown
    assert "Ada row 2" in shown


def test_bad_rows_are_told_by_reason_with_the_mend_and_come_as_a_file(writer: TestClient) -> None:
    importing = upload(writer, PEOPLE)
    importing.map()
    page = importing.page("/plan?kind=bad")
    assert "is not an e-mail address" in page
    assert f'href="{importing.path}/map#{importing.column("E-mail")}"' in page
    answer = writer.get(f"{importing.path}/bad")
    assert answer.headers["content-disposition"].startswith('attachment; filename="people.bad.csv"')
    heading, row = answer.text.splitlines()
    assert heading == "E-mail,First name,Last name,Company,City,icosa_reason"
    assert row.startswith("broken@@example,No,Body,Nowhere,Nowhere,")


def test_mended_rows_go_in_by_the_same_way(bare: Local, writer: TestClient) -> None:
    importing = upload(writer, PEOPLE)
    importing.map()
    importing.apply()
    mended = writer.get(f"{importing.path}/bad").text.replace("broken@@example", "nobody@example.com")
    again = upload(writer, mended, "people.bad.csv")
    again.map()
    again.apply()
    assert count(bare, "people") == 3


def test_a_column_goes_where_somebody_says_or_nowhere(bare: Local, writer: TestClient) -> None:
    importing = upload(writer, PEOPLE)
    importing.map(**{importing.column("City"): "jobTitle", importing.column("Company"): ""})
    importing.apply()
    with bare.client(MAYA) as crm:
        (ada,) = crm.people.find_many(filter='name.firstName[eq]:"Ada"')
        assert (ada["jobTitle"], ada["city"], ada["companyId"]) == ("London", "", None)


@pytest.mark.parametrize(
    ("chosen", "box", "why"),
    [
        ({"region": "Deutschland"}, "region", "is no country"),
        ({"zone": "Moon"}, "zone", "there is no time zone"),
        ({"head": "none"}, "head", "is no row"),
        ({"key": "jobTitle"}, "key", "no column goes to jobTitle"),
        ({"c4": "emails.primaryEmail"}, "columns", "both go to emails.primaryEmail"),
        ({"c4": "nowhere"}, "columns", "nothing at 'nowhere'"),
    ],
    ids=lambda each: str(each),
)
def test_what_cannot_be_is_said_at_its_box_and_nothing_is_planned(writer: TestClient, chosen: dict[str, str], box: str, why: str) -> None:
    importing = upload(writer, PEOPLE)
    answer = importing.map(**chosen)
    assert answer.status_code == 422
    assert f'href="#{box}"' in answer.text
    assert why in text_of(answer)
    assert importing.page("").count("Where do the columns go?") == 1


def test_what_was_typed_stays_where_it_was_wrong(writer: TestClient) -> None:
    answer = upload(writer, PEOPLE).map(region="Deutschland", currency="EUR")
    assert 'value="Deutschland"' in answer.text
    assert 'value="EUR"' in answer.text


def test_conventions_count(bare: Local, writer: TestClient) -> None:
    importing = upload(writer, "email;phone\nada@example.com;030 1234567\n")
    importing.map()
    assert "Choose: Country of phone numbers" in importing.page("/plan?kind=bad")
    importing.map(region="DE")
    importing.apply()
    with bare.client(MAYA) as crm:
        assert crm.people.find_many()[0]["phones"]["primaryPhoneNumber"] == "301234567"


def test_a_file_is_read_otherwise_where_that_is_said(writer: TestClient) -> None:
    importing = upload(writer, "Export of today\nE-mail|City\nada@example.com|London\n")
    answer = importing.map(delimiter="|", head="2")
    assert answer.headers["location"] == f"{importing.path}/map"
    assert [importing.column("E-mail"), importing.column("City")] == ["c0", "c1"]


def test_a_sheet_is_chosen(writer: TestClient, tmp_path: Path) -> None:
    xlsxwriter = pytest.importorskip("xlsxwriter")
    path = tmp_path / "book.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        for name, heading in (("Companies", "Name"), ("People", "E-mail")):
            sheet = book.add_worksheet(name)
            sheet.write(0, 0, heading)
            sheet.write(1, 0, "ada@example.com")
    importing = upload(writer, path.read_bytes(), "book.xlsx")
    assert "<option>People</option>" in importing.page("/map")
    importing.map(sheet="People")
    assert importing.column("E-mail") == "c0"


RECIPE = b"""version = 1
[companies]
key = "name"
[companies.columns]
"Company" = "name"
[people]
key = "emails.primaryEmail"
[people.columns]
"E-mail" = "emails.primaryEmail"
"""


def test_several_objects_go_in_by_a_recipe(bare: Local, writer: TestClient) -> None:
    importing = upload(writer, PEOPLE, resource="several", recipe=RECIPE)
    assert "[companies.columns]" in importing.page("/map")
    answer = writer.post(f"{importing.path}/map", data={"recipe": RECIPE.decode(), "do": "plan"}, follow_redirects=False)
    assert answer.headers["location"] == f"{importing.path}/plan"
    importing.apply()
    assert (count(bare, "people"), count(bare, "companies")) == (2, 2)


def test_rows_that_a_recipe_leaves_out_are_mended_in_it(writer: TestClient) -> None:
    importing = upload(writer, PEOPLE, resource="several", recipe=RECIPE)
    writer.post(f"{importing.path}/map", data={"recipe": RECIPE.decode(), "do": "plan"})
    page = importing.page("/plan?kind=bad")
    assert f'href="{importing.path}/map#recipe"' in page
    assert "Say it in the recipe" in page


def test_rows_of_which_nothing_becomes_say_why(bare: Local, writer: TestClient) -> None:
    rows = PEOPLE + ",,,,\n"
    first = upload(writer, rows)
    first.map()
    first.apply()
    again = upload(writer, rows)
    again.map()
    text = text_of(writer.get(f"{again.path}/plan?kind=skip"))
    assert "is as it should be" in text
    assert "Ada Lovelace" in text
    everything = upload(writer, rows, resource="several", recipe=RECIPE)
    writer.post(f"{everything.path}/map", data={"recipe": RECIPE.decode(), "do": "plan"})
    assert everything.page("/plan?kind=left")


def test_a_recipe_is_drafted_and_what_is_wrong_with_it_is_said(writer: TestClient) -> None:
    importing = upload(writer, PEOPLE, resource="several")
    assert "[people.columns]" in importing.page("/map")
    answer = writer.post(f"{importing.path}/map", data={"recipe": "version = 1\n[people", "do": "plan"})
    assert answer.status_code == 422
    assert "is no TOML" in text_of(answer)
    assert "[people</textarea>" in answer.text


BAD_FILES = {
    "empty": (b"", "people.csv", "is empty"),
    "no file": (b"x", "people.doc", "does not say by its suffix"),
    "no Parquet": (b"PAR1", "people.parquet", "is no Parquet file"),
    "for no object": (
        b"a\n1\n",
        "contacts-of-ours.csv",
        "choose what each row is: neither the name of contacts-of-ours.csv nor its columns say it",
    ),
}


@pytest.mark.parametrize("what", BAD_FILES)
def test_a_file_that_is_none_is_refused_and_not_kept(writer: TestClient, what: str) -> None:
    content, name, why = BAD_FILES[what]
    answer = send(writer, content, name, "" if what == "for no object" else "people")
    assert answer.status_code == 422
    assert why in text_of(answer)
    assert not [each for each in uploads_folder().rglob("*") if each.is_file()]


@pytest.mark.parametrize(("content", "name"), [(b"PK\x03\x04", "people.xlsx"), (b"\x00\x01\x02\xff" * 50, "people.csv")])
def test_one_that_could_be_read_otherwise_says_what_is_wrong_with_it(writer: TestClient, content: bytes, name: str) -> None:
    page = upload(writer, content, name).page("/map")
    assert "This file cannot be read as it is" in page
    assert "Show what would change" not in page


def test_a_heading_alone_is_nothing_to_write(writer: TestClient) -> None:
    importing = upload(writer, "email,city\n")
    importing.map()
    assert "has no rows below its headings" in importing.page("/plan")


def test_more_columns_than_anybody_needs_are_refused(writer: TestClient) -> None:
    names = ["email", *(f"field {at}" for at in range(looking_in.COLUMNS))]
    answer = send(writer, json.dumps([dict.fromkeys(names, "x")]), "people.json")
    assert answer.status_code == 422
    assert "has 2,001 columns, and 2,000 are the most that an import takes" in text_of(answer)
    page = upload(writer, f"{','.join(names)}\n").page("/map")
    assert "has 2,001 columns" in page
    assert "Show what would change" not in page


@pytest.mark.parametrize("name", ["people.csv", "people.jsonl", "people.csv.gz"])
def test_rows_are_looked_at_up_to_a_number_and_go_in_all_the_same(
    bare: Local, writer: TestClient, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looking_in, "LOOKED_AT", 4)
    rows = [{"email": f"p{at}@example.com", "city": "Turin"} for at in range(20)]
    text = (
        "\n".join(map(json.dumps, rows)) if name.endswith("jsonl") else "email,city\n" + "\n".join(",".join(each.values()) for each in rows)
    )
    importing = upload(writer, gzip.compress(text.encode()) if name.endswith("gz") else text, name)
    assert re.search(r"\d+ rows", importing.page("/map")) is None
    importing.map()
    importing.apply()
    assert count(bare, "people") == 20


def test_thousands_of_columns_are_a_page(bare: Local, writer: TestClient) -> None:
    names = ["email", *(f"field {at}" for at in range(1_999))]
    importing = upload(writer, f"{','.join(names)}\nada@example.com{',x' * 1_999}\n")
    page = importing.page("/map")
    assert "1,850 more columns are not shown" in page
    assert len(page) < 2_000_000
    importing.map()
    importing.apply()
    assert count(bare, "people") == 1


def test_what_a_file_holds_stays_a_text(writer: TestClient) -> None:
    hostile = '<img src=x onerror="alert(1)">'
    importing = upload(writer, f'email,"{hostile.replace(chr(34), chr(34) * 2)}"\n{hostile.replace(chr(34), "")},"<b>{hostile[:4]}"\n')
    importing.map()
    for name in ("/map", "/plan", "/plan?kind=bad"):
        assert "<img" not in importing.page(name)
        assert "<b><img" not in importing.page(name)


def test_only_who_uploaded_it_sees_it(bare: Local, writer: TestClient) -> None:
    importing = upload(writer, PEOPLE)
    with signed_in(bare, ADA) as other:
        assert "people.csv</a>" not in other.get("/imports").text
        for name in ("", "/map", "/plan", "/bad", "/apply", "/result"):
            assert other.get(importing.path + name).status_code == 404
        for name in ("/map", "/apply", "/remove"):
            assert other.post(importing.path + name).status_code == 404
    assert "people.csv</a>" in writer.get("/imports").text


def test_who_only_reads_imports_nothing(bare: Local, writer: TestClient) -> None:
    importing = upload(writer, PEOPLE)
    with signed_in(bare, MAYA._replace(may_write=False)) as reader:
        for answer in (
            reader.get("/imports"),
            reader.get(f"{importing.path}/map"),
            send(reader, PEOPLE),
            reader.post(f"{importing.path}/apply"),
        ):
            assert answer.status_code == 403
            assert "Your key only reads" in answer.text


def test_it_lies_where_its_owner_alone_can_read_it(writer: TestClient) -> None:
    upload(writer, PEOPLE).map()
    for each in uploads_folder().rglob("*"):
        assert stat.S_IMODE(each.stat().st_mode) == (0o700 if each.is_dir() else 0o600), each


@contextmanager
def at_work(importing: Importing, **job: object) -> Iterator[None]:
    """As if another process of the server were at it, and had come so far."""
    folder = next(each.parent for each in uploads_folder().rglob("upload.json") if importing.path.endswith(each.parent.name))
    with locked(folder / LOCK, "this import"):
        (folder / "job.json").write_text(json.dumps(job))
        yield


def part(writer: TestClient, path: str) -> Response:
    return writer.get(path, headers={"HX-Request": "true", "HX-Request-Type": "partial"})


def test_while_it_is_planned_the_page_says_how_far_it_is(writer: TestClient) -> None:
    importing = upload(writer, PEOPLE)
    with at_work(importing, task="planning"):
        assert "Reading the file" in importing.page("/plan")
    with at_work(importing, task="planning", done=3, total=5, seconds=4.0, first=1):
        assert "3 of 5 rows compared with what is there, " in importing.page("/plan")
        assert "3 of 5 rows" in part(writer, f"{importing.path}/progress?n=4").text
        assert importing.map().headers["location"] == f"{importing.path}/plan"  # it is not begun twice
        assert "3 of 5 rows" in importing.page("/progress")
    importing.map()
    assert part(writer, f"{importing.path}/progress?n=5").headers["hx-redirect"] == f"{importing.path}/plan"


def test_while_it_is_written_the_page_says_how_far_it_is(bare: Local, writer: TestClient) -> None:
    importing = upload(writer, PEOPLE)
    importing.map()
    with at_work(importing, task="applying", done=1, total=4, seconds=2.0):
        assert "0 of 4 records written, about 6 seconds left" in text_of(writer.get(f"{importing.path}/apply"))
        assert "0 of 4 records" in part(writer, f"{importing.path}/progress?n=none").text
        importing.apply()
    assert count(bare, "people") == 0


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (RuntimeError("ada@engines.example.com"), "This is a mistake in Icosa"),
        (Conflict("somebody else is at it"), "somebody else is at it"),
    ],
)
def test_what_fails_meanwhile_is_told_without_what_the_file_holds(
    writer: TestClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, error: Exception, said: str
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr("icosa.surfaces.console.imports.mapping_page.plan_import", fail)
    importing = upload(writer, PEOPLE)
    answer = writer.get(importing.map().headers["location"])
    assert said in text_of(answer)
    assert "ada@engines" not in caplog.text
    assert ("an import failed while planning" in caplog.text) == isinstance(error, RuntimeError)


def test_it_is_removed_when_somebody_says_so(writer: TestClient) -> None:
    importing = upload(writer, PEOPLE)
    answer = writer.post(f"{importing.path}/remove")
    assert "was removed from the server" in answer.text
    assert writer.get(f"{importing.path}/map").status_code == 404
    assert not [each for each in uploads_folder().rglob("*") if each.is_file()]


def test_it_is_removed_after_seven_days(writer: TestClient) -> None:
    old, new = upload(writer, PEOPLE), upload(writer, PEOPLE, "new.csv")
    for about in uploads_folder().rglob("upload.json"):
        if about.parent.name == old.path.rpartition("/")[2]:
            about.write_text(about.read_text().replace('"made_at": "20', '"made_at": "19'))
    assert "new.csv</a>" in writer.get("/imports").text
    assert writer.get(f"{old.path}/map").status_code == 404
    assert writer.get(f"{new.path}/map").status_code == 200


@pytest.mark.parametrize(
    "name", ["../../x.csv", "..\\x.csv", "/etc/people.csv", "a\x00b.csv", ".people.csv", "ü" * 200 + ".csv", "a/b/c.csv"]
)
def test_no_name_leads_elsewhere(writer: TestClient, name: str) -> None:
    importing = upload(writer, PEOPLE, name)
    files = [each for each in uploads_folder().rglob("*.csv") if each.is_file()]
    assert [each.parent.name for each in files] == ["file"]
    assert importing.page("/map")


def test_too_large_a_file_is_refused(writer: TestClient) -> None:
    headers = {"Content-Length": str(201 * 1024 * 1024), "Content-Type": "multipart/form-data; boundary=x"}
    answer = writer.post("/imports", headers=headers, content=iter([b""]))
    assert answer.status_code == 413
    assert "longer than the 200 MB" in answer.text


def test_an_import_of_another_state_leads_to_its_page(writer: TestClient) -> None:
    importing = Importing(writer, upload(writer, PEOPLE).path)
    for name in ("", "/plan", "/apply", "/result", "/progress"):
        answer = writer.get(importing.path + name, follow_redirects=False)
        assert answer.headers["location"] == f"{importing.path}/map"
    importing.map()
    assert writer.get(f"{importing.path}/result", follow_redirects=False).headers["location"] == f"{importing.path}/plan"
    importing.apply()
    assert writer.get(f"{importing.path}/map", follow_redirects=False).headers["location"] == f"{importing.path}/result"
    assert importing.apply().headers["location"] == f"{importing.path}/result"
