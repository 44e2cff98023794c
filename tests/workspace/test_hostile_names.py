"""A catalogue may be anybody's: whatever it calls things, its workspace does what it should and holds nothing else.

The names here would, where they ran, make a table more and do no harm.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from icosa.catalogue import model
from icosa.catalogue.as_json import as_json, from_json
from icosa.catalogue.columns import column_by_path
from icosa.catalogue.fields import Select, Text
from icosa.catalogue.model import BelongsTo, Catalogue, Field, Object
from icosa.catalogue.standard import STANDARD
from icosa.errors import InvalidValue
from icosa.wire.language.condition import Negation, Test, Through
from icosa.wire.language.filter_tree import Comparator
from icosa.wire.language.order import OrderKey
from icosa.wire.language.place import Hop
from icosa.wire.message import Request
from icosa.wire.openapi.document import document
from icosa.wire.openapi.reading import read_document
from icosa.wire.version import TWENTY_2_19
from icosa.workspace import IN_PROCESS, Workspace, open_workspace
from icosa.workspace.moving.backup import restore
from icosa.workspace.moving.databases import Database
from icosa.workspace.store.plan import FindMany
from icosa.workspace.store.reads import Reads
from icosa.workspace.store.statement import Statement, Statements
from tests.searched import ON_A_STORE
from tests.workspace.conftest import Caller

QUOTES = [
    'a"b',
    "a'b",
    "a'||(SELECT 1)||'",
    'a"; CREATE TABLE extra(a); --',
    "a'; CREATE TABLE extra(a); --",
    "a\\'; CREATE TABLE extra(a); --",
    'a" TEXT); CREATE TABLE extra(a); --',
    "a`b[c]{d}",
    "a?b$1%s",
    "a\nb\tc",
    "名前",
    "*/ /* --",
]
ODD = ["doc", "DOC", "rowid", "oid", "rank", "ctid", "xmin", "id", "ID", "createdat", "select", "table", "order", "null", "Name", "x" * 64]
names = st.sampled_from(QUOTES + ODD) | st.from_regex(r"[A-Za-z][A-Za-z0-9]{0,9}", fullmatch=True) | st.text(max_size=8)


def catalogue_of(singular: str, field: str, link: str, inverse: str, option: str = "ONE") -> Catalogue:
    """An object that says all of that, and has an index of every kind."""
    return Catalogue(
        (
            Object(
                singular,
                f"{singular}s",
                "Something.",
                (
                    Text("title", "A text."),
                    Text(field, "Another.", unique=True),
                    Field(f"{field}Parts", "FULL_NAME", "A name of two parts."),
                    Select("choice", "One of them.", [option, f"{option}2"], default=option),
                    BelongsTo(link, singular, inverse, "What it is part of."),
                ),
                custom=True,
                label_identifier=field,
                searchable=("title", field, f"{field}Parts"),
                duplicate_criteria=(("title",), (f"{field}PartsFirstName",)),
                indexed=(f"{field}PartsLastName",),
            ),
        )
    )


def ask(workspace: Workspace, method: str, path: str, body: Any = None, query: str = "") -> Any:
    answer = workspace.answer(Request(method, path, query, b"" if body is None else orjson.dumps(body)), IN_PROCESS)
    assert answer.status in (200, 201), answer.body
    return next(iter(orjson.loads(answer.body)["data"].values()))


def tried(workspace: Workspace) -> None:
    """Writes and reads records by way of all that was made from the names."""
    (of,) = (each for each in workspace.catalogue if each.custom)
    field, link = of.fields[1].name, of.belongs_to[0]
    names = {field: "some text", f"{field}Parts": {"firstName": "Ada", "lastName": "Lovelace"}}
    one = ask(workspace, "POST", f"/rest/{of.plural}", names)
    assert names.items() <= one.items()
    assert one["choice"] == of.fields[3].options[0]
    two = ask(workspace, "POST", f"/rest/{of.plural}", {link.foreign_key: one["id"], "choice": of.fields[3].options[1]}, "depth=1")
    assert two[link.name]["id"] == one["id"]
    assert [each["id"] for each in ask(workspace, "GET", f"/rest/{of.plural}/{one['id']}", query="depth=1")[link.inverse]] == [two["id"]]
    assert ask(workspace, "PATCH", f"/rest/{of.plural}/{two['id']}", {field: "other text"})[field] == "other text"
    asked, keys = Test(column_by_path(of)[field], Comparator.ILIKE, "%ther%"), [column_by_path(of)[each] for each in (field, "id")]
    plan = FindMany(of, asked, tuple(OrderKey(each, False, True) for each in keys), 10, 1)
    assert workspace.store.read(lambda: workspace.store.reads.find_many(workspace.store.reads.prepare(plan))).total == 1
    asked_by_relation(workspace, of)
    ask(workspace, "DELETE", f"/rest/{of.plural}/{one['id']}")
    there = Reads(workspace.catalogue, workspace.store.dialect, TWENTY_2_19)
    read = orjson.loads(workspace.store.read(lambda: there.find_one(of, two["id"], 1)))
    assert read == ask(workspace, "GET", f"/rest/{of.plural}/{two['id']}", query="depth=1") | {link.name: None, link.foreign_key: None}


def asked_by_relation(workspace: Workspace, of: Object) -> None:
    """Of two records, one of which belongs to the other, by what the other has."""
    there, column = workspace.store.reads, column_by_path(of)[of.fields[1].name]
    hop = Hop(of.belongs_to[0].name, column_by_path(of)[of.belongs_to[0].foreign_key], of)
    order = (OrderKey(column, False, True, hop), OrderKey(column_by_path(of)["id"]))
    some = Through(hop, Test(column, Comparator.ILIKE, "%ome%"))
    for condition, total in ((some, 1), (Negation(some), 0), (Through(hop, Test(column, Comparator.IS, None)), 1)):
        page = workspace.store.read(partial(there.find_many, there.prepare(FindMany(of, condition, order, 10, 1))))
        assert page.total == total
        assert page.last is None or page.last[0] == (None if condition is not some else "some text")


def tables(file: Path) -> set[str]:
    with sqlite3.connect(file) as connection:
        return {name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}


@given(names, names, names, names, names | st.text())
@ON_A_STORE
def test_any_text_as_a_name_is_refused_or_works(singular: str, field: str, link: str, inverse: str, option: str) -> None:
    try:
        catalogue = catalogue_of(singular, field, link, inverse, option)
    except ValueError:
        return
    with TemporaryDirectory() as folder, opened(f"sqlite:///{folder}/x.db", catalogue) as workspace:
        tried(workspace)
        known = {f"_{singular}", f"icosa_search__{singular}"}
        others = {each for each in tables(Path(folder, "x.db")) if not each.startswith(("icosa_", "sqlite_"))}
        assert others == known - {f"icosa_search__{singular}"}


@contextmanager
def opened(url: str, catalogue: Catalogue) -> Iterator[Workspace]:
    workspace = open_workspace(url, catalogue)
    try:
        yield workspace
    finally:
        workspace.close()


@pytest.mark.parametrize("name", QUOTES)
def test_what_no_check_has_seen_is_quoted_all_the_same(
    name: str, open_caller: Callable[[Catalogue], Caller], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(model, "_check", lambda objects: None)
    crm = open_caller(catalogue_of("thing", name, f"{name}x", f"{name}y", f"{name}z"))
    before = held(crm)
    tried(crm.workspace)
    assert held(crm) == before
    assert "extra" not in before
    assert len(before) == len(held(open_caller(catalogue_of("thing", "plain", "whole", "parts"))))


@pytest.mark.sqlite
@pytest.mark.parametrize("name", QUOTES)
def test_names_of_tables_are_quoted_too(name: str, open_caller: Callable[[Catalogue], Caller], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model, "_check", lambda objects: None)
    crm = open_caller(catalogue_of(name, "plain", "whole", "parts"))
    assert f"_{name}" in held(crm)
    assert "extra" not in held(crm)


def held(crm: Caller) -> list[str]:
    """The names of all tables."""
    sql = "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
    sql = "SELECT name FROM sqlite_schema WHERE type = 'table'" if crm.database.startswith("sqlite") else sql

    def steps() -> Statements[list[str]]:
        return sorted(str(row[0]) for row in (yield Statement(sql)))

    return crm.workspace.store.read(steps)


@pytest.mark.parametrize("name", ["doc", "Doc", "rowid", "rank", "oid", "order", "user", "t", "r", "g", "d", "k", "i", "p"])
def test_names_that_a_database_uses_itself_are_names_like_any_other(name: str, open_caller: Callable[[Catalogue], Caller]) -> None:
    tried(open_caller(catalogue_of("thing", name, "whole", "parts")).workspace)


def test_names_that_are_too_long_for_a_database_are_refused() -> None:
    with pytest.raises(ValueError, match="at most 63 with the names of its parts"):
        catalogue_of("thing", "x" * 50, "whole", "parts")


@pytest.mark.parametrize("name", ["ctid", "xmin", "ID", "createdat", "Title"])
def test_names_that_one_of_the_databases_cannot_have_are_refused(name: str) -> None:
    with pytest.raises(ValueError, match=f'the field "{name}" of thing'):
        catalogue_of("thing", name, "whole", "parts")


PERSON = STANDARD.by_singular["person"]


def with_field(name: str) -> dict[str, Any]:
    """A kept catalogue as somebody else would write it."""
    written = as_json(STANDARD)
    (person,) = (each for each in written["objects"] if each["singular"] == "person")
    person["members"] = [*person["members"], {"name": name, "type": "TEXT", "description": ""}]
    return written


@pytest.mark.parametrize("name", QUOTES)
def test_a_kept_catalogue_with_such_a_name_is_refused_and_the_name_told(name: str) -> None:
    with pytest.raises(InvalidValue, match=r"the field .* of person: is no name"):
        from_json(with_field(name))


def test_so_is_a_backup_that_keeps_one(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/foreign.db"
    open_workspace(url, STANDARD).close()
    with sqlite3.connect(tmp_path / "foreign.db") as connection:
        connection.execute("INSERT INTO icosa_catalogue VALUES (?)", (orjson.dumps(with_field('a"; CREATE TABLE extra(a); --')).decode(),))
    target = f"sqlite:///{tmp_path}/mine.db"
    with pytest.raises(InvalidValue, match="of person: is no name"):
        restore(tmp_path / "foreign.db", Database(target), lambda what, done, total: None)
    assert not (tmp_path / "mine.db").exists()
    with pytest.raises(InvalidValue, match="of person: is no name"):
        open_workspace(url)
    assert "extra" not in tables(tmp_path / "foreign.db")


@pytest.mark.parametrize("name", [*QUOTES, "ctid", "JOBTITLE"])
def test_a_document_loses_what_cannot_be_named_and_says_so(name: str) -> None:
    written = orjson.loads(orjson.dumps(document(STANDARD)))
    schemas = written["components"]["schemas"]
    for each in ("Person", "PersonForResponse"):
        schemas[each]["properties"][name] = {"type": "string"}
    catalogue, offers = read_document(written)
    assert catalogue == STANDARD
    (remark,) = offers.remarks
    assert remark.startswith("the field ")
    assert " of person " in remark
    assert remark.endswith("it was left out")


@pytest.mark.parametrize("name", QUOTES)
def test_an_object_that_cannot_be_named_is_left_out_with_what_points_at_it(name: str) -> None:
    odd = replace(PERSON, singular=name, plural=f"{name}s", members=(Text("title", "A text."), BelongsTo("boss", name, "staff", "Whom.")))
    odd = replace(odd, custom=True, searchable=(), duplicate_criteria=(), unique_together=(), indexed=(), label_identifier="title")
    made = object.__new__(Catalogue)  # past the check, as another server writes its document
    object.__setattr__(made, "objects", (*STANDARD.objects, odd))
    object.__setattr__(made, "_inverse", {**STANDARD._inverse, name: ()})
    catalogue, offers = read_document(orjson.loads(orjson.dumps(document(made))))
    assert catalogue == STANDARD
    assert any(each.startswith("the object ") and each.endswith("it was left out") for each in offers.remarks) or "/" in name
