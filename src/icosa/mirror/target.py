"""The database that a mirror is pulled into, and what it says about itself."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

import orjson

from icosa.catalogue.model import Catalogue
from icosa.client.credentials.text_address import without_password
from icosa.errors import InvalidInput
from icosa.mirror.content import digest

if TYPE_CHECKING:
    from icosa.workspace.moving.mirror import Base as Base
    from icosa.workspace.moving.mirror import Learned as Learned
    from icosa.workspace.moving.mirror import Mirror as Mirror

_ORIGIN = "origin"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a mirror was pulled from; whether masked, and which fields were kept as they were all the same; the plurals
    of the objects that were pulled alone, and of those that were left out."""

    address: str
    masked: bool = False
    kept: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    without: tuple[str, ...] = ()

    def options(self) -> str:
        """How it was asked for."""
        words = [word for each in self.only for word in ("--object", each)]
        words += [word for each in self.without for word in ("--without", each)]
        words += ["--mask"] if self.masked else []
        words += [word for each in self.kept for word in ("--keep", each)]
        return " ".join(words)


def open_mirror(url: str) -> Mirror:
    """A database that was pulled, as it is; one that is missing is made, with the standard objects.  Close it."""
    return _opened(url, None)


def open_target(url: str, wanted: Origin, catalogue: Catalogue) -> tuple[Mirror, bool]:
    """The database to pull into, which is made where it is missing and keeps the catalogue; whether it is new.

    Raises InvalidInput where it is a mirror of something else, was masked in another way, or holds records that
    were never pulled; then nothing of it is changed.
    """
    if not _is_there(url):
        mirror = _opened(url, catalogue)
        return mirror, settle_origin(mirror, wanted)
    first = open_mirror(url)
    try:
        new = settle_origin(first, wanted)
    finally:
        first.close()
    return _opened(url, catalogue), new


def _is_there(url: str) -> bool:
    # Here, as below.
    from icosa.workspace.moving.databases import Database

    return Database(url).begun


def _opened(url: str, catalogue: Catalogue | None) -> Mirror:
    # Here, because a mirror is written past the actions: as it is, and not as if somebody had made its records.
    from icosa.workspace.moving.mirror import Mirror

    return Mirror(url, catalogue, digest)


def origin_of(mirror: Mirror) -> Origin | None:
    """Where a database was pulled from, or None for one that never was."""
    text = mirror.notes().get(_ORIGIN)
    if text is None:
        return None
    held = orjson.loads(text)
    return Origin(held["address"], held["masked"], *(tuple(held.get(each, ())) for each in ("kept", "only", "without")))


def settle_origin(mirror: Mirror, wanted: Origin) -> bool:
    """Notes where a mirror is pulled from; whether that is new.  Raises InvalidInput where the database is a mirror of something else,
    was masked in another way, or holds records that were never pulled."""
    known = origin_of(mirror)
    if known is None:
        if mirror.holds_records():
            raise InvalidInput(f"{mirror.name} holds records that were not pulled; name a new file with --into")
        mirror.note(_ORIGIN, orjson.dumps(asdict(wanted)).decode())
        return True
    if known.address != wanted.address:
        there, here = without_password(known.address), without_password(wanted.address)
        raise InvalidInput(f"{mirror.name} is a mirror of {there}, not of {here}; name another file with --into")
    if known != wanted:
        was = f"with {known.options()}" if known.options() else f"without {wanted.options()}"
        raise InvalidInput(f"{mirror.name} was pulled {was}; say the same again, or name another file with --into")
    return False
