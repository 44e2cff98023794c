"""Secrets on the way from one key to another."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import orjson

from icosa.catalogue.columns import Column, columns
from icosa.catalogue.model import Catalogue, Object
from icosa.errors import InvalidInput
from icosa.workspace.access.sealing import PREFIX, Sealing
from icosa.workspace.store.keys import objects
from icosa.workspace.store.sealed_place import place

Change = Callable[[Object, Column, str, str], str]
"""(object, column, id, sealed text) to another text."""


def _secret_columns(of: Object) -> tuple[Column, ...]:
    return tuple(column for column in columns(of) if column.secret)


@dataclass(frozen=True, slots=True)
class Opener:
    """Opens sealed texts; one that the key does not open stays as it is."""

    catalogue: Catalogue
    sealing: Sealing | None

    def value(self, of: Object, column: Column, id_: str, text: str) -> str:
        return self.sealing.open(text, place(of, column, id_)) if self.sealing else text

    def doc(self, of: Object, doc: str) -> str:
        """A record's JSON without the opening brace."""
        if not _secret_columns(of):
            return doc
        record = orjson.loads("{" + doc)
        _change(of, record, self.value)
        return orjson.dumps(record).decode()

    def events(self, singular: str, records: str) -> str:
        return change_events(self.catalogue, singular, records, self.value)


@dataclass(frozen=True, slots=True)
class Resealer:
    """Opens with one key and seals with another.  Raises InvalidInput for what the one does not open."""

    opener: Opener
    sealing: Sealing

    def value(self, of: Object, column: Column, id_: str, text: str) -> str:
        opened = self.opener.value(of, column, id_, text)
        if opened.startswith(PREFIX):
            raise InvalidInput(
                f"the secret {column.path} of the {of.singular} {id_} was sealed with another key than the one that is given; "
                "put the right one beside the source, or into ICOSA_SECRET_KEY"
            )
        return self.sealing.seal(opened, place(of, column, id_))

    def events(self, singular: str, records: str) -> str:
        return change_events(self.opener.catalogue, singular, records, self.value)


def _change(of: Object, record: dict[str, Any], change: Change) -> None:
    for column in _secret_columns(of):
        if record.get(column.name):
            record[column.name] = change(of, column, record["id"], record[column.name])


def change_events(catalogue: Catalogue, singular: str, records: str, change: Change) -> str:
    """The records of an event with their secrets changed; the same text where there are none."""
    of = next((each for each in objects(catalogue) if each.singular == singular), None)
    if of is None or not _secret_columns(of):
        return records
    changes = orjson.loads(records)
    for each in changes:
        for record in (each["before"], each["after"]):
            if record:
                _change(of, record, change)
    return orjson.dumps(changes).decode()
