"""What the figures depend on: the machine, its disk, the versions, and how much memory processes take."""

import os
import platform
import subprocess
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import icosa
from bench.stores.store import Databases

PAGE = 4096


@dataclass(frozen=True, slots=True)
class Machine:
    """Where and when figures were taken.  `fsyncs` is how often in a second the disk can make 4 KB last."""

    processor: str
    cores: int
    memory_gb: float
    system: str
    versions: str
    database: str
    date: str
    fsyncs: float


def machine(kind: Databases) -> Machine:
    """This machine, and the disk to which a kind of database writes."""
    return Machine(
        processor=_processor(),
        cores=len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1,
        memory_gb=os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1024**3,
        system=f"{platform.system()} {platform.release()}",
        versions=", ".join(
            f"{name} {number}"
            for name, number in (
                ("Icosa", icosa.__version__),
                ("Python", platform.python_version()),
                ("uvloop", version("uvloop")),
            )
        ),
        database=kind.name,
        date=f"{datetime.now(UTC):%Y-%m-%d}",
        fsyncs=fsync_rate(kind.folder),
    )


def fsync_rate(folder: Path, seconds: float = 1.0) -> float:
    """How often in a second one page can be written and made to last, one after the other, on the disk of `folder`."""
    path = folder / "fsync.probe"
    page, done = os.urandom(PAGE), 0
    begun = time.perf_counter()
    with path.open("wb", buffering=0) as file:
        while time.perf_counter() - begun < seconds:
            file.write(page)
            os.fsync(file.fileno())
            done += 1
    path.unlink()
    return done / (time.perf_counter() - begun)


def resident_mb(process: int) -> float:
    """The memory that a process and all its descendants hold, in MB; pages that they share count in each."""
    listed = subprocess.run(["ps", "-A", "-o", "pid=,ppid=,rss="], capture_output=True, text=True, check=True).stdout
    rows = [[int(number) for number in line.split()] for line in listed.splitlines()]
    family = {process}
    while grown := {pid for pid, parent, _ in rows if parent in family} - family:
        family |= grown
    return sum(kilobytes for pid, _, kilobytes in rows if pid in family) / 1024


def _processor() -> str:
    try:
        for line in Path("/proc/cpuinfo").read_text("utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    except OSError:
        pass  # not Linux
    return platform.processor() or platform.machine()
