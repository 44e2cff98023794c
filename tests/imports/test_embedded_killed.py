"""An importer that is killed in the middle of its own workspace: run again, it goes on, nothing is there twice, and it can be undone."""

import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

import icosa
from icosa.exports.export import export
from icosa.imports.importing import Imported, import_rows
from icosa.journal.reading import runs
from icosa.plans import apply as applying
from icosa.plans.staleness import Verdict, Write, check
from icosa.plans.undo import undo
from tests.imports.importers import each_once, write_people
from tests.imports.killed import SEAMS

KILLED = Path(__file__).with_name("killed.py")
OF_SERVERS = ("never", "before the journal has the answer")


def imports(source: Path, database: str, seam: str, number: int) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, str(KILLED), seam, str(number), "import", str(source), "--key", "emails.primaryEmail"]
    return subprocess.run(
        [*command, "--create-links", "--yes", "--database", database], capture_output=True, text=True, check=False, timeout=120
    )


def exported(crm: icosa.Client, folder: Path) -> bytes:
    export(crm, "people", folder / "people.jsonl")
    export(crm, "companies", folder / "companies.jsonl")
    return (folder / "people.jsonl").read_bytes() + (folder / "companies.jsonl").read_bytes()


@pytest.mark.parametrize(("seam", "number"), [(seam, number) for seam in SEAMS if seam not in OF_SERVERS for number in (2, 3)])
def test_it_goes_on_where_it_was_killed_and_all_of_it_is_undone(
    crm: icosa.Client, database: str, tmp_path: Path, seam: str, number: int
) -> None:
    for at in (3, 70, 150):
        crm.people.create_one(emails={"primaryEmail": f"person{at}@example.com"}, city=f'Lyon "{at}"', phones={"primaryPhoneNumber": ""})
    before = exported(crm, tmp_path)
    source = write_people(tmp_path / "people.csv", 200)
    assert imports(source, database, seam, number).returncode == -signal.SIGKILL
    again = imports(source, database, "never", 1)
    assert again.returncode == 0, again.stderr
    each_once(crm, 200)
    for run in runs():
        assert undo(crm, run.id).whole
    assert same(exported(crm, tmp_path), before)


def without_times(line: bytes) -> bytes:
    return line.partition(b'"updatedAt"')[0]


def test_every_store_takes_creations_changes_and_deletions_together(
    new_database: Callable[..., str], home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ICOSA_SECRET_KEY", "A" * 43 + "=")
    with icosa.connect(new_database(None)) as crm:
        crm.people.create_one(emails={"primaryEmail": "person7@example.com"}, job_title="Before")
        empty = exported(crm, tmp_path)
        first, later = write_people(tmp_path / "people.csv", 130), write_people(tmp_path / "later.csv", 130, title="Director")
        undone(crm, import_rows(crm, "people", first, key="emails.primaryEmail", create_links=True), {"create": 134, "change": 1})
        assert same(exported(crm, tmp_path), empty)
        assert import_rows(crm, "people", first, key="emails.primaryEmail", create_links=True).applied.whole
        each_once(crm, 130)
        full = exported(crm, tmp_path)
        changed = import_rows(crm, "people", later, key="emails.primaryEmail")
        assert import_rows(crm, "people", later, key="emails.primaryEmail").applied.counts == {}
        undone(crm, changed, {"change": 130})
        assert same(exported(crm, tmp_path), full)


def undone(crm: icosa.Client, done: Imported, counts: dict[str, int]) -> None:
    """Puts an import back that did so much."""
    assert (done.applied.counts, done.applied.whole) == (counts, True)
    assert done.applied.run is not None
    assert undo(crm, done.applied.run).whole


def same(one: bytes, other: bytes) -> bool:
    return list(map(without_times, one.splitlines())) == list(map(without_times, other.splitlines()))


def test_a_row_that_is_refused_takes_no_other_with_it(crm: icosa.Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All of a transaction is taken back, and what is wrong is found batch by batch, as on a server."""
    source = write_people(tmp_path / "people.csv", 300)

    def meanwhile(client: icosa.Client, steps: Sequence[Write], *, ids_too: bool) -> list[Verdict]:
        verdicts = check(client, steps, ids_too=ids_too)
        if steps[0].object == "people":
            crm.people.create_one(emails={"primaryEmail": "person77@example.com"}, city="Taken")
        return verdicts

    with monkeypatch.context() as busy:
        busy.setattr(applying, "check", meanwhile)
        done = import_rows(crm, "people", source, key="emails.primaryEmail", create_links=True)
    assert (done.applied.counts["create"] - 300, done.applied.counts["refused"]) == (done.applied.by_object["companies"]["create"] - 1, 1)
    assert crm.people.find_many(limit=1).total_count == 300
    assert done.applied.run is not None
    assert undo(crm, done.applied.run).whole
    assert [each["city"] for each in crm.people.iterate()] == ["Taken"]
