"""The file that holds a plan: what is to be done to a workspace, step by step.

A plan file is JSON Lines: a header, a line for each step, and a footer with the counts and a checksum.  It
is written and read a line at a time, so that a plan of a million steps costs no more memory than one of ten.
Only its owner may read it, and what is secret never gets into it.
"""

import hashlib
import os
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from threading import get_native_id
from types import TracebackType
from typing import Any, Final, Self
from uuid import uuid4

import orjson

from icosa.catalogue import naming
from icosa.catalogue.columns import columns
from icosa.catalogue.model import Catalogue
from icosa.errors import InvalidValue
from icosa.plans.step import WRITES, Json, Step, beginnings, counted_of, line_of, name_of, name_of_kind, step_of, told_of
from icosa.unwritten import blame, blaming
from icosa.wire.actions import find_object

FORMAT: Final = 1


@dataclass(frozen=True, slots=True)
class Source:
    """The file that a plan was made from: its path and the SHA-256 of its bytes."""

    path: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Header:
    """What a plan is for: the workspace's address, a digest of the shape of each object it writes
    (`shape_digests`), the moment it was made, and where it came from.  `title` says in words what it does."""

    workspace: str
    objects: Mapping[str, str]
    made_at: str
    title: str = ""
    source: Source | None = None
    settings: Mapping[str, Any] = field(default_factory=dict)
    id: str = field(default_factory=lambda: str(uuid4()))


@dataclass(frozen=True, slots=True)
class PlanFile:
    """A plan file that was read through once and found whole.  `counts` are its steps by kind, `by_object` the same for each
    object, by its plural, in the order in which they come."""

    path: Path
    header: Header
    counts: Mapping[str, int]
    by_object: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def writes(self) -> int:
        """How many of its steps change something."""
        return sum(self.counts[name_of_kind(kind)] for kind in WRITES)

    def steps(self, *kinds: str) -> Iterator[Step]:
        """The steps, one at a time, in the order in which they are done; of those kinds alone, where any are named."""
        return (step for _, step in self.numbered(*kinds))

    def numbered(self, *kinds: str) -> Iterator[tuple[int, Step]]:
        """The same, each with its place among all steps, from 0."""
        wanted = beginnings(kinds)
        with self.path.open("rb") as lines:
            next(lines)
            for number, line in enumerate(lines):
                if wanted and not line.startswith(wanted):
                    continue
                found = orjson.loads(line)
                if "end" in found:
                    return
                yield number, step_of(found)


class PlanWriter:
    """Writes a plan file, which is there under its name only when it is whole.

        with PlanWriter(path, header, catalogue) as plan:
            plan.write(Creation("people", {...}))

    Raises InvalidValue for a step that holds a secret.
    """

    def __init__(self, path: Path, header: Header, catalogue: Catalogue) -> None:
        self.path, self._header = path, header
        self._secrets = secret_names(catalogue)
        self._making = path.with_name(f".{path.name}.{os.getpid()}.{get_native_id()}")
        self._counts: Counter[tuple[str, str]] = Counter()
        self._sum = hashlib.sha256()

    def __enter__(self) -> Self:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            handle = os.open(self._making, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        except OSError as error:
            raise InvalidValue(str(self.path), f"cannot be written: {error.strerror}. Give another place for the plan") from None
        self._out = os.fdopen(handle, "wb")
        self.put(orjson.dumps({"icosa": "plan", "format": FORMAT, **asdict(self._header)}) + b"\n")
        return self

    def write(self, step: Step) -> None:
        self.check(step)
        self.count(step.object, name_of(step), 1)
        self.put(line_of(step))

    def count(self, plural: str, kind: str, steps: int) -> None:
        """So many steps of a kind and an object are among what was put."""
        self._counts[plural, kind] += steps

    def put(self, lines: bytes) -> None:
        """Steps that are checked already, as `line_of` has each."""
        self._sum.update(lines)
        try:
            self._out.write(lines)
        except OSError as error:
            blame(self.path, error)
            raise

    @property
    def file(self) -> PlanFile:
        """The plan that was written, whole since the block has ended."""
        settings = orjson.loads(orjson.dumps(self._header.settings))  # as who reads the file finds them
        return PlanFile(self.path, replace(self._header, settings=settings), *_totals(self._counts))

    def __exit__(self, kind: type[BaseException] | None, *_: TracebackType | BaseException | None) -> None:
        try:
            if kind is None:
                self._end()
        finally:
            with suppress(OSError):  # of what is not on disk yet, which is not wanted any more
                self._out.close()
            self._making.unlink(missing_ok=True)

    def _end(self) -> None:
        """The last line, and the name, once all of it is on disk."""
        footer = {"end": True, "counts": self.file.counts, "sha256": self._sum.hexdigest()}
        with blaming(self.path):
            self._out.write(orjson.dumps(footer) + b"\n")
            self._out.flush()
            os.fsync(self._out.fileno())
            self._out.close()
            self._making.replace(self.path)

    def check(self, step: Step) -> None:
        """Raises InvalidValue for a step that holds a secret."""
        names = self._secrets.get(step.object, frozenset())
        if not names:
            return
        for part in ("record", "before", "after"):
            held = names & getattr(step, part, {}).keys()
            if held:
                raise secret_refused(min(held), step.object)


def secret_names(catalogue: Catalogue) -> dict[str, frozenset[str]]:
    """The secret fields of each object that has any, by its plural."""
    found = {each.plural: frozenset(one.name for one in each.fields if one.secret) for each in catalogue}
    return {plural: names for plural, names in found.items() if names}


def secret_refused(name: str, plural: str) -> InvalidValue:
    """Why a plan does not take a secret value, and the way out."""
    return InvalidValue(
        naming.label(name),
        "is a secret, and a plan is a file that people look at and pass on. Leave it out here, and set it afterwards on each record: "
        f"icosa {naming.kebab_case(plural)} update-one ID --{naming.kebab_case(name)}-file FILE",
    )


def read_plan(path: Path) -> PlanFile:
    """A plan file, read through once to see that it is whole and as it was written.

    Raises InvalidValue, naming the file, where it is missing, no plan, of another format, cut off or changed.
    """
    found: Any = None
    last = b""
    total, counted = hashlib.sha256(), Counter[tuple[str, str]]()
    try:
        with path.open("rb") as lines:
            first = next(lines, b"")
            header = _header(path, first)
            total.update(first)
            for line in lines:
                if last:
                    total.update(last)
                    counted[told_of(last)] += 1
                last = line
    except OSError as error:
        raise InvalidValue(str(path), f"cannot be read as a plan: {error.strerror}") from None
    with suppress(ValueError):
        found = orjson.loads(last)
    if not (isinstance(found, dict) and found.get("end") is True and last.endswith(b"\n")):
        raise InvalidValue(str(path), "is cut off: its last line is missing. Make the plan again")
    counts, by_object = _totals(counted)
    if found.get("sha256") != total.hexdigest() or found.get("counts") != counts:
        raise InvalidValue(str(path), "was changed after it was made. A plan is run as it was written: make it again")
    source = header.pop("source")
    return PlanFile(path, Header(**header, source=Source(**source) if source else None), counts, by_object)


def _totals(counted: Mapping[tuple[str, str], int]) -> tuple[Mapping[str, int], Mapping[str, Mapping[str, int]]]:
    """How many steps a plan has by kind, and the same for each object, of those that were counted by object and kind."""
    kinds: dict[str, Counter[str]] = {}
    for (of, kind), count in counted.items():
        kinds.setdefault(of, Counter())[kind] += count
    return counted_of(sum(kinds.values(), Counter[str]())), {of: counted_of(each) for of, each in kinds.items()}


def _header(path: Path, line: bytes) -> Json:
    """What the first line of a plan says of it."""
    found: Any = None
    with suppress(ValueError):
        found = orjson.loads(line)
    if not isinstance(found, dict) or found.pop("icosa", None) != "plan":
        raise InvalidValue(str(path), "is not a plan; icosa plan makes one")
    if found.pop("format", None) != FORMAT:
        raise InvalidValue(str(path), "is a plan of another version of Icosa. Make it again with this one")
    return found


def shape_digests(catalogue: Catalogue, *names: str) -> dict[str, str]:
    """A digest of the shape of each named object: what values it has and what they can be, whatever they are called in words."""
    found = {}
    for name in names:
        of = find_object(catalogue, name)
        described = [[each.path, each.kind, each.options, each.nullable, each.unique, each.target] for each in columns(of)]
        found[of.plural] = hashlib.sha256(orjson.dumps(described)).hexdigest()[:16]
    return found
