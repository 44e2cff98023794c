"""Rows into a workspace: planned, then done."""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from os import PathLike
from pathlib import Path
from typing import Any, Final, Unpack
from uuid import uuid4

import orjson

from icosa.catalogue.actions import find_object
from icosa.catalogue.columns import columns as stored
from icosa.catalogue.kinds import shown, wire_moment
from icosa.catalogue.model import Catalogue, Object
from icosa.client.actions import Client
from icosa.client.bulk.apply import CONCURRENCY, Applied, apply
from icosa.client.bulk.checkpoint import checkpoint_path, counted
from icosa.client.bulk.evidence import Shown, look_through, watched
from icosa.client.bulk.index import Index
from icosa.client.bulk.lock import locked
from icosa.client.bulk.mapping import Mapped, guess
from icosa.client.bulk.mapping import Mapping as Columns
from icosa.client.bulk.plan import Header, PlanFile, PlanWriter, Source, read_plan, shape
from icosa.client.bulk.planning import Planner, in_order
from icosa.client.bulk.problems import REASON, write_bad_rows
from icosa.client.bulk.rows import open_rows, rows_digest
from icosa.client.bulk.settings import Spoken, settled
from icosa.client.bulk.shaping import Conventions, shaper
from icosa.client.bulk.targets import PRIMARY, find_target
from icosa.errors import IcosaError, InvalidValue

NO_KEY: Final = "none"
"""As a key: every row is a new record."""

_SHOWN: Final = 20
_MEND: Final = "the first row has to name what stands below it, or say where each goes (columns, --map)"

Told = Callable[[str, int, int | None], None]
"""Hears what is going on ("planning", "applying"), how much is done, and of how much where that is known."""


class Settings(Spoken, total=False):
    """How rows are read and matched.

    `key` is the path by which rows and records are matched ("emails.primaryEmail"), "none" for rows that are all
    new records; left out, it is the object's own unique value.  `columns` says where a column goes whose name does
    not, "" for nowhere.  With `create_links` what a row links to is created where it is not there.
    `conventions` say what a value means that could be meant in two ways, and so does each of them by itself
    (`region="DE"`); the others are for files: `errors_as_empty` takes cells that show an error of a spreadsheet for
    empty.
    """

    key: str | None
    columns: Mapping[str, str]
    conventions: Conventions
    create_links: bool
    sheet: str | None
    encoding: str | None
    delimiter: str | None
    errors_as_empty: bool


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import came to; `bad_rows` is the file of the rows that did not go in, None where all did."""

    applied: Applied
    bad_rows: Path | None


def _silent(what: str, done: int, total: int | None) -> None:
    pass


def plan_import(
    client: Client, resource: str, source: Any, out: Path | str | None = None, told: Told = _silent, **settings: Unpack[Settings]
) -> PlanFile:
    """Find out what importing rows would do, and write it to a plan file; nothing is written to the workspace.

    `source` is a file (CSV, JSON Lines, Parquet, Excel), a data frame or a list of dicts; `out` the plan's file,
    one in the user's state directory where it is left out, which stays there until somebody deletes it.  Give what
    comes back to `apply`.

    Raises TypeError for an option that does not exist, InvalidValue for a key, column or file that is none,
    UnknownObject, and what reading the workspace raises.
    """
    settings = _settled("plan_import", settings)
    opened = open_rows(source, **_reading(settings))
    of = find_object(client.catalogue, resource)
    told_columns = {**({REASON: ""} if REASON in opened.columns else {}), **settings.get("columns", {})}
    mapping = guess(client.catalogue, of, opened.columns, told_columns)
    if opened.columns and not any(each.path for each in mapping.columns):
        raise InvalidValue("columns", f"none of {_listed(opened.columns)} is like a field of {of.resource}; {_MEND}")
    key = _key(client.catalogue, of, mapping, settings.get("key"))
    conventions = settings.get("conventions") or Conventions()
    shown = _shown(client.catalogue, mapping, source, conventions, settings)
    said = {
        "key": key or NO_KEY,
        "columns": [_told(each, shown.notes) for each in mapping.columns],
        "reading": _reading(settings),
        "found": dict(opened.found),
    }
    header = _header(client, mapping, _file(source), said)
    path = Path(out) if out else plan_folder() / f"{uuid4()}.plan.jsonl"
    columns = {each.path: each.column for each in mapping.columns if each.path}
    shaped = map(shaper(client.catalogue, mapping, conventions, shown.conventions), opened.rows)
    with Index() as index, PlanWriter(path, header, client.catalogue) as plan:
        planner = Planner(client, of, index, key=key, create_links=settings.get("create_links", False), columns=columns)
        in_order(plan, planner.plan(shaped, lambda done: told("planning", done, opened.count)))
    return read_plan(path)


def import_rows(
    client: Client,
    resource: str,
    source: Any,
    *,
    journal: bool = True,
    concurrency: int = CONCURRENCY,
    told: Told = _silent,
    **settings: Unpack[Settings],
) -> Imported:
    """Plan an import and run it.  One that was broken off is gone on with when it is called again with the same
    rows and settings.  Raises as `plan_import` and `apply` do."""
    with kept_plan(client, resource, source, told, **_settled("import_rows", settings)) as plan:
        applied = apply(client, plan, journal=journal, concurrency=concurrency, told=lambda done, total: told("applying", done, total))
        return Imported(applied, write_bad_rows(plan))


@contextmanager
def kept_plan(client: Client, resource: str, source: Any, told: Told = _silent, **settings: Unpack[Settings]) -> Iterator[PlanFile]:
    """The plan of an import that is to be run at once: the one of a run that was broken off, else a new one.  It is
    kept until all of it is done, and its own until the end of the block."""
    settings = _settled("kept_plan", settings)
    path = plan_folder() / f"{_name(client, resource, source, settings)}.plan.jsonl"
    lock = path.with_suffix(".lock")
    with locked(lock, "this import"):
        plan = _begun(path) or plan_import(client, resource, source, path, told, **settings)
        yield plan
        checkpoint = checkpoint_path(path)
        if counted(plan).total() >= plan.writes or not checkpoint.exists():  # all of it was done, or nothing begun
            for each in (path, checkpoint, lock):
                each.unlink(missing_ok=True)


def _header(client: Client, mapping: Columns, file: Path | None, said: Mapping[str, Any]) -> Header:
    """What a plan says before its steps; `said` is how the rows are read and matched."""
    plural = mapping.object.plural
    return Header(
        client.address,
        shape(client.catalogue, plural, *_linked(client.catalogue, mapping)),
        wire_moment(datetime.now(UTC)),
        f"import {file.name if file else 'rows'} to {plural}",
        Source(str(file), rows_digest(file)) if file else None,
        said,
    )


def _settled(called: str, settings: Settings) -> Settings:
    found: Settings = settled(called, settings, Settings.__annotations__)  # type: ignore[assignment]
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


def _name(client: Client, resource: str, source: Any, settings: Settings) -> str:
    """The same for the same import, and no other."""
    file = _file(source)
    if file is None or not file.is_file():
        return str(uuid4())
    told = {name: value for name, value in settings.items() if name != "conventions"}
    said = [client.address, resource, str(file), rows_digest(file), told, repr(settings.get("conventions"))]
    return hashlib.sha256(orjson.dumps(said, option=orjson.OPT_SORT_KEYS)).hexdigest()[:32]


def _file(source: Any) -> Path | None:
    return Path(source).absolute() if isinstance(source, str | PathLike) else None


def _reading(settings: Settings) -> dict[str, Any]:
    said: dict[str, Any] = {name: settings.get(name) for name in ("sheet", "encoding", "delimiter")}
    if settings.get("errors_as_empty"):
        said["errors_as_empty"] = True
    return {name: value for name, value in said.items() if value is not None}


def _key(catalogue: Catalogue, of: Object, mapping: Columns, told: str | None) -> str:
    """The path by which rows and records are matched, "" for none."""
    paths = {each.path for each in mapping.columns}
    if told is None:
        unique = [column.path for column in stored(of) if column.unique and _is_said(paths, column.path)]
        if not unique and "id" in paths:
            unique = ["id"]
        if not unique:
            raise InvalidValue(
                "key",
                f"nothing in these rows is unique to each of {of.resource}; say by what they are known, such as "
                f"{_suggestion(of, paths)}, or {NO_KEY} where all of them are new. "
                f"The columns are {_listed([each.column for each in mapping.columns])}",
            )
        return unique[0]
    if told == NO_KEY:
        return ""
    target = find_target(catalogue, of, told)
    part = PRIMARY.get(target.field.type_name) if target.field and not target.part else None
    path = f"{target.path}.{part}" if part else target.path
    if not _is_said(paths, path):
        raise InvalidValue("key", f"no column goes to {path}; map one to it, or match by another value")
    return path


def _listed(columns: Sequence[str]) -> str:
    """Names of columns, as many as a person reads."""
    more = f" and {len(columns) - _SHOWN} more" if len(columns) > _SHOWN else ""
    return ", ".join(map(shown, columns[:_SHOWN])) + more


def _is_said(paths: set[str], path: str) -> bool:
    """Whether a column goes to a path, to the field that it is a part of, or to a part of it."""
    return path in paths or path.partition(".")[0] in paths or any(each.startswith(f"{path}.") for each in paths)


def _suggestion(of: Object, paths: set[str]) -> str:
    return of.label_identifier if of.label_identifier != "id" else next(iter(sorted(paths - {""})), "id")


def _told(mapped: Mapped, notes: Mapping[str, str]) -> dict[str, Any]:
    """A column as the plan has it; `values` says how it is written, where its own values showed that."""
    return {**asdict(mapped), **({"values": notes[mapped.column]} if mapped.column in notes else {})}


def _shown(catalogue: Catalogue, mapping: Columns, source: Any, conventions: Conventions, settings: Settings) -> Shown:
    """What the columns show about themselves.  A stream of Arrow can be read once only, so that its values have to
    speak for themselves."""
    watches = watched(catalogue, mapping, conventions)
    if not watches or (hasattr(source, "__arrow_c_stream__") and not hasattr(source, "__len__")):
        return Shown()
    return look_through(watches, open_rows(source, **_reading(settings)).rows, conventions)


def _linked(catalogue: Catalogue, mapping: Columns) -> list[str]:
    """The objects that a mapping links to."""
    relations = mapping.object.relation_by_name
    names = {each.path.partition(".")[0] for each in mapping.columns} & set(relations)
    return sorted({catalogue.by_singular[relations[name].target].plural for name in names})
