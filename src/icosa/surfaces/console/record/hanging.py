"""What hangs on a record: its notes and tasks, which are written here too, and all other records that point at it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlencode

from icosa.call.page import Record
from icosa.call.where import F
from icosa.catalogue import naming
from icosa.catalogue.junctions import Junction, junction
from icosa.catalogue.model import Catalogue, Field, Object
from icosa.client.related import TARGETS, OfObject, RecordWithRelated, Related, says_by_what_it_points_at, with_related
from icosa.surfaces.console.form_address import form_address
from icosa.surfaces.console.record.subject import Subject
from icosa.surfaces.console.showing import Shown, address, called, link, of_field, one_of, telling
from icosa.wire.actions import Operation, actions_of

SHOWN: Final = 8
"""How many of each kind are shown; the others are counted."""

DONE: Final = "DONE"
"""The choice of a task's state by which it is done."""

_FACTS: Final = 3


@dataclass(frozen=True, slots=True)
class HangingLine:
    """A record that hangs on another: its id, what it is called and what else is telling.  `finish` is where a POST says that
    it is done, "" for what is, or cannot be; `text` is what is written in it."""

    id: str
    name: Shown
    facts: Sequence[Shown]
    text: Shown = field(default_factory=Shown)
    finish: str = ""
    is_done: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A kind of what hangs on a record.  `all` leads to all of them in a table, `new` to the form of another one; `add` is where a
    POST adds one, with what its form asks for: `body` for a text, `due` for a day.  "" for what there is not."""

    name: str
    title: str
    what: str
    total: int
    lines: Sequence[HangingLine]
    all: str = ""
    new: str = ""
    add: str = ""
    body: str = ""
    due: str = ""
    given: Mapping[str, str] = field(default_factory=dict)
    problem: str = ""

    @property
    def left(self) -> int:
        return max(self.total - len(self.lines), 0)


def sections_of(subject: Subject) -> list[Section]:
    """Notes and tasks first, there or not, then all other kinds of which there are any."""
    found = with_related(subject.crm, subject.of, subject.record, SHOWN)
    attached = [attached_section(subject, found, each) for each in attachable(subject)]
    names = {each.name for each in attached}
    return [*attached, *(_section(subject, each) for each in found.related if each.name not in names)]


def attachable(subject: Subject) -> Iterator[Junction]:
    """What can hang on the records of the subject's object: notes and tasks, as a rule."""
    for of in subject.catalogue:
        joined = junction(subject.catalogue, of)
        if joined is not None and subject.of.plural in joined.to:
            yield joined


def attached_section(subject: Subject, found: RecordWithRelated, joined: Junction) -> Section:
    related = next((each for each in found.related if each.name == joined.of.plural and each.joins), None)
    lines = _lines(subject, related.newest, subject.what) if related else ()
    title, due = joined.of.label_plural or joined.of.resource, due_field(joined.of)
    add, body = f"{subject.path}/attached/{joined.of.plural}", body_field(joined.of)
    return Section(
        joined.of.plural, title, one_of(joined.of), related.total if related else 0, lines,
        add=add if subject.may_write else "", body=body.name if body else "", due=due.name if due else "",
    )  # fmt: skip


def due_field(of: Object) -> Field | None:
    """The moment until which something has to be done."""
    return next((each for each in of.fields if each.type_name == "DATE_TIME"), None)


def body_field(of: Object) -> Field | None:
    """The field for a text of many lines."""
    return next((each for each in of.fields if each.type.about.prose and not each.type.retired), None)


def state_field(of: Object) -> Field | None:
    """The field that says whether something is done."""
    return next((each for each in of.fields if DONE in each.options and each.type_name == "SELECT"), None)


def _section(subject: Subject, related: Related) -> Section:
    source = related.source
    title = "Attached to" if related.name == TARGETS else naming.label(related.name)
    all_ = "" if related.joins else f"/browse/{source.plural}?{urlencode({'filter': str(F[related.key] == subject.id)})}"
    new = ""
    if subject.may_write and not related.joins and not source.system:
        create = next(each for each in actions_of(source) if each.operation is Operation.CREATE_ONE)
        new = form_address(create, {related.key: subject.id})
    lines = _lines(subject, related.newest, related.key)
    return Section(related.name, title, one_of(source), related.total, lines, all=all_, new=new)


def _lines(subject: Subject, records: Iterable[OfObject], key: str) -> list[HangingLine]:
    return [_line(subject, of, record, key) for of, record in records]


def _line(subject: Subject, of: Object, record: Record, key: str) -> HangingLine:
    state, body = state_field(of), body_field(of)
    done = state is not None and record.get(state.name) == DONE
    finish = f"{subject.path}/done/{of.plural}/{record['id']}" if subject.may_write and state is not None and not done else ""
    facts = [each for each in telling(of, record, subject.look, _FACTS) if str(each) != subject.name]
    text = of_field(body, record.get(body.name), subject.look) if body else Shown()
    return HangingLine(str(record["id"]), _name(subject.catalogue, of, record, key), facts, text, finish, done)


def _name(catalogue: Catalogue, of: Object, record: Record, key: str) -> Shown:
    """What it is called, as a link; what says little by itself is told by what it points at, beside the subject."""
    own = link(of, record)
    if says_by_what_it_points_at(of):
        ends: list[tuple[Object, Any]] = [
            (catalogue.by_singular[each.target], record.get(each.name)) for each in of.belongs_to if each.foreign_key != key
        ]
        texts = [called(target, end) for target, end in ends if isinstance(end, dict) and target.label_identifier != "id"]
        own = own._replace(text=" · ".join(dict.fromkeys([*([own.text] if of.label_identifier != "id" else []), *texts])) or own.text)
    return Shown((own._replace(href=address(of, record["id"])),), True)
