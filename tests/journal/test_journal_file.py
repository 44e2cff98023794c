"""A journal says what was about to happen before it does, and can be read wherever it breaks off."""

import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from icosa.catalogue.standard import STANDARD
from icosa.errors import InvalidValue
from icosa.journal.journal_file import Intent, JournalFile, Run
from icosa.journal.reading import Touched, find_run, read_run, runs, touched
from tests.little_room import little_room, needs_limits

PEOPLE = STANDARD.by_plural["people"]
ACCOUNTS = STANDARD.by_plural["connectedAccounts"]


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[JournalFile]:
    with JournalFile(Run("https://crm.example.com", "import people.csv"), tmp_path / "20260203-040506-00000.jsonl") as made:
        yield made


def test_nothing_is_kept_of_a_run_that_wrote_nothing(journal: JournalFile) -> None:
    journal.close()
    assert not journal.path.exists()


def test_what_was_done_is_read_record_by_record_the_last_first(journal: JournalFile) -> None:
    first = journal.begin(PEOPLE, [Intent("create", "a", None, {"id": "a"}), Intent("create", "b", None, {"id": "b"})])
    journal.end(PEOPLE, first, [{"id": "a", "city": ""}, {"id": "b", "city": ""}])
    second = journal.begin(PEOPLE, [Intent("change", "c", {"id": "c", "city": "x"}, {"city": "y"})])
    journal.end(PEOPLE, second, [{"id": "c", "city": "y"}])
    assert list(touched(journal.path)) == [
        Touched("people", "c", "change", "change", {"id": "c", "city": "x"}, {"id": "c", "city": "y"}, True, ()),
        Touched("people", "b", "create", "create", None, {"id": "b", "city": ""}, True, ()),
        Touched("people", "a", "create", "create", None, {"id": "a", "city": ""}, True, ()),
    ]


def test_several_writes_to_one_record_are_one_from_the_first_to_the_last(journal: JournalFile) -> None:
    for was, then in (("x", "y"), ("y", "z")):
        number = journal.begin(PEOPLE, [Intent("change", "a", {"id": "a", "city": was}, {"city": then})])
        journal.end(PEOPLE, number, [{"id": "a", "city": then}])
    (found,) = touched(journal.path)
    assert (found.before, found.after) == ({"id": "a", "city": "x"}, {"id": "a", "city": "z"})


def test_what_was_refused_did_not_happen(journal: JournalFile) -> None:
    journal.fail(journal.begin(PEOPLE, [Intent("create", "a", None, {"id": "a"})]))
    assert list(touched(journal.path)) == []


def test_what_was_under_way_is_known_by_what_was_sent(journal: JournalFile) -> None:
    journal.begin(PEOPLE, [Intent("change", "a", {"id": "a", "city": "x"}, {"city": "y"})])
    (found,) = touched(journal.path)
    assert (found.after, found.settled) == ({"city": "y"}, False)


def test_it_can_be_read_wherever_it_breaks_off_and_gone_on_with(journal: JournalFile, tmp_path: Path) -> None:
    first = journal.begin(PEOPLE, [Intent("create", "a", None, {"id": "a", "city": "München"})])
    journal.end(PEOPLE, first, [{"id": "a", "city": "München"}])
    whole = journal.path.read_bytes()
    cut = tmp_path / "cut.jsonl"
    for length in range(whole.index(b"\n") + 1, len(whole)):
        cut.write_bytes(whole[:length])
        assert len(list(touched(cut))) <= 1
        with JournalFile(journal.run, cut) as again:
            again.end(PEOPLE, again.begin(PEOPLE, [Intent("create", "b", None, {"id": "b"})]), [{"id": "b"}])
        assert next(touched(cut)).id == "b"
        assert read_run(cut) == journal.run


def test_only_its_owner_reads_it_and_no_secret_is_in_it(journal: JournalFile) -> None:
    before = {"id": "a", "handle": "x", "accessToken": "seen-before"}
    number = journal.begin(ACCOUNTS, [Intent("change", "a", before, {"accessToken": "seen-sent"})])
    journal.end(ACCOUNTS, number, [{"id": "a", "handle": "x", "accessToken": "seen-after", "accountOwner": {"id": "b"}}])
    assert stat.S_IMODE(journal.path.stat().st_mode) == 0o600
    assert b"seen-" not in journal.path.read_bytes()
    (found,) = touched(journal.path)
    assert found.secrets == ("accessToken",)
    assert found.after == {"id": "a", "handle": "x"}


def test_a_run_is_found_by_the_beginning_of_its_name(tmp_path: Path) -> None:
    for name in ("20260203-040506-00000", "20260203-050607-00000"):
        with JournalFile(Run("https://crm.example.com", "x", id=name), tmp_path / f"{name}.jsonl") as journal:
            journal.begin(PEOPLE, [Intent("create", "a", None, {})])
    assert [each.id for each in runs(tmp_path)] == ["20260203-050607-00000", "20260203-040506-00000"]
    assert find_run("20260203-04", tmp_path)[0].id == "20260203-040506-00000"
    assert find_run("last", tmp_path)[0].id == "20260203-050607-00000"
    for name, message in (("2026", "2 runs begin so"), ("x", "there is no run of that name")):
        with pytest.raises(InvalidValue, match=message):
            find_run(name, tmp_path)


def test_what_is_no_journal_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_text('{"icosa": "plan"}\n')
    with pytest.raises(InvalidValue, match="is not a journal"):
        read_run(path)


@needs_limits
def test_a_disk_that_is_full_names_the_journal_and_what_was_written_before_is_read(journal: JournalFile) -> None:
    first = journal.begin(PEOPLE, [Intent("create", "a", None, {"id": "a"})])
    journal.end(PEOPLE, first, [{"id": "a"}])
    with little_room(journal.path.stat().st_size + 10):
        for lost in (lambda: journal.begin(PEOPLE, [Intent("create", "b", None, {"id": "b", "city": "x" * 100})]), journal.close):
            with pytest.raises(OSError, match="too large") as refused:
                lost()
            assert refused.value.filename == str(journal.path)
    assert [each.id for each in touched(journal.path)] == ["a"]
    with JournalFile(journal.run, journal.path) as again:  # once there is room
        again.begin(PEOPLE, [Intent("create", "c", None, {"id": "c"})])
    assert [each.id for each in touched(journal.path)] == ["c", "a"]
