"""What happened to a record: lines of its timeline, where the workspace keeps one, and the runs that wrote it, newest first."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any, Final, NamedTuple

from icosa.call.page import Record
from icosa.call.paths import differing, values, writable
from icosa.call.where import F
from icosa.catalogue.model import Object
from icosa.errors import IcosaError
from icosa.journal.journal_file import Run, journal_path
from icosa.journal.reading import Touched, runs, touched_record
from icosa.plans.run_state import undone_by
from icosa.surfaces.console.record.subject import Subject
from icosa.surfaces.console.showing import Looking, Shown, label, of_field, value
from icosa.surfaces.console.showing.moments import read_moment
from icosa.surfaces.console.site import Visitor

SHOWN: Final = 20
_READ_BYTES: Final = 64 * 1024 * 1024
"""So much of journals is looked through for one page, the newest first."""

_NAMED: Final = 30
"""So many records of a kind are told by their names."""

Names = dict[str, Record]
"""Records by their ids."""

_ACTIVITY: Final = "timelineActivity"
_MEMBER: Final = "workspaceMember"
_WORDS: Final = {"create": "Created", "change": "Changed", "delete": "Deleted", "restore": "Brought back"}


class Alteration(NamedTuple):
    """What became of one value."""

    label: str
    before: Shown
    after: Shown


@dataclass(frozen=True, slots=True)
class Happening:
    """`at` is when, `shown` the same for a person; `run` is the run that did it, whose title it has; `undo` is where a POST puts it
    back, "" where it cannot be, or was."""

    at: datetime
    shown: Shown
    text: str
    by: str = ""
    alterations: Sequence[Alteration] = ()
    run: str = ""
    undo: str = ""
    put_back: bool = False


def timeline(subject: Subject, visitor: Visitor) -> list[Happening]:
    """The newest of what is known."""
    found = [*_of_runs(subject, visitor), *_of_activities(subject)]
    if not any(each.run and each.text == _WORDS["create"] for each in found):
        made = _happening(subject, subject.record.get("createdAt"), _WORDS["create"], _words(subject.of, "createdBy", subject.record))
        found += [made] if made else []
    return sorted(found, key=lambda each: each.at, reverse=True)[:SHOWN]


def _happening(subject: Subject, at: Any, text: str, by: str = "", **more: Any) -> Happening | None:
    read = read_moment(at)
    field = subject.of.field_by_name["createdAt"]
    return Happening(read, of_field(field, at, subject.look), text, by, **more) if read else None


def _of_runs(subject: Subject, visitor: Visitor) -> Iterator[Happening]:
    known = runs(workspace=subject.crm.address)
    found = list(islice(_touching(subject, [each for each in known if visitor.key_id in (None, each.key_id)]), SHOWN))
    names = _names(subject, [touched for _, touched in found])
    for run, touched in found:
        if made := _of_run(subject, run, touched, known, names):
            yield made


def _touching(subject: Subject, known: Sequence[Run]) -> Iterator[tuple[Run, Touched]]:
    """The runs that wrote the record, the newest first."""
    left = _READ_BYTES
    for run in known:
        path = journal_path(run.id)
        left -= path.stat().st_size if path.exists() else 0
        if left < 0:
            return
        if path.exists() and (touched := touched_record(path, subject.of.plural, subject.id)):
            yield run, touched


def _names(subject: Subject, found: Sequence[Touched]) -> Names:
    """The records that keys led to, by their ids, so that they are told by their names; those that can be read."""
    names: Names = {}
    for key, relation in subject.of.relation_by_key.items():
        held = (each.get(key) for touched in found for each in (touched.before, touched.after) if each)
        ids = list(dict.fromkeys(str(each) for each in held if each))[:_NAMED]
        if not ids:
            continue
        with suppress(IcosaError):  # the page is about the record, which is there
            target = subject.catalogue.by_singular[relation.target].plural
            names |= {each["id"]: each for each in subject.crm[target].find_many(where=F["id"].in_(ids), limit=_NAMED, depth=0)}
    return names


def _of_run(subject: Subject, run: Run, touched: Touched, known: Sequence[Run], names: Names) -> Happening | None:
    put_back = undone_by(run.id, known, subject.id) is not None
    word = _WORDS[touched.first if touched.first == "create" else touched.last]
    at = (touched.after or {}).get("updatedAt") if touched.settled and word != "Deleted" else None
    return _happening(
        subject, at or run.made_at, word if run.undoes is None else f"{word}, to undo", run.by or "",
        alterations=_alterations(subject, touched, names), run=run.id, put_back=put_back,
        undo="" if put_back else f"/runs/{run.id}/undo",
    )  # fmt: skip


def _alterations(subject: Subject, touched: Touched, names: Names) -> list[Alteration]:
    """Each value that is another one since, where the record was there before and after."""
    before, after = touched.before, touched.after
    if before is None or after is None:
        return []
    of = subject.of
    paths = differing(writable(of, values(of, before)), writable(of, values(of, after)))
    changed = dict.fromkeys(path.partition(".")[0] for path in paths)
    return [
        *(Alteration(label(of, each), *(_shown(subject, each, record, names) for record in (before, after))) for each in changed),
        *(Alteration(label(of, each), Shown((), True), Shown((), True)) for each in touched.secrets if each in of.field_by_name),
    ]


def _shown(subject: Subject, name: str, record: Record, names: Names) -> Shown:
    """A value of a record as it was; what a key leads to by its name."""
    relation = subject.of.relation_by_key.get(name)
    end = names.get(str(record.get(name)))
    known = {**record, relation.name: end} if relation and end else record
    return value(subject.catalogue, subject.of, name, known, subject.look.briefly)


def _of_activities(subject: Subject) -> Iterator[Happening]:
    """Lines that the workspace itself keeps."""
    lines = next((each for each in subject.catalogue.has_many(subject.of) if each.source == _ACTIVITY), None)
    if lines is None:
        return
    source = subject.catalogue.by_singular[lines.source]
    try:
        page = subject.crm[source.plural].find_many(
            where=F[lines.foreign_key] == subject.id, order_by="createdAt[DescNullsLast]", limit=SHOWN, depth=1
        )
    except IcosaError:  # what the page is about is the record, which is there
        return
    for each in page:
        if made := _of_activity(subject, each):
            yield made


def _of_activity(subject: Subject, line: Record) -> Happening | None:
    name, cached = str(line.get("name") or "").replace(".", " ").replace("-", " "), line.get("linkedRecordCachedName")
    member: Any = line.get("workspaceMember")
    by = _words(subject.catalogue.by_singular[_MEMBER], "name", member) if isinstance(member, dict) else ""
    text = " ".join(filter(None, (name.capitalize() or "Something happened", f"“{cached}”" if cached else "")))
    return _happening(subject, line.get("happensAt") or line.get("createdAt"), text, by, alterations=list(_diff(subject, line)))


def _words(of: Object, name: str, record: Record) -> str:
    """A value as a text, "" where there is none."""
    field = of.field_by_name.get(name)
    return str(of_field(field, record.get(name), Looking())) if field and record.get(name) else ""


def _diff(subject: Subject, line: Record) -> Iterator[Alteration]:
    properties: Any = line.get("properties")
    diff = properties.get("diff") if isinstance(properties, dict) else None
    for name, each in diff.items() if isinstance(diff, dict) else ():
        if name in subject.of.field_by_name and isinstance(each, dict):
            before, after = (
                value(subject.catalogue, subject.of, name, {name: each.get(word)}, subject.look.briefly) for word in ("before", "after")
            )
            yield Alteration(label(subject.of, name), before, after)
