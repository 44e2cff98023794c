"""A file of which only triggers and indexes were others gets those of today, and its rows stay where they are."""

from collections.abc import Callable

import pytest

from icosa.catalogue.model import Catalogue
from icosa.catalogue.standard import STANDARD
from icosa.workspace import open_workspace
from tests.workspace.conftest import Caller
from tests.workspace.file_rows import rows

pytestmark = pytest.mark.sqlite

AS_THEY_WERE = """
DROP TRIGGER icosa_company_created;
DROP TRIGGER icosa_company_changed;
DROP INDEX "IDX_company_name";
CREATE TRIGGER icosa_company_created AFTER INSERT ON company BEGIN
  UPDATE icosa_tally SET live = live + (NEW."deletedAt" IS NULL), first = min(coalesce(first, NEW."position"), NEW."position"),
  last = max(coalesce(last, NEW."position"), NEW."position") WHERE object = 'company'; END;
CREATE TRIGGER icosa_company_doc_made AFTER INSERT ON company BEGIN
  INSERT INTO icosa_doc_company VALUES (NEW.icosa_row, NEW."deletedAt", NEW.doc); END;
CREATE TRIGGER icosa_company_doc_remade AFTER UPDATE ON company BEGIN
  UPDATE icosa_doc_company SET "deletedAt" = NEW."deletedAt", doc = NEW.doc WHERE icosa_row = NEW.icosa_row; END;
CREATE INDEX "IDX_company_name" ON company ("name", "deletedAt", "id");
UPDATE icosa_schema SET fingerprint = 'older' WHERE name = 'company';
"""
"""Of companies, in files of Icosa 0.1.0 of 28 November 2026."""


SCHEMA = "SELECT type, name, sql, CASE type WHEN 'table' THEN rootpage END FROM sqlite_schema ORDER BY type, name"
ROWS = "SELECT icosa_row, id, name FROM company ORDER BY icosa_row"


@pytest.fixture
def crm(open_caller: Callable[[Catalogue], Caller]) -> Caller:
    """One opened again over a file as it was, with three companies, the first of them destroyed."""
    made = open_caller(STANDARD)
    gone, *_ = (made.good("POST", "/rest/companies", {"name": name})["id"] for name in ("A", "B", "C"))
    made.good("DELETE", f"/rest/companies/{gone}", permanent="true")
    made.workspace.close()
    return made


def test_they_are_made_anew_and_the_rows_stay_where_they_are(crm: Caller) -> None:
    today, there = rows(crm.path, SCHEMA), rows(crm.path, ROWS)
    assert [number for number, *_ in there] == [2, 3]
    rows(crm.path, AS_THEY_WERE)
    assert rows(crm.path, SCHEMA) != today
    open_workspace(crm.database).close()
    assert rows(crm.path, SCHEMA) == today
    assert rows(crm.path, ROWS) == there
    assert rows(crm.path, "PRAGMA integrity_check") == [("ok",)]


def test_what_is_written_afterwards_is_kept_as_ever(crm: Caller) -> None:
    rows(crm.path, AS_THEY_WERE)
    again = Caller(open_workspace(crm.database), crm.database)
    first, second = again.ids("companies", order_by="name[AscNullsFirst]")
    again.good("PATCH", f"/rest/companies/{first}", {"name": "B2"})
    again.good("DELETE", f"/rest/companies/{second}")
    made = again.good("POST", "/rest/companies", {"name": "D"})["id"]
    listed = again.good("GET", "/rest/companies", order_by="name[AscNullsFirst]")
    assert [(each["id"], each["name"]) for each in listed] == [(first, "B2"), (made, "D")]
    again.workspace.close()
    beside = 'SELECT c."deletedAt" IS d."deletedAt" AND c.doc = d.doc FROM company c FULL JOIN icosa_doc_company d USING (icosa_row)'
    assert rows(crm.path, beside) == [(1,)] * 3
    assert rows(crm.path, "SELECT live FROM icosa_tally WHERE object = 'company'") == [(2,)]
