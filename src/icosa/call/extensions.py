"""What the methods of a resource offer: its seven actions, and what Icosa and newer servers do beyond them.

No form of Twenty 1.0.3 has these, so they are none of the 253 actions, and nothing of them is sent unless
it is asked for: restoring a record, `upsert` on creating, `permanent` on deleting; and, where the server's own
document lists them, `fields` and further operations.  A server that destroys unless it is told to keep is told so.
"""

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Final, NoReturn

from icosa.catalogue.model import Object
from icosa.errors import UnknownAction
from icosa.wire.actions import Action, Operation, Property, actions_of
from icosa.wire.actions.operation import label_of, method_of, restoring_template
from icosa.wire.actions.properties import DESTROY, RECORD_ID, depth, permanent
from icosa.wire.openapi.reading import Offers, more_actions
from icosa.wire.version import TWENTY_1_0_3

UPSERT: Final = Property(
    "Upsert",
    "upsert",
    "query",
    "boolean",
    "Update the record that has the same id, or the same unique value, where there is one. Twenty 1.0.3 does not know it.",
)
FIELDS: Final = Property(
    "Fields",
    "fields",
    "query",
    "string",
    "The properties that are answered, separated by commas, such as id,name. Left out, all of them.",
)
EXTENSIONS: Final = (UPSERT, permanent(keeps=False, destroys=True), FIELDS)
"""Properties that no form has."""

PLAIN: Final = Offers()
"""What Twenty 1.0.3 offers."""

RESTORE_ONE: Final = "restore_one"

_MORE: Final = {Operation.CREATE_ONE: UPSERT, Operation.CREATE_MANY: UPSERT}


class _Actions(dict[str, Action]):
    """The actions of an object by name.  Raises UnknownAction for one that its server does not have."""

    def __init__(self, of: Object, actions: Mapping[str, Action]) -> None:
        super().__init__(actions)
        self._of = of

    def __missing__(self, name: str) -> NoReturn:
        raise UnknownAction(f"{self._of.resource} of this server have no operation '{name}'. They have {', '.join(self)}")


def offered(of: Object, offers: Offers = PLAIN) -> Mapping[str, Action]:
    """What can be done with the records of an object, by the name of the method that does it; `offers` are what
    the server's own document says.  To ask for one that is not there raises UnknownAction."""
    words = offers.soft_delete, offers.permanent, bool(offers.icosa)
    known = _known(of, *words, offers.restore_at[:1], offers.prefix, offers.depths, offers.operations, offers.related)
    if not (offers.fields or offers.more):
        return known
    reads = (each for each in (Operation.FIND_MANY, Operation.FIND_ONE) if each in known)
    chosen = {str(each): _with(known[each], FIELDS) for each in reads} if offers.fields else {}
    return _Actions(of, {**known, **chosen, **more_actions(of, offers)})


@lru_cache(maxsize=256)
def _known(
    of: Object,
    keeps: bool,
    destroys: bool,
    lenient: bool,
    restore_at: tuple[str, ...],
    prefix: str,
    depths: tuple[int, ...],
    operations: tuple[str, ...],
    related: bool,
) -> Mapping[str, Action]:
    more = {**_MORE, Operation.DELETE_ONE: permanent(keeps=keeps, destroys=destroys or not keeps)}
    found = {
        str(each.operation): _with(each, more.get(each.operation))
        for each in actions_of(of, prefix, depths)
        if each.operation in operations
    }
    found[RESTORE_ONE] = Action(
        of,
        Operation.RESTORE,
        of.resource,
        label_of(Operation.RESTORE, of),
        method_of(Operation.RESTORE),
        restoring_template(restore_at[0] if restore_at else TWENTY_1_0_3.restores[0], of, prefix),
        (RECORD_ID, depth(depths)),
    )
    return MappingProxyType(_Actions(of, {name: each._replace(lenient=lenient, related=related) for name, each in found.items()}))


def destroys(action: Action, query: str) -> bool:
    """Whether a deletion is told to destroy; where a server has a word for keeping alone, its absence says so."""
    on, off = next((each.switch for each in action.properties if each.name == DESTROY and each.switch), ("", ""))
    flags = query.split("&")
    return on in flags if on else bool(off) and off not in flags


def _with(action: Action, more: Property | None) -> Action:
    """The action with one more property, before those of its record."""
    if more is None:
        return action
    own = [each for each in action.properties if each.place != "body"]
    return action._replace(properties=(*own, more, *action.properties[len(own) :]))
