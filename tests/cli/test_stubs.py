"""`icosa stubs` writes the types of the workspace that is meant, and touches nothing that it did not make."""

import importlib.util
import json
import os
import sys
from pathlib import Path
from types import ModuleType

import pytest

import icosa
from tests.cli.conftest import Shell
from tests.serving import Server


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "types"


def imported(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def document_with_rockets(shell: Shell) -> str:
    """The workspace's own document, with an object added by hand."""
    document = shell("open-api").json
    schemas, paths = document["components"]["schemas"], document["paths"]
    for name in ("Note", "NoteForUpdate", "NoteForResponse"):
        written = json.dumps(schemas[name]).replace("note", "rocket").replace("Note", "Rocket")
        schemas[name.replace("Note", "Rocket")] = json.loads(written)
    for path in [each for each in paths if each.endswith(("/notes", "/notes/{id}"))]:
        paths[path.replace("notes", "rockets")] = json.loads(json.dumps(paths[path]).replace("note", "rocket").replace("Note", "Rocket"))
    return json.dumps(document)


def test_a_person_is_told_what_was_written_and_how_to_go_on(shell: Shell, out: Path) -> None:
    ran = shell("stubs", "--out", str(out), terminal=True)
    assert ran.code == 0
    assert ran.out == ""
    assert f"Wrote {out}/my_crm.py and {out}/my_crm.pyi: 36 objects." in ran.err
    assert "import my_crm; crm = my_crm.connect()" in ran.err
    assert "class People(" in (out / "my_crm.pyi").read_text("utf-8")


def test_a_program_gets_json(shell: Shell, out: Path) -> None:
    ran = shell("stubs", "--out", str(out), "--name", "crm_types")
    assert ran.json == {"files": [f"{out}/crm_types.py", f"{out}/crm_types.pyi"], "objects": 36, "address": None, "written": True}


def test_the_module_connects_to_the_workspace_and_holds_its_address_alone(shell: Shell, on_server: Server, out: Path) -> None:
    assert shell("stubs", "--out", str(out)).json["address"] == on_server.url
    for path in out.iterdir():
        assert on_server.token not in path.read_text("utf-8")
    my_crm = imported(out / "my_crm.py")
    assert on_server.url == my_crm.ADDRESS
    with my_crm.connect(token=on_server.token) as crm:
        assert isinstance(crm, my_crm.Client)
        assert crm.people.find_many(limit=1).total_count >= 0
    with my_crm.connect(f"sqlite:///{out}/other.db") as other:
        assert other.address.endswith("other.db")


@pytest.mark.parametrize(
    ("address", "held"),
    [
        ("postgresql://icosa@db.example.com/crm", "postgresql://icosa@db.example.com/crm"),
        ("postgresql://icosa:hunter2@db.example.com/crm", None),
        ("postgresql://icosa@db.example.com/crm?password=hunter2", None),
        ("sqlite:///crm.db", "sqlite:///crm.db"),
    ],
)
def test_no_password_is_written(shell: Shell, out: Path, address: str, held: str | None) -> None:
    document = out.parent / "openapi.json"
    document.write_text(shell("open-api").out)
    ran = shell("stubs", "--out", str(out), "--from", str(document), "--url", address)
    assert ran.json["address"] == held
    assert "hunter2" not in (out / "my_crm.py").read_text("utf-8") + ran.out + ran.err
    assert ("holds a password, so it is not written" in ran.err) == (held is None)


def test_a_document_is_enough(shell: Shell, out: Path) -> None:
    ran = shell("stubs", "--out", str(out), "--from", "-", stdin=document_with_rockets(shell))
    assert ran.json["objects"] == 37
    assert "    rockets: Rockets\n" in (out / "my_crm.pyi").read_text("utf-8")
    assert icosa.Resource.__name__ not in (out / "my_crm.py").read_text("utf-8")


@pytest.mark.parametrize(("text", "code", "says"), [("{", 2, "--from: this is not JSON"), ("{}", 9, "this is no OpenAPI document")])
def test_what_is_no_document_is_refused(shell: Shell, out: Path, text: str, code: int, says: str) -> None:
    ran = shell("stubs", "--out", str(out), "--from", "-", stdin=text)
    assert (ran.code, out.exists()) == (code, False)
    assert says in ran.err


def test_check_passes_while_nothing_changes_and_fails_when_something_does(shell: Shell, out: Path) -> None:
    assert shell("stubs", "--out", str(out), "--check").code == 1
    assert not out.exists()
    shell("stubs", "--out", str(out))
    assert (shell("stubs", "--out", str(out), "--check").code, shell("stubs", "--out", str(out), "--check").json) == (0, {"outdated": []})
    changed = shell("stubs", "--out", str(out), "--check", "--from", "-", stdin=document_with_rockets(shell))
    assert changed.code == 1
    assert changed.json == {"outdated": [f"{out}/my_crm.py", f"{out}/my_crm.pyi"]}
    assert "my_crm.pyi is not what the workspace says now; run icosa stubs again without --check" in changed.err


def test_a_file_of_somebody_elses_is_left_alone(shell: Shell, out: Path) -> None:
    out.mkdir()
    (out / "my_crm.pyi").write_text("x: int\n")
    ran = shell("stubs", "--out", str(out))
    assert ran.code == 2
    assert "my_crm.pyi was not made by icosa stubs; choose another --name, or write over it with --force" in ran.err
    assert [(each.name, each.read_text("utf-8")) for each in out.iterdir()] == [("my_crm.pyi", "x: int\n")]
    assert shell("stubs", "--out", str(out), "--force").code == 0
    assert shell("stubs", "--out", str(out)).code == 0  # what it made itself it makes anew


def test_a_dry_run_writes_nothing(shell: Shell, out: Path) -> None:
    ran = shell("stubs", "--out", str(out), "--dry-run", terminal=True)
    assert ran.code == 0
    assert "Would write" in ran.err
    assert not out.exists()


@pytest.mark.parametrize("name", ["my-crm", "class", "", "1st", "a.b", "../x"])
def test_a_name_that_nobody_can_import_is_refused(shell: Shell, out: Path, name: str) -> None:
    ran = shell("stubs", "--out", str(out), "--name", name)
    assert ran.code == 2
    assert "is nothing that Python can import" in ran.err
    assert not out.exists()


def test_the_folder_one_is_in_is_where_files_go(shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert shell("stubs").json["files"] == ["my_crm.py", "my_crm.pyi"]
    assert {"my_crm.py", "my_crm.pyi"} <= set(os.listdir(tmp_path))
    assert "my_crm" not in sys.modules


def test_the_document_that_the_shell_prints_says_the_same_as_the_workspace(shell: Shell, out: Path) -> None:
    shell("stubs", "--out", str(out))
    ran = shell("stubs", "--out", str(out), "--check", "--from", "-", stdin=shell("open-api").out)
    assert ran.json == {"outdated": []}
