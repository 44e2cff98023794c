"""Disks that tests fill, spoil and mend: real file systems of their own, where the machine lets them be mounted."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest


@dataclass(frozen=True)
class Disk:
    """A mounted file system."""

    folder: Path

    @property
    def database(self) -> str:
        return str(self.folder / "crm.db")

    def remount(self, how: str) -> None:
        """With other options, such as `ro`."""
        _run("mount", "-o", f"remount,{how}", str(self.folder))

    def fill(self) -> Path:
        """The file that takes all the room there is."""
        filler = self.folder / "filler"
        with filler.open("wb", buffering=0) as file:
            for size in (1 << 16, 1 << 12, 1):
                try:
                    while True:
                        file.write(b"x" * size)
                except OSError:
                    continue
        return filler


@contextmanager
def in_memory(folder: Path, size: str = "64m") -> Iterator[Disk]:
    """A file system in memory."""
    with _mounted(folder, "-t", "tmpfs", "-o", f"size={size}", "tmpfs") as disk:
        yield disk


@contextmanager
def in_a_file(folder: Path) -> Iterator[Disk]:
    """A file system as disks have them, which stops taking writes after an error."""
    image = folder.with_suffix(".img")
    with image.open("wb") as file:
        file.truncate(32 << 20)
    _needed("mkfs.ext4", "-q", "-F", str(image))
    with _mounted(folder, "-o", "loop,errors=remount-ro", str(image)) as disk:
        yield disk


@contextmanager
def _mounted(folder: Path, *options: str) -> Iterator[Disk]:
    folder.mkdir()
    _needed("mount", *options, str(folder))
    try:
        yield Disk(folder)
    finally:
        _run("umount", "--lazy", str(folder))


def _needed(*command: str) -> None:
    """Runs what this machine may not be able to do, or be allowed to."""
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("mounts a file system, which only root may, and does it as Linux has it")
    try:
        _run(*command)
    except (OSError, subprocess.CalledProcessError) as error:
        said = str(getattr(error, "stderr", "") or error).strip()
        pytest.skip(f"mounts a file system, which cannot be done here: {said}")


def _run(*command: str) -> None:
    path = f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin"
    subprocess.run(command, capture_output=True, text=True, check=True, env={**os.environ, "PATH": path}, timeout=60)
