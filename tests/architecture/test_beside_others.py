"""Icosa can be installed where another program lives already, with the very versions that this one has chosen."""

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.slow


@dataclass(frozen=True)
class Host:
    """What is installed first; `on` is a day past which nothing it is made of is from, as in a file of constraints."""

    packages: tuple[str, ...]
    on: str = ""

    def __str__(self) -> str:
        return " ".join((*self.packages, self.on)).strip()


HOSTS = [
    Host(("dlt",)),
    Host(("prefect",)),
    Host(("dagster", "dagster-webserver")),
    Host(("apache-airflow",)),
    Host(("dlt",), "2026-03-15"),
    Host(("prefect",), "2026-03-15"),
    Host(("dagster", "dagster-webserver"), "2026-03-15"),
    Host(("apache-airflow==3.1.8",), "2026-03-15"),
    Host(("apache-airflow==3.0.6",), "2025-09-01"),
    Host(("apache-airflow==2.11.2",), "2026-03-15"),
]


@pytest.fixture(scope="module")
def uv() -> str:
    found = shutil.which(os.environ.get("UV", "uv"))
    if not found:
        pytest.skip("uv, which finds versions that fit, is not there")
    return found


def compiled(uv: str, folder: Path, wanted: tuple[str, ...], *options: str) -> dict[str, str]:
    """The versions that fit, by package.  Fails with what uv says where none do; skips where there is no index to ask."""
    (folder / "wanted.in").write_text("\n".join(wanted))
    command = [uv, "pip", "compile", "wanted.in", "--python-version", "3.11", "--no-header", "--no-annotate", "--quiet", *options]
    run = subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder, timeout=600)
    if "Failed to fetch" in run.stderr or "error sending request" in run.stderr:
        pytest.skip("no index of packages can be reached")
    assert run.returncode == 0, run.stderr
    pinned = (line.partition(" ;")[0].strip().partition("==") for line in run.stdout.splitlines() if "==" in line)
    return {name: version for name, _, version in pinned}


@pytest.mark.parametrize("host", HOSTS, ids=str)
def test_icosa_leaves_every_version_as_it_is_there(uv: str, host: Host, tmp_path: Path) -> None:
    there = compiled(uv, tmp_path, host.packages, *(["--exclude-newer", host.on] if host.on else []))
    assert host.packages[0].partition("==")[0] in there
    (tmp_path / "there.txt").write_text("\n".join(f"{name}=={version}" for name, version in there.items()))
    both = compiled(uv, tmp_path, (f"icosa[all] @ {ROOT.as_uri()}", *host.packages), "--constraint", "there.txt")
    assert there.items() <= both.items()
    print("\n".join(f"{name} {both[name]}" for name in sorted(both.keys() & there.keys())))
