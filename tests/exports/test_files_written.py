"""A file with people's data is its owner's alone, is whole or not there, and takes the place of none by accident."""

import gc
import os
import stat
import subprocess
import sys
import tempfile
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest

import icosa
from icosa import bulk
from icosa.catalogue.kinds import Kind
from icosa.exports.table import ExportColumn
from icosa.exports.writers import FORMATS
from icosa.exports.writers.atomic_file import whole_file
from tests.little_room import little_room, needs_limits

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there files have no modes")


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.parametrize("format_", FORMATS)
def test_an_export_is_its_owners_alone(crm: icosa.Client, tmp_path: Path, format_: str) -> None:
    crm.companies.create_one(name="Acme")
    bulk.export(crm, "companies", tmp_path / f"a.{format_}")
    assert mode(tmp_path / f"a.{format_}") == 0o600


def test_a_file_that_is_replaced_keeps_its_mode_and_a_link_stays_a_link(crm: icosa.Client, tmp_path: Path) -> None:
    (tmp_path / "shared.csv").write_text("yesterday")
    (tmp_path / "shared.csv").chmod(0o640)
    (tmp_path / "link.csv").symlink_to("shared.csv")
    bulk.export(crm, "companies", tmp_path / "link.csv")
    assert (tmp_path / "link.csv").is_symlink()
    assert mode(tmp_path / "shared.csv") == 0o640
    assert "name" in (tmp_path / "shared.csv").read_text()


def test_a_file_is_not_replaced_unless_that_is_told(crm: icosa.Client, tmp_path: Path) -> None:
    out = tmp_path / "a.csv"
    out.write_text("yesterday")
    with pytest.raises(icosa.InvalidValue, match="is there already; name another file, or replace it with --force"):
        bulk.export(crm, "companies", out, replace=False)
    assert out.read_text() == "yesterday"
    assert [each.name for each in tmp_path.iterdir() if each.name.startswith((".a", "a."))] == ["a.csv"]


def test_a_file_that_comes_meanwhile_is_not_replaced_either(tmp_path: Path) -> None:
    out = tmp_path / "a.csv"

    def write() -> None:
        with whole_file(out, "out", "", replace=False) as file:
            file.write(b"mine")
            out.write_text("another's")

    with pytest.raises(icosa.InvalidValue, match="is there already"):
        write()
    assert [each.read_text() for each in tmp_path.iterdir()] == ["another's"]


def test_a_pipe_and_a_device_are_written_to_as_they_are(crm: icosa.Client, tmp_path: Path) -> None:
    crm.companies.create_one(name="Acme")
    os.mkfifo(tmp_path / "pipe.csv", 0o644)
    read: list[str] = []
    reader = threading.Thread(target=lambda: read.append((tmp_path / "pipe.csv").read_text()))
    reader.start()
    bulk.export(crm, "companies", tmp_path / "pipe.csv", bulk.Selection(columns=["name"]), replace=False)
    reader.join()
    assert read == ["name\nAcme\n"]
    assert stat.S_ISFIFO((tmp_path / "pipe.csv").stat().st_mode)
    bulk.export(crm, "companies", "/dev/null", format="jsonl", replace=False)


def test_the_shell_replaces_a_file_with_force_alone(crm: icosa.Client, database: str, tmp_path: Path) -> None:
    crm.companies.create_one(name="=1+1")
    out = tmp_path / "a.csv"

    def shell(*more: str) -> "subprocess.CompletedProcess[str]":
        command = [
            sys.executable,
            "-m",
            "icosa",
            "export",
            "companies",
            "--columns",
            "name",
            "--out",
            str(out),
            "--database",
            database,
            *more,
        ]
        return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)

    assert shell().returncode == 0
    refused = shell()
    assert (refused.returncode, "is there already; name another file, or replace it with --force" in refused.stderr) == (5, True)
    assert shell("--force", "--safe-cells").returncode == 0
    assert out.read_text() == "name,icosa_safe_cells\n'=1+1,\n"


VALUES: list[tuple[Kind, str, Any]] = [
    (Kind.NUMERIC, "amount.amountMicros", 11899999.999999998),
    (Kind.NUMERIC, "amount.amountMicros", "1e300"),
    (Kind.NUMERIC, "n", "12345678901234567890.12"),
    (Kind.NUMBER, "n", 2**53 + 1),
    (Kind.NUMBER, "n", "many"),
    (Kind.DATE_TIME, "at", "2026-02-30T00:00:00.000Z"),
    (Kind.DATE_TIME, "at", "soon"),
    (Kind.DATE_TIME, "at", 5),
    (Kind.DATE, "on", "12026-01-01"),
    (Kind.BOOLEAN, "b", "perhaps"),
    (Kind.TEXT, "t", {"a": 1}),
    (Kind.TEXTS, "ts", "one"),
    (Kind.TEXTS, "ts", [1, {"a": 2}]),
    (Kind.UUID, "u", 7),
    (Kind.OPTION, "o", ["A"]),
    (Kind.JSON, "j", {"a": [1, None, "x"]}),
]


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize(("kind", "name", "value"), VALUES)
def test_no_value_of_another_server_ends_in_anything_but_a_file_or_a_refusal(
    tmp_path: Path, kind: Kind, name: str, value: Any, format_: str, recwarn: pytest.WarningsRecorder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    columns = [ExportColumn("id", Kind.UUID, lambda each: None), ExportColumn(name, kind, lambda each: None)]
    rows = [("first", None), ("second", value)]
    with (tmp_path / "out").open("wb") as file:
        writer = FORMATS[format_](file, columns)
        said = ""
        try:
            writer.write(rows)
            writer.close()
        except icosa.InvalidValue as error:
            said = str(error)
            writer.discard()
        del writer
    assert said.startswith(f"{name}: of the record with the id 'second': " if said else "")
    assert not list(recwarn)
    assert [each.name for each in tmp_path.iterdir()] == ["out"]


def test_threads_that_write_the_same_file_at_once_each_write_all_of_it(tmp_path: Path) -> None:
    together = Barrier(2, timeout=60)

    def written(text: bytes) -> None:
        with whole_file(tmp_path / "a.csv", "file", "give another") as file:
            together.wait()
            file.write(text)
            together.wait()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(written, (b"one", b"two")))
    assert (tmp_path / "a.csv").read_bytes() in (b"one", b"two")
    assert [each.name for each in tmp_path.iterdir()] == ["a.csv"]


@needs_limits
@pytest.mark.filterwarnings("error::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("format_", FORMATS)
def test_a_disk_that_is_full_is_told_with_the_way_out_and_leaves_nothing(crm: icosa.Client, tmp_path: Path, format_: str) -> None:
    crm.companies.create_many([{"name": f"{at} {os.urandom(100).hex()}"} for at in range(60)])
    out = tmp_path / f"a.{format_}"
    with little_room(4_000), pytest.raises(icosa.InvalidValue, match=r"cannot be written: .*; free some space, and try again"):
        bulk.export(crm, "companies", out)
    gc.collect()
    assert [each.name for each in tmp_path.iterdir() if each.name.startswith((".a", "a."))] == []
