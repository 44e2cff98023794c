"""Rows into a workspace: planned, then done."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from os import PathLike
from pathlib import Path
from typing import Any, Unpack
from uuid import uuid4

import orjson

from icosa.catalogue.kinds import wire_moment
from icosa.client.blocking import Client
from icosa.errors import IcosaError
from icosa.imports.index import Index
from icosa.imports.planning import Planner, in_order
from icosa.imports.preparing import PreparedRows, by_names
from icosa.imports.problems import write_bad_rows
from icosa.imports.recipes.preparing import by_recipe
from icosa.imports.recipes.recipe import Recipe
from icosa.imports.rows import rows_digest
from icosa.imports.settings import ImportSettings, checked_settings
from icosa.plans.apply import CONCURRENCY, Applied, apply
from icosa.plans.checkpoint import checkpoint_path, counts_so_far
from icosa.plans.collecting import seldom_collected
from icosa.plans.lock import locked
from icosa.plans.plan import Header, PlanFile, PlanWriter, Source, read_plan, shape_digests

Progress = Callable[[str, int, int | None], None]
"""Called with what is going on ("planning", "applying"), how much is done, and of how much where that is known."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import came to; `bad_rows` is the file of the rows that did not go in, None where all did."""

    applied: Applied
    bad_rows: Path | None


def _silent(task: str, done: int, total: int | None) -> None:
    pass


def plan_import(
    client: Client,
    resource: str | Recipe,
    source: Any,
    out: Path | str | None = None,
    progress: Progress = _silent,
    **settings: Unpack[ImportSettings],
) -> PlanFile:
    """Find out what importing rows would do, and write it to a plan file; nothing is written to the workspace.

    `resource` says whose records the rows are ("people"), or is a recipe, which says it of each column (`read_recipe`).
    `source` is a file (CSV, JSON Lines, Parquet, Excel), a data frame or a list of dicts; `out` the plan's file,
    one in the user's state directory where it is left out, which stays there until somebody deletes it.  Give what
    comes back to `apply`.

    Raises TypeError for an option that does not exist, InvalidValue for a key, column or file that is none,
    UnknownObject, and what reading the workspace raises.
    """
    settings = _settled("plan_import", resource, settings)
    if isinstance(resource, str):
        prepared = by_names(client.catalogue, resource, source, settings)
    else:
        prepared = by_recipe(client.catalogue, resource, source, settings)
    path = Path(out) if out else plan_folder() / f"{uuid4()}.plan.jsonl"
    with seldom_collected(), Index() as index, PlanWriter(path, _header(client, prepared, _file(source)), client.catalogue) as plan:
        planner = Planner(client, index, prepared.parts, create_links=prepared.create_links)
        in_order(plan, planner.plan(prepared.chunks, lambda done: progress("planning", done, prepared.count)), prepared.objects)
    return plan.file


def import_rows(
    client: Client,
    resource: str | Recipe,
    source: Any,
    *,
    journal: bool = True,
    concurrency: int = CONCURRENCY,
    progress: Progress = _silent,
    **settings: Unpack[ImportSettings],
) -> Imported:
    """Plan an import and run it.  One that was broken off is gone on with when it is called again with the same
    rows and settings.  Raises as `plan_import` and `apply` do."""
    with kept_plan(client, resource, source, progress, **_settled("import_rows", resource, settings)) as plan:
        applied = apply(
            client, plan, journal=journal, concurrency=concurrency, progress=lambda done, total: progress("applying", done, total)
        )
        return Imported(applied, write_bad_rows(plan))


@contextmanager
def kept_plan(
    client: Client, resource: str | Recipe, source: Any, progress: Progress = _silent, **settings: Unpack[ImportSettings]
) -> Iterator[PlanFile]:
    """The plan of an import that is to be run at once: the one of a run that was broken off, else a new one.  It is
    kept until all of it is done, and its own until the end of the block."""
    settings = _settled("kept_plan", resource, settings)
    path = plan_folder() / f"{_name(client, resource, source, settings)}.plan.jsonl"
    lock = path.with_suffix(".lock")
    with locked(lock, "this import"):
        plan = _begun(path) or plan_import(client, resource, source, path, progress, **settings)
        yield plan
        checkpoint = checkpoint_path(path)
        if counts_so_far(plan).total() >= plan.writes or not checkpoint.exists():  # all of it was done, or nothing begun
            for each in (path, checkpoint, lock):
                each.unlink(missing_ok=True)


def _header(client: Client, prepared: PreparedRows, file: Path | None) -> Header:
    """What a plan says before its steps."""
    return Header(
        client.address,
        shape_digests(client.catalogue, *prepared.objects),
        wire_moment(datetime.now(UTC)),
        prepared.title,
        Source(str(file), rows_digest(file)) if file else None,
        prepared.settings,
    )


def _settled(called: str, resource: str | Recipe, settings: ImportSettings) -> ImportSettings:
    otherwise = {} if isinstance(resource, str) else resource.conventions
    found: ImportSettings = checked_settings(called, settings, ImportSettings.__annotations__, otherwise)  # type: ignore[assignment]
    return found


def plan_folder() -> Path:
    """Where plans lie that nobody gave a place."""
    from platformdirs import user_state_path

    return user_state_path("icosa", appauthor=False) / "plans"


def _begun(path: Path) -> PlanFile | None:
    """A plan that was run in part."""
    if not checkpoint_path(path).exists():
        return None
    try:
        return read_plan(path)
    except IcosaError:
        return None  # it was killed as it wrote or removed it; what it did is found again by the key


def _name(client: Client, resource: str | Recipe, source: Any, settings: ImportSettings) -> str:
    """The same for the same import, and no other."""
    file = _file(source)
    if file is None or not file.is_file():
        return str(uuid4())
    named = {name: value for name, value in settings.items() if name != "conventions"}
    identity = [
        client.address,
        resource if isinstance(resource, str) else resource.text,
        str(file),
        rows_digest(file),
        named,
        repr(settings.get("conventions")),
    ]
    return hashlib.sha256(orjson.dumps(identity, option=orjson.OPT_SORT_KEYS)).hexdigest()[:32]


def _file(source: Any) -> Path | None:
    return Path(source).absolute() if isinstance(source, str | PathLike) else None
