"""A file in which each row still held its own JSON: opened today it says the same, and keeps what it says as it is written to."""

from collections.abc import Iterator
from pathlib import Path

import apsw
import pytest

from icosa.workspace import Workspace, open_workspace
from tests.workspace.conftest import Caller
from tests.workspace.file_rows import rows

OLDER = Path(__file__).with_name("older_file.sql")
"""Makers and widgets in the tables of Icosa 0.1.0 of 28 November 2026: a widget was deleted, a maker of two others destroyed."""


@pytest.fixture
def older(tmp_path: Path) -> Path:
    path = tmp_path / "older.db"
    rows(path, OLDER.read_text("utf-8"))
    return path


@pytest.fixture
def workspace(older: Path) -> Iterator[Workspace]:
    opened = open_workspace(f"sqlite:///{older}")
    yield opened
    opened.close()


@pytest.fixture
def caller(workspace: Workspace, older: Path) -> Caller:
    return Caller(workspace, f"sqlite:///{older}")


def docs(path: Path) -> dict[str, str]:
    return {str(id_): str(doc) for id_, doc in rows(path, "SELECT id, doc FROM widget UNION SELECT id, doc FROM maker")}


def test_every_record_is_what_it_was(older: Path) -> None:
    before = docs(older)
    opened = open_workspace(f"sqlite:///{older}")
    try:
        caller = Caller(opened, f"sqlite:///{older}")
        assert docs(older) == before
        answered = {each["id"]: each for each in (*caller.good("GET", "/rest/widgets"), *caller.good("GET", "/rest/makers"))}
        deleted = rows(older, 'SELECT id FROM widget WHERE "deletedAt" IS NOT NULL')
        assert len(deleted) == 1
        assert set(answered) == set(before) - {str(id_) for (id_,) in deleted}
        for id_, record in answered.items():
            assert caller.good("GET", f"/rest/{'makers' if 'makerId' not in record else 'widgets'}/{id_}") == record
    finally:
        opened.close()


def test_what_stands_beside_each_row_is_what_the_row_says(caller: Caller, older: Path) -> None:
    (widget, other, *_), (maker,) = caller.ids("widgets"), caller.ids("makers")
    caller.good("PATCH", f"/rest/widgets/{other}", {"count": 12, "makerId": maker})
    caller.good("POST", "/rest/widgets", {"name": "A new one", "makerId": maker})
    caller.good("DELETE", f"/rest/widgets/{widget}")
    caller.good("DELETE", f"/rest/makers/{maker}", permanent="true")  # which empties a column of the others
    beside = rows(
        older,
        'SELECT w.icosa_row, w.id, w."deletedAt", w.doc, d.icosa_row, d."deletedAt", d.doc FROM widget w '
        "FULL JOIN icosa_doc_widget d ON d.icosa_row = w.icosa_row",
    )
    assert len(beside) == 6
    for row, id_, deleted_at, doc, *kept in beside:
        assert kept == [row, deleted_at, doc], id_
    assert [each["makerId"] for each in caller.good("GET", "/rest/widgets")] == [None] * 4


def test_opening_it_again_changes_nothing(workspace: Workspace, older: Path) -> None:
    before = rows(older, "PRAGMA schema_version")
    open_workspace(f"sqlite:///{older}").close()
    assert rows(older, "PRAGMA schema_version") == before
    assert rows(older, "PRAGMA integrity_check") == [("ok",)]


def test_what_cannot_be_changed_stays_as_it_was(older: Path) -> None:
    rows(older, "CREATE VIEW icosa_doc_widget AS SELECT 1")  # which is in the way of the last table
    before = rows(older, "SELECT name, sql FROM sqlite_schema"), rows(older, "SELECT * FROM icosa_schema"), docs(older)
    with pytest.raises(apsw.SQLError, match="icosa_doc_widget"):
        open_workspace(f"sqlite:///{older}")
    assert (rows(older, "SELECT name, sql FROM sqlite_schema"), rows(older, "SELECT * FROM icosa_schema"), docs(older)) == before
