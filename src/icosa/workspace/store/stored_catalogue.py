"""The catalogue that a database keeps beside its records, so that it opens as what it is: with its custom
objects, without being told of them.

A workspace of the standard objects keeps none, and so has those of the Icosa that opens it; one of which the version has
others than 1.0.3 keeps that it has them, which an Icosa that knows no other than 1.0.3's refuses instead of changing its tables.
Objects are made and changed while others read and write, so that everybody has to know of it: beside the tables'
fingerprints stands that of the catalogue, its edition, which is read with whatever is asked first of a request.
"""

from collections.abc import Callable
from typing import Final, NamedTuple

import orjson

from icosa.catalogue.as_json import as_json, from_json
from icosa.catalogue.model import Catalogue, Object
from icosa.catalogue.standard import STANDARD
from icosa.errors import IcosaError, InvalidInput
from icosa.wire.version import VERSIONS, Version
from icosa.workspace.store.dialect import Dialect
from icosa.workspace.store.reads import Reads
from icosa.workspace.store.statement import Outdated, Statement, Statements, T, Violation

READ = "SELECT objects FROM icosa_catalogue"
FORGET = "DELETE FROM icosa_catalogue"
KEEP = "INSERT INTO icosa_catalogue (objects) VALUES "
"""What binds the text comes behind it, as each database writes it."""

EDITION = "icosa_catalogue"
"""The name under which the edition is kept, beside the fingerprints of tables."""

EDITION_NOW = f"(SELECT fingerprint FROM icosa_schema WHERE name = '{EDITION}')"
"""The edition, as an expression in any statement; null where no catalogue was ever kept."""


_STANDARD: Final = "standard"


def version_with(catalogue: Catalogue) -> Version:
    """The version of the wire whose objects are of the generation of these."""
    generations = {version.standard.objects[0].generation: version for version in VERSIONS.values()}
    return generations[max((each.generation for each in catalogue), default=min(generations))]


def text_of(catalogue: Catalogue, version: Version) -> str | None:
    """What is kept of a catalogue: JSON, or None for the standard one of 1.0.3."""
    if catalogue != version.standard:
        return orjson.dumps(as_json(catalogue)).decode()
    return None if catalogue == STANDARD else orjson.dumps({_STANDARD: version.name}).decode()


def catalogue_of(text: str | None, version: Version) -> Catalogue:
    """The catalogue that a database keeps; `text` is None where it keeps none."""
    kept = None if text is None else orjson.loads(text)
    return version.standard if kept in (None, {_STANDARD: version.name}) else from_json(kept)


def edition_of(text: str | None) -> str:
    """What tells a kept catalogue from another; "" where none is kept."""
    if text is None:
        return ""
    import hashlib  # here: it loads OpenSSL, which reading a page needs nothing of

    return hashlib.sha256(text.encode()).hexdigest()


class Holding(NamedTuple):
    """What a database held when it was last looked at: its objects, their edition, and how they are read."""

    edition: str
    catalogue: Catalogue
    reads: Reads


Reshaping = Callable[[Catalogue], Statements[tuple[Catalogue, T]]]
"""A change of the objects: from those that there are, as the statements of one transaction, to those that are to be, and to
what it is for."""


def holding_of(catalogue: Catalogue, dialect: Dialect, version: Version) -> Holding:
    """What a database holds that keeps this catalogue."""
    return Holding(edition_of(text_of(catalogue, version)), catalogue, Reads(catalogue, dialect, version))


def look(dialect: Dialect, version: Version) -> Statements[Holding]:
    """What the database holds now."""
    rows = yield Statement(f"SELECT coalesce({EDITION_NOW}, ''), ({READ})")
    edition, text = rows[0]
    catalogue = catalogue_of(None if text is None else str(text), version)
    return Holding(str(edition), catalogue, Reads(catalogue, dialect, version))


def edition_now() -> Statements[str]:
    """The edition of the catalogue that the database has now."""
    rows = yield _NOW
    return str(rows[0][0])


def check_edition(edition: str) -> Statements[None]:
    """Raises Outdated where the objects are others than those that a write was planned for.  To be asked last in its
    transaction: by then it holds what it wrote to, and nobody changes that before it ends."""
    rows = yield _NOW
    if str(rows[0][0]) != edition:
        raise Outdated("the objects of the workspace were changed meanwhile")


def held_to(check: Callable[[], Statements[None]], begin: Callable[[], Statements[T]]) -> Statements[T]:
    """What a write makes that was planned for what was so a moment ago.  `check` raises Outdated where it is no more: nothing is
    written then, and why it was refused may be no reason any more."""
    try:
        made = yield from begin()
    except (IcosaError, Violation):
        yield from check()
        raise
    yield from check()
    return made


_NOW = Statement(f"SELECT coalesce({EDITION_NOW}, '')", lasting=True)


def held_against(text: str) -> InvalidInput:
    """What is said where records that are there do not allow a change of their object; `text` are the database's words."""
    return InvalidInput(f"records that are there stand against this change: {text}; change them first")


def forget(of: Object) -> Statements[None]:
    """What the database keeps of an object beside its table, which is dropped: its fingerprint, and what events tell of its
    records."""
    yield Statement("DELETE FROM icosa_schema WHERE name = ?", (of.table,))
    yield Statement("DELETE FROM icosa_outbox WHERE object = ?", (of.singular,))


def rewrite() -> Statements[None]:
    """Writes something else and then what was there: SQLite writes nothing where nothing is changed."""
    for text in ("fingerprint || ' '", "trim(fingerprint)"):
        yield Statement(f"UPDATE icosa_schema SET fingerprint = {text} WHERE name = (SELECT min(name) FROM icosa_schema)")
