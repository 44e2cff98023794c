"""What stands at the side of every page: how many actions there are, and the objects that have records."""

import re
import time
from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Any, Final

from icosa.call.finding import find_actions
from icosa.catalogue import naming
from icosa.catalogue.model import Object
from icosa.errors import IcosaError
from icosa.surfaces.console.site import Site, Visitor
from icosa.wire.actions import Action

_JOINED: Final = re.compile(r"[A-Z][a-z]+(?:[A-Z][a-z]+)+").fullmatch
"""Labels that are words written as one, which break anywhere."""
_KNOWN_SECONDS: Final = 20.0
"""How old counts may be: they are a help to find one's way, and each costs a request."""
_SHOWN: Final = 9
_FIRST: Final = ("companies", "people", "opportunities", "tasks", "notes")
"""What most workspaces are about stands first; the others that are not the system's own follow by how many records they have."""


@dataclass(frozen=True, slots=True)
class Counted:
    """An object and how many records it has; None where nobody asked, as with a server elsewhere."""

    object: Object
    records: int | None

    @property
    def plural(self) -> str:
        return self.object.plural

    @property
    def label(self) -> str:
        called = self.object.label_plural or self.object.resource
        return naming.label(called) if _JOINED(called) else called

    @property
    def count(self) -> str:
        return "" if self.records is None else f"{self.records:,}"


@dataclass(frozen=True, slots=True, eq=False)
class Navigation:
    """`objects` are those that are shown at the side, `counted` all there are; `actions` counts what can be done with
    their records: what is about the workspace itself is not among them."""

    objects: Sequence[Counted]
    counted: Sequence[Counted]
    actions: int

    @property
    def all(self) -> int:
        return len(self.counted)


class _Kept:
    """The navigation of a site as it was last counted."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.found: Navigation | None = None
        self.until = 0.0
        self.commits: object = None  # what the site told before it was counted
        self.shape: object = None  # likewise

    def holds(self, site: Site) -> bool:
        """Whether what was found may be shown: it is not old, or nobody has written since; and the objects are those that there are."""
        if site.shape() is not self.shape:
            self.until = 0.0
            return False
        if time.monotonic() < self.until:
            return True
        try:
            if self.commits is None or site.commits() != self.commits:
                return False
        except IcosaError:
            return False
        self.until = time.monotonic() + _KNOWN_SECONDS
        return True


_NOTHING: Final = Navigation((), (), 0)


def navigation(state: Any, visitor: Visitor, *, fresh: bool = True) -> Navigation:
    """The navigation of the console whose application has this state.  One thread counts anew, while the others take what is
    there; with `fresh` False nobody does, as on the page that says that the workspace cannot be reached."""
    if not hasattr(state, "navigation"):
        state.navigation = _Kept()
    kept: _Kept = state.navigation
    if kept.found and (not fresh or kept.holds(state.site)):
        return kept.found
    if not fresh or not kept.lock.acquire(blocking=kept.found is None):
        return kept.found or _NOTHING
    try:
        if kept.found is None or time.monotonic() >= kept.until:
            kept.commits, kept.shape = state.site.commits(), state.site.shape()
            kept.found, kept.until = _counted(state.site, visitor), time.monotonic() + _KNOWN_SECONDS
        return kept.found
    except IcosaError:  # the page itself says what is wrong, if it needs what cannot be had
        return kept.found or _NOTHING
    finally:
        kept.lock.release()


def stands(state: Any, of: Navigation) -> bool:
    """Whether that is the navigation still, and the next page would take it."""
    kept: _Kept | None = getattr(state, "navigation", None)
    return kept is not None and kept.found is of and kept.holds(state.site)


def is_counted(state: Any) -> bool:
    """Whether the next page takes what is there, and counts nothing anew."""
    kept: _Kept | None = getattr(state, "navigation", None)
    return kept is not None and kept.found is not None and kept.holds(state.site)


def forget(state: Any) -> None:
    """The next page counts anew: a page that has just written many records, or none that was there, says so."""
    if hasattr(state, "navigation"):
        state.navigation.until, state.navigation.commits = 0.0, None


def about_records(found: Sequence[Action]) -> int:
    """How many actions are about records, and not about the workspace itself."""
    return sum(each.object is not None for each in found)


def _counted(site: Site, visitor: Visitor) -> Navigation:
    with site.client(visitor) as crm:
        catalogue, offers = crm.ready()
        each = [Counted(of, None if site.remote else crm[of.plural].find_many(limit=1, depth=0).total_count) for of in catalogue]
    ranks = {name: at for at, name in enumerate(_FIRST)}
    ordered = sorted(each, key=lambda one: (ranks.get(one.plural, len(ranks)), one.object.system, -(one.records or 0)))
    shown = [one for one in ordered if (one.plural in ranks if site.remote else one.records and not one.object.system)]
    return Navigation(shown[:_SHOWN], ordered, about_records(find_actions(catalogue, "", offers)))
