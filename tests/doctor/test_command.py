"""`icosa doctor` in the shell."""

import json
from pathlib import Path
from typing import Any

import pytest

from icosa.catalogue.as_json import as_json
from icosa.catalogue.standard import STANDARD
from icosa.doctor.snapshots import read_reference, write_snapshot
from icosa.errors import InvalidValue, UnreadableAnswer
from icosa.wire.openapi.document import document
from tests.cli.conftest import Shell
from tests.doctor.changes import ROCKET, changed
from tests.serving import Server


@pytest.fixture
def without_title(tmp_path: Path) -> str:
    """An OpenAPI document of a workspace whose people have no job title, and which has rockets."""
    file = tmp_path / "openapi.json"
    file.write_text(json.dumps(document(changed("people", "jobTitle", None).with_objects(ROCKET))), "utf-8")
    return str(file)


def subjects(findings: list[dict[str, Any]], severity: str) -> list[str]:
    return [".".join(filter(None, (each["object"], each.get("member")))) for each in findings if each["severity"] == severity]


def test_a_workspace_as_it_comes_is_sound(shell: Shell) -> None:
    ran = shell("doctor")
    assert (ran.code, ran.json) == (0, [])
    assert "0 break, 0 new, 0 safe" in ran.err


def test_a_server_is_asked_for_its_document(shell: Shell, on_server: Server) -> None:
    ran = shell("doctor")
    assert (ran.code, ran.json) == (0, []), ran.err
    assert on_server.url in ran.err


def test_what_is_gone_breaks_and_ends_a_pipeline(shell: Shell, without_title: str) -> None:
    ran = shell("doctor", "--document", without_title)
    assert ran.code == 1
    assert subjects(ran.json, "breaks") == ["people.jobTitle"]
    assert subjects(ran.json, "new") == ["rockets"]


def test_what_no_file_uses_does_not(shell: Shell, without_title: str, tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text("crm.companies.find_many()\n", "utf-8")
    ran = shell("doctor", str(script), "--document", without_title)
    assert (ran.code, subjects(ran.json, "safe")) == (0, ["people.jobTitle"])
    script.write_text("crm.people.find_many(order_by='jobTitle')\n", "utf-8")
    ran = shell("doctor", str(script), "--document", without_title)
    assert ran.code == 1
    assert (ran.json[0]["file"], ran.json[0]["line"]) == (str(script), 1)


def test_a_person_sees_a_table(shell: Shell, without_title: str, tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text("crm.people.find_many(order_by='jobTitle')\n", "utf-8")
    ran = shell("doctor", str(script), "--document", without_title, terminal=True).out
    for each in ("Where", "How to mend it", "script.py:1", "people.jobTitle, a field of type TEXT, is gone", "leave it out"):
        assert each in ran


def test_a_snapshot_is_what_is_compared_with(shell: Shell, tmp_path: Path, without_title: str) -> None:
    snapshot = str(tmp_path / "snapshot.json")
    ran = shell("doctor", "--document", without_title, "--snapshot", snapshot)
    assert (ran.code, ran.out) == (0, "")
    assert "37 objects, kept in" in ran.err
    assert shell("doctor", "--document", without_title, "--against", snapshot).json == []
    ran = shell("doctor", "--against", snapshot)
    assert (ran.code, subjects(ran.json, "breaks"), subjects(ran.json, "new")) == (1, ["rockets"], ["people.jobTitle"])
    assert shell("doctor", "--against", without_title).json == ran.json


def test_a_snapshot_says_all_of_a_catalogue(tmp_path: Path) -> None:
    file = tmp_path / "snapshot.json"
    write_snapshot(file, STANDARD.with_objects(ROCKET), "https://crm.example.com")
    assert as_json(read_reference(file)) == as_json(STANDARD.with_objects(ROCKET))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("hello", "is no JSON"),
        ("{}", "is neither a snapshot nor an OpenAPI document"),
        ('{"icosa": "snapshot", "format": 99}', "of another version"),
        ('{"icosa": "snapshot", "format": 1}', "catalogue"),
        ('{"openapi": "3.1.1"}', "OpenAPI document"),
    ],
)
def test_what_is_no_reference_is_refused(tmp_path: Path, content: str, message: str) -> None:
    file = tmp_path / "reference.json"
    file.write_text(content, "utf-8")
    with pytest.raises((InvalidValue, UnreadableAnswer), match=message):
        read_reference(file)


def test_contradictions_are_refused(shell: Shell, without_title: str) -> None:
    assert shell("doctor", "--document", without_title, "--url", "https://crm.example.com").code == 2
    assert shell("doctor", "missing.py").code == 2


def test_an_address_or_a_key_that_does_not_work_is_not_taken_for_a_break(shell: Shell) -> None:
    assert shell("doctor", "--url", "https://crm.example.com").code == 3
