"""`icosa demo`: a sample workspace, and the main job shown on it, each step with its real answer."""

import shlex
import shutil
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TextIO

from platformdirs import user_data_path

from icosa import connect
from icosa.catalogue import naming
from icosa.errors import IcosaError, InvalidInput
from icosa.sample import Sample, records
from icosa.surfaces.cli.demo.page import TourPage
from icosa.surfaces.cli.demo.tour import Tour
from icosa.workspace.location import SCHEME, sqlite_path

_OWNER = ""
"""The token that has the owner act: a key in the environment is one for another workspace."""


def run_demo(database: str | None, out: TextIO) -> None:
    """Makes the sample workspace anew, works on it, and tells on `out` what was asked and answered.

    `database` is a path or a sqlite:/// address; without one it is `demo.db` in the user's data
    directory.  Raises InvalidInput where a workspace lies there that is no sample: it is left alone.
    """
    path = _path(database)
    page = TourPage(out)
    sample = records()
    _make_room(path, sample)
    with connect(f"{SCHEME}{path}", _OWNER) as crm:
        batch = crm.offers.max_batch
        for plural, made in sample.items():
            for start in range(0, len(made), batch):
                crm[plural].create_many(made[start : start + batch], depth=0)
        page.line(_what_is_there(path, sample))
        Tour(page, crm, sample).go()
    for heading, lines in _how_to_go_on(path):
        page.line()
        page.line(heading)
        for line in lines:
            page.line(f"   {line}")


def _path(database: str | None) -> Path:
    if not database:
        return user_data_path("icosa", appauthor=False) / "demo.db"
    return Path(sqlite_path(database) if "://" in database else database).expanduser().absolute()


def _make_room(path: Path, sample: Sample) -> None:
    """Removes the sample of an earlier run, and nothing else."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        return
    try:
        with connect(f"{SCHEME}{path}", _OWNER) as crm:
            crm.workspace_members.find_one(sample["workspaceMembers"][0]["id"], depth=0)
    except IcosaError:
        raise InvalidInput(
            f"{path} holds something else than the sample workspace, and the demo would write over it; "
            f"name another file with --database, or remove this one yourself"
        ) from None
    for file in (path, Path(f"{path}-wal"), Path(f"{path}-shm")):
        file.unlink(missing_ok=True)


def _what_is_there(path: Path, sample: Sample) -> str:
    shown = ("companies", "people", "opportunities", "notes", "tasks", "messages", "calendarEvents", "connectedAccounts")
    counts = ", ".join(f"{len(sample[plural])} {naming.label(plural).lower()}" for plural in shown)
    return f"A sample workspace of {sum(map(len, sample.values())):,} records: {counts} and what ties them together.\nIt lies in {path}"


def _how_to_go_on(path: Path) -> Iterator[tuple[str, Sequence[str]]]:
    icosa, database = _program(), shlex.quote(str(path))
    yield "See it as pages in a browser, and change what you like:", (f"{icosa} console --database {database}",)
    yield (
        "Go on with it in the shell:",
        (
            f"export ICOSA_DATABASE={database}",
            f"{icosa} opportunities find-many --filter 'stage[eq]:PROPOSAL' --order-by 'closeDate[AscNullsLast]' --limit 5 --depth 0",
            f"{icosa} serve",
        ),
    )


def _program() -> str:
    """How this program was called, so that the lines it prints can be run where they are read."""
    called = sys.argv[0]
    found = shutil.which("icosa")
    if Path(called).name != "icosa" or (found and Path(found).resolve() == Path(called).resolve()):
        return "icosa"
    return shlex.quote(called)
