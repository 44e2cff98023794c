"""`icosa copy`: a whole workspace in another database, of the same kind or another, and back."""

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import icosa
from icosa.catalogue.model import BelongsTo, Catalogue, Field, Object
from icosa.catalogue.standard import STANDARD
from icosa.wire.message import Request
from icosa.workspace import open_workspace
from icosa.workspace.access.issue import create_key, revoke_key
from icosa.workspace.moving.backup import back_up, restore
from icosa.workspace.moving.copy import copy_workspace, record_counts
from icosa.workspace.moving.databases import Database
from icosa.workspace.store.names import quoted, unique_index, unique_keys
from icosa.workspace.store.postgres.loading import lines
from icosa.workspace.store.statement import Statement, Statements, Violation
from tests.durability.filled import SECRET, answers, fill, send
from tests.durability.test_backup import run


def quiet(what: str, done: int, total: int) -> None:
    pass


WAYS = ["sqlite to sqlite", "sqlite to postgresql", "postgresql to sqlite", "postgresql to postgresql"]


@pytest.fixture
def new_url(tmp_path: Path, request: pytest.FixtureRequest) -> Callable[[str], str]:
    made: list[str] = []

    def new(kind: str) -> str:
        made.append(kind)
        if kind == "sqlite":
            return f"sqlite:///{tmp_path}/{len(made)}.db"
        cluster = request.getfixturevalue("postgres")
        url: str = cluster.url(cluster.new())
        return url

    return new


@pytest.fixture(params=WAYS)
def ends(request: pytest.FixtureRequest, new_url: Callable[[str], str]) -> tuple[str, str]:
    """The URLs of two databases that hold nothing yet."""
    one, _, other = str(request.param).partition(" to ")
    return new_url(one), new_url(other)


def events(url: str) -> list[Any]:
    """The outbox in order, secrets left out."""
    workspace = open_workspace(url)

    def steps() -> Statements[list[Any]]:
        rows = yield Statement(
            f"SELECT at, object, action, actor, updated_fields, records FROM {workspace.store.dialect.EVENTS} ORDER BY sequence"
        )
        return [[*row[:5], re.sub(r"sealed:[^\"]*", "sealed", str(row[5]))] for row in rows]

    try:
        return workspace.store.read(steps)
    finally:
        workspace.close()


def test_a_copy_answers_as_the_original(ends: tuple[str, str]) -> None:
    source, target = ends
    token = fill(source)
    lines = json.loads(run("copy", source, target).stdout)
    assert answers(target) == answers(source)
    assert events(target) == events(source)
    assert any(record["secret"] == SECRET for record in answers(target)["webhooks, alive"])
    assert {line["part"]: line["records"] for line in lines}["companies"] == 3
    with icosa.connect(target, token) as client:
        assert client.companies.find_many(depth=0).total_count == 2


def test_the_copy_goes_on_living(ends: tuple[str, str]) -> None:
    """What the original would do next, the copy does: positions, restores, events."""
    source, target = ends
    fill(source)
    run("copy", source, target)
    results = []
    for url in ends:
        workspace = open_workspace(url)
        made = send(workspace, "POST", "/rest/companies", {"name": "Next"})["createCompany"]
        (deleted,) = send(workspace, "GET", "/rest/companies", None, "filter=deletedAt[is]:NOT_NULL")["companies"]
        back = send(workspace, "PATCH", f"/rest/restore/companies/{deleted['id']}")
        results.append((made["position"], next(iter(back.values()))["name"], len(send(workspace, "GET", "/rest/companies")["companies"])))
        workspace.close()
    assert results[0] == results[1]


def test_nothing_is_there_after_a_kill_and_all_of_it_after_the_next_run(ends: tuple[str, str]) -> None:
    source, target = ends
    fill(source, records=150)
    program = """
import os, signal, sys
from icosa.workspace.moving.copy import copy_workspace
from icosa.workspace.moving.databases import Database
def told(what, done, total):
    if what == "copied" and done >= total * int(sys.argv[3]) // 100:
        os.kill(os.getpid(), signal.SIGKILL)
copy_workspace(Database(sys.argv[1]), Database(sys.argv[2]), told)
"""
    for percent in (0, 30, 99):
        killed = subprocess.run([sys.executable, "-c", program, source, target, str(percent)], check=False)
        assert killed.returncode == -9
        assert set(record_counts(Database(target)).values()) == {0}
    run("copy", source, target)
    assert answers(target) == answers(source)
    assert events(target) == events(source)


def test_a_copy_that_is_refused_leaves_nothing_and_can_be_made_again(ends: tuple[str, str]) -> None:
    """Two live people of one address: the source lost the index that keeps them apart."""
    source, target = ends
    fill(source)
    (index,) = {unique_index(of, key) for of in STANDARD if of.singular == "person" for key in unique_keys(of)}

    def twice() -> Statements[None]:
        yield Statement(f"DROP INDEX {quoted(index)}")
        yield Statement('UPDATE "person" SET "emailsPrimaryEmail" = ? WHERE "deletedAt" IS NULL', ("ada@example.com",))

    def once() -> Statements[None]:
        yield Statement('UPDATE "person" SET "emailsPrimaryEmail" = "id" || ?', ("@example.com",))

    write(source, twice)
    with pytest.raises(icosa.Conflict, match="nothing was copied"):
        copy_workspace(Database(source), Database(target), quiet)
    assert set(record_counts(Database(target)).values()) == {0}
    write(source, once)
    copy_workspace(Database(source), Database(target), quiet)
    assert answers(target) == answers(source)


def write(url: str, statements: Callable[[], Statements[None]]) -> None:
    workspace = open_workspace(url)
    try:
        workspace.store.write(statements)
    finally:
        workspace.close()


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_copy_has_all_indexes_and_links_and_counts_what_is_written_to_it(new_url: Callable[[str], str], kind: str) -> None:
    """What is taken away while it is filled is there again."""
    source, target, made = new_url("sqlite"), new_url(kind), new_url(kind)
    fill(source)
    open_workspace(made).close()
    run("copy", source, target)
    assert held_together(target) == held_together(made)


def held_together(url: str) -> list[Any]:
    """The texts of all indexes, triggers and links of a database."""
    texts = ["SELECT name, sql FROM sqlite_schema WHERE type IN ('index', 'trigger') AND sql IS NOT NULL"]
    if not url.startswith("sqlite"):
        texts = [
            "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
            "SELECT tgrelid::regclass::text || tgname, tgenabled::text FROM pg_trigger WHERE NOT tgisinternal",
            "SELECT conname, pg_get_constraintdef(oid) || convalidated FROM pg_constraint WHERE contype IN ('p', 'u', 'f')",
        ]
    workspace = open_workspace(url)
    try:
        found = [workspace.store.read(lambda text=text: asked(text)) for text in texts]  # type: ignore[misc]
    finally:
        workspace.close()
    return [sorted(map(tuple, rows)) for rows in found]


def asked(text: str) -> Statements[list[Any]]:
    return (yield Statement(text))


@given(
    st.lists(
        st.lists(
            st.one_of(
                st.none(),
                st.booleans(),
                st.floats(allow_nan=False),
                st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")),
            ),
            min_size=4,
            max_size=4,
        )
    )
)
def test_rows_are_copied_into_postgresql_as_they_are(rows: list[list[Any]]) -> None:
    read = [[None if each == "\\N" else unescaped(each) for each in line.split("\t")] for line in lines(rows).decode().split("\n")[:-1]]
    spelt = {bool: lambda value: "t" if value else "f", float: repr}
    assert read == [[spelt[type(each)](each) if type(each) in spelt else each for each in row] for row in rows]


def unescaped(text: str) -> str:
    letters = {"\\": "\\", "n": "\n", "r": "\r", "t": "\t"}
    return re.sub(r"\\(.)", lambda found: letters[found[1]], text)


def test_a_text_that_postgresql_cannot_hold_is_refused() -> None:
    for text in ("\0", "\0n", "a\0f"):
        with pytest.raises(Violation, match="NUL"):
            lines([["a", None], [text, "b"]])


def test_nothing_is_copied_over_something(new_url: Callable[[str], str]) -> None:
    source, target, third = new_url("sqlite"), new_url("sqlite"), new_url("sqlite")
    fill(source)
    run("companies", "create-one", "--name", "Mine", "--database", target)
    ran = run("copy", source, target, code=5)
    assert "empty" in ran.stderr
    run("copy", source, source, code=5)
    run("copy", third, target, code=5)
    assert [each["name"] for each in answers(target)["companies, alive"]] == ["Mine"]


def test_a_copy_is_not_copied_into_twice(new_url: Callable[[str], str]) -> None:
    source, target = new_url("sqlite"), new_url("sqlite")
    fill(source)
    run("copy", source, target)
    before = answers(target)
    run("copy", source, target, code=5)
    assert answers(target) == before


def test_a_dry_run_makes_nothing(tmp_path: Path, new_url: Callable[[str], str]) -> None:
    source, target = new_url("sqlite"), new_url("sqlite")
    fill(source)
    counts = {line["part"]: line["records"] for line in json.loads(run("copy", source, target, "--dry-run").stdout)}
    assert counts["companies"] == 3
    assert not (tmp_path / "2.db").exists()


def test_secrets_that_cannot_be_opened_stop_it(tmp_path: Path, new_url: Callable[[str], str]) -> None:
    source, target = new_url("sqlite"), new_url("sqlite")
    fill(source)
    (tmp_path / "1.db.key").unlink()
    ran = run("copy", source, target, code=5)
    assert "sealed with another key" in ran.stderr


def test_a_difference_is_found(new_url: Callable[[str], str]) -> None:
    """A record that is changed behind the copy's back, where it has been already."""
    source, target = Database(new_url("sqlite")), Database(new_url("sqlite"))
    fill(source.url)
    store = target.store()
    changed: list[bool] = []

    def progress(what: str, done: int, total: int) -> None:
        if what == "copied" and done == total and not changed:
            changed.append(store.write(change))

    def change() -> Statements[bool]:
        yield Statement('UPDATE "person" SET "jobTitle" = ?', ("Somebody else",))
        return True

    try:
        with pytest.raises(icosa.Conflict, match="people"):
            copy_workspace(source, target, progress)
    finally:
        store.close()


def test_links_in_a_circle_are_kept(ends: tuple[str, str]) -> None:
    """Records that point at themselves, at later ones and at each other."""
    name = Field("name", "TEXT", "The name.")
    where, above = BelongsTo("office", "office", "bosses", "Where."), BelongsTo("above", "boss", "below", "Who.")
    boss = Object("boss", "bosses", "A boss.", (name, where, above))
    office = Object("office", "offices", "An office.", (name, BelongsTo("head", "boss", "headed", "Who.")))
    catalogue = Catalogue((boss, office, STANDARD.by_singular["apiKey"]))
    source, target = (Database(url, catalogue) for url in ends)
    workspace = open_workspace(source.url, catalogue)
    bosses = [send(workspace, "POST", "/rest/bosses", {"name": str(at)})["createBoss"]["id"] for at in range(4)]
    hq = send(workspace, "POST", "/rest/offices", {"name": "HQ", "headId": bosses[3]})["createOffice"]["id"]
    for at, each in enumerate(bosses):
        send(workspace, "PATCH", f"/rest/bosses/{each}", {"officeId": hq, "aboveId": bosses[(at + 1) % 4]})
    workspace.close()
    copy_workspace(source, target, lambda what, done, total: None)
    assert answers(target.url, catalogue) == answers(source.url, catalogue)


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_backups_know_either_kind_of_database(new_url: Callable[[str], str], tmp_path: Path, kind: str) -> None:
    source, other = new_url("postgresql"), new_url(kind)
    fill(source)
    run("backup", tmp_path / "monday.backup", "--database", source, "--with-key")
    run("restore", tmp_path / "monday.backup", "--database", other)
    assert answers(other) == answers(source)
    assert events(other) == events(source)


def test_a_server_database_is_replaced_with_force_only(new_url: Callable[[str], str], tmp_path: Path) -> None:
    source, other = new_url("sqlite"), new_url("postgresql")
    fill(source)
    fill(other, records=70)
    run("backup", tmp_path / "monday.backup", "--database", source, "--with-key")
    run("restore", tmp_path / "monday.backup", "--database", other, code=5)
    assert len(answers(other)["people, alive"]) == 60
    run("restore", tmp_path / "monday.backup", "--database", other, "--force")
    assert answers(other) == answers(source)


@pytest.mark.slow
def test_memory_does_not_depend_on_how_much_is_copied(new_url: Callable[[str], str]) -> None:
    program = """
import resource, sys
from icosa.workspace.moving.copy import copy_workspace
from icosa.workspace.moving.databases import Database
copy_workspace(Database(sys.argv[1]), Database(sys.argv[2]), lambda what, done, total: None)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""
    peaks = []
    for records in (3_000, 30_000):
        source, target = new_url("sqlite"), new_url("sqlite")
        workspace = open_workspace(source)
        for _ in range(records // 60):
            send(workspace, "POST", "/rest/batch/people", [{"jobTitle": "Engineer", "city": "London"}] * 60)
        workspace.close()
        ran = subprocess.run([sys.executable, "-c", program, source, target], capture_output=True, text=True, check=True)
        peaks.append(int(ran.stdout))
    print(f"peaks of {peaks[0] // 1024} and {peaks[1] // 1024} MiB")
    assert peaks[1] < peaks[0] * 1.2


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_backup_brought_back_makes_no_key_good_again(kind: str, new_url: Callable[[str], str], tmp_path: Path) -> None:
    url, monday = new_url(kind), tmp_path / "monday.db"
    workspace = open_workspace(url)
    tokens = {name: create_key(workspace, name, "2999-01-01") for name in ("kept", "revoked", "deleted", "destroyed", "shortened")}
    back_up(Database(url), monday, quiet)
    revoke_key(workspace, "revoked")
    create_key(workspace, "later", "2999-01-01")
    workspace.close()
    with icosa.connect(url) as crm:
        crm.api_keys.delete_one(tokens["deleted"][0])
        crm.api_keys.delete_one(tokens["destroyed"][0], permanent=True)
        crm.api_keys.update_one(tokens["shortened"][0], expires_at="2026-01-01")
    assert restore(monday, Database(url), quiet, force=True).narrowed == 4
    workspace = open_workspace(url)
    asked = {name: workspace.answer(Request("GET", "/rest/people", "", b"", token)).status for name, (_, token) in tokens.items()}
    workspace.close()
    assert asked == {"kept": 200, "revoked": 403, "deleted": 403, "destroyed": 403, "shortened": 401}
    if kind == "sqlite":
        assert restore(monday, Database(f"sqlite:///{tmp_path}/new.db"), quiet).narrowed == 0
