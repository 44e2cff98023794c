"""What can be done with a record: each action that takes it, as a form in which it is filled in already."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final, NamedTuple
from urllib.parse import urlencode

from icosa.call.extensions import offered
from icosa.call.where import F
from icosa.surfaces.console.browse.together import merging
from icosa.surfaces.console.form_address import form_address
from icosa.surfaces.console.record.subject import Subject
from icosa.surfaces.console.site import Visitor
from icosa.wire.actions import Action, Operation


class ActionOnIt(NamedTuple):
    """`meaning` is what it does to the record, in a few words; "" where only its server knows."""

    label: str
    meaning: str
    href: str


_MEANINGS: Final[Mapping[str, str]] = MappingProxyType(
    {
        Operation.UPDATE_ONE: "change any of its values",
        Operation.FIND_ONE: "ask for it, as a program does",
        Operation.FIND_DUPLICATES: "what is like it",
        Operation.MERGE: "make it one with others, which it takes the place of",
        Operation.DELETE_ONE: "put it into the bin, or destroy it",
        Operation.RESTORE: "bring it back out of the bin",
    }
)
_DESTROYS: Final = "destroy it: this server has no bin"
_FOR_GOOD: Final = "destroy it for good, told to be permanent"
_IN_THE_BIN: Final = frozenset((Operation.RESTORE, Operation.DELETE_ONE))


def actions_on(about: Subject, visitor: Visitor) -> list[ActionOnIt]:
    """Those that can be run on the record as it is, in the order of the meanings, then those that only its server knows; none for
    who only reads, whom the page shows all that these would."""
    if not visitor.may_write:
        return []
    found = {action.called or str(action.operation): made for action, made in _each(about)}
    known = [str(each) for each in _MEANINGS if str(each) in found]
    on_it = [found[each] for each in (*known, *(each for each in found if each not in known))]
    if not about.is_deleted:
        only_it = urlencode({"items": about.of.plural, "filter": str(F["id"] == about.id)})
        on_it.append(ActionOnIt("Use it in a chain", "run several actions on it, in order", f"/chains/new?{only_it}"))
    return on_it


def _each(about: Subject) -> Iterator[tuple[Action, ActionOnIt]]:
    for action in offered(about.of, about.crm.offers).values():
        if about.is_deleted != (action.operation is Operation.RESTORE) and not (about.is_deleted and action.operation in _IN_THE_BIN):
            continue
        href = _address(about, action)
        if href:
            yield action, ActionOnIt(action.label, _meaning(about, action), href)


def _address(about: Subject, action: Action) -> str:
    """The form with the record in it; "" of an action that takes no single one."""
    if "{id}" in action.path:
        return form_address(action, {"id": about.id})
    if action.operation is Operation.FIND_DUPLICATES:
        return form_address(action, {"ids": [about.id]})
    return merging(about.crm, about.of, [about.id]) if action.called == Operation.MERGE else ""


def _meaning(about: Subject, action: Action) -> str:
    if action.operation is Operation.DELETE_ONE and (about.is_deleted or not about.keeps):
        return _FOR_GOOD if about.is_deleted else _DESTROYS
    return _MEANINGS.get(action.called or action.operation, "")
