"""What is known of a record, value by value, in the order of its form."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from icosa.catalogue.model import BASE_FIELDS, BelongsTo, Field
from icosa.surfaces.console.controls.control import Control, control_of
from icosa.surfaces.console.record.subject import Subject
from icosa.surfaces.console.showing import Shown, label, value


@dataclass(frozen=True, slots=True)
class Fact:
    """`name` is the property by which it is saved; `at` is where a GET gives it and a POST saves it, and `edit` where its editor
    is, "" for what nobody edits."""

    name: str
    label: str
    shown: Shown
    at: str = ""
    edit: str = ""
    changed: bool = False


class Facts(NamedTuple):
    """What has a value, what has none, and what the workspace itself keeps."""

    given: Sequence[Fact]
    empty: Sequence[Fact]
    kept: Sequence[Fact]


def facts_of(subject: Subject) -> Facts:
    """All that is worth telling; who only looks sees nothing of what is empty."""
    members = [each for each in subject.of.members if _is_told(each)]
    own = [fact(subject, _name(each)) for each in members if not _is_kept(each)]
    kept = [each.name for each in BASE_FIELDS] + [each.name for each in members if _is_kept(each)]
    return Facts(
        [each for each in own if each.shown],
        [each for each in own if not each.shown],
        [each for each in (fact(subject, name) for name in kept) if each.shown],
    )


def fact(subject: Subject, name: str, *, changed: bool = False) -> Fact:
    """One of them, by the name of its property."""
    relation = subject.of.relation_by_key.get(name)
    shown = value(subject.catalogue, subject.of, relation.name if relation else name, subject.record, subject.look)
    at = f"{subject.path}/facts/{name}"
    editable = subject.editable.get(name) if subject.may_write else None
    edit = f"{at}/edit" if editable is not None and control_of(editable) is not Control.SHOWN else ""
    return Fact(name, label(subject.of, name), shown, at, edit, changed)


def _name(member: Field | BelongsTo) -> str:
    return member.foreign_key if isinstance(member, BelongsTo) else member.name


def _is_told(member: Field | BelongsTo) -> bool:
    return isinstance(member, BelongsTo) or not member.type.retired


def _is_kept(member: Field | BelongsTo) -> bool:
    """Whether a value says how the workspace keeps the record, and nothing of what it is about."""
    return isinstance(member, Field) and (member.type.about.kept or member.type.about.look.worth == "never")
