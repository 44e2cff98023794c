"""Where a workspace keeps the API keys that open it, and what holds of them whoever writes.

They are records of the object `apiKey`.  A catalogue that has none, such as that of a newer Twenty, leaves them
to an object of the workspace's own, which no request reaches.  Of a key's token there is a hash in icosa_key,
and it goes when the key is destroyed: a trigger takes it along, because cascades and mirrors destroy too.

What narrows a key is for good: it is never un-revoked, and never good for longer.  Whether it may write is said when it is
made, beside the hash, where no request reaches.
"""

from collections.abc import Callable, Collection
from dataclasses import replace
from typing import Any

from icosa.catalogue.columns import Column, columns
from icosa.catalogue.model import Catalogue, Object
from icosa.catalogue.standard.workspace import API_KEY, WEBHOOK
from icosa.errors import InvalidValue
from icosa.workspace.store.names import quoted
from icosa.workspace.store.records import Columns
from icosa.workspace.store.statement import Statement, Statements

OWN_KEYS = replace(API_KEY, singular="icosa_api_key", plural="API keys", label="", label_plural="")
"""Its names are none that a catalogue can have."""

OWN_WEBHOOKS = replace(WEBHOOK, singular="icosa_webhook", plural="webhooks of its own", label="", label_plural="")
"""Where webhooks are kept by a catalogue that has none: with what seals secrets, and copies and backups, of any object."""

KEY_TABLES = (API_KEY.table, OWN_KEYS.table)

_KEPT = "hash, api_key_id, may_write, last_used_at"


def key_object(catalogue: Catalogue) -> Object:
    """The object whose records are the keys of a workspace."""
    of = catalogue.by_singular.get(API_KEY.singular)
    return of if of is not None and of.table == API_KEY.table and _holds_keys(of) else OWN_KEYS


def _holds_keys(of: Object) -> bool:
    needed = {column.name: column.kind for column in columns(API_KEY)}
    held = {column.name: column.kind for column in columns(of)}
    others = (column for column in columns(of) if column.name not in needed)
    return needed.items() <= held.items() and all(column.nullable or column.default is not None for column in others)


def objects(catalogue: Catalogue) -> tuple[Object, ...]:
    """All objects that a workspace has tables for."""
    own = (each for each in (key_object(catalogue), webhook_object(catalogue)) if each in (OWN_KEYS, OWN_WEBHOOKS))
    return (*catalogue, *own)


def webhook_object(catalogue: Catalogue) -> Object:
    """The object whose records are the webhooks of a workspace."""
    of = catalogue.by_singular.get(WEBHOOK.singular)
    return of if of is not None and of.table == WEBHOOK.table else OWN_WEBHOOKS


def check_change(of: Object, before: Columns, after: Columns) -> None:
    """Raises InvalidValue where a change would give a key back what was taken from it."""
    if of.table not in KEY_TABLES:
        return
    mend = "a key that should do more is a new one: icosa keys create"
    revoked = before.get("revokedAt")
    if "revokedAt" in after and revoked is not None and (after["revokedAt"] is None or after["revokedAt"] > revoked):
        raise InvalidValue("revokedAt", f"this key was revoked at {revoked}, and stays so; {mend}")
    expires = before.get("expiresAt")
    if "expiresAt" in after and expires is not None and (after["expiresAt"] is None or after["expiresAt"] > expires):
        raise InvalidValue("expiresAt", f"this key is good until {expires}, and no longer; send an earlier moment; {mend}")


def restored(of: Object) -> str:
    """What else an UPDATE sets that brings records back: a key that was deleted was revoked by it."""
    return ', "revokedAt" = coalesce("revokedAt", "deletedAt")' if of.table in KEY_TABLES else ""


def settle(catalogue: Catalogue, made: Collection[str], value: Callable[[Column], Any]) -> Statements[None]:
    """Once the tables of a catalogue are there: brings keys over that the catalogue before kept elsewhere, and drops
    the hashes of keys that are gone.  `made` are the names of all tables, `value` what a new column holds."""
    here = key_object(catalogue)
    (elsewhere,) = (table for table in KEY_TABLES if table != here.table)
    if elsewhere in made:
        yield from _move(elsewhere, here, value)
    yield Statement(f"DELETE FROM icosa_key WHERE api_key_id NOT IN (SELECT id FROM {quoted(here.table)})")


def _move(source: str, here: Object, value: Callable[[Column], Any]) -> Statements[None]:
    """Keys with a token, and the token with them; one whose id is taken here loses it."""
    tokens = yield Statement(f"SELECT {_KEPT} FROM icosa_key WHERE api_key_id IN (SELECT id FROM {quoted(source)})")
    if not tokens:
        return
    known = {column.name for column in columns(API_KEY)}
    listed = columns(here)
    new = [column for column in listed if column.name not in known]
    moved = yield Statement(
        f"INSERT INTO {quoted(here.table)} ({', '.join(quoted(column.name) for column in listed)}) "
        f"SELECT {', '.join(quoted(column.name) if column.name in known else '?' for column in listed)} FROM {quoted(source)} "
        f'WHERE "id" IN (SELECT api_key_id FROM icosa_key) ON CONFLICT ("id") DO NOTHING RETURNING "id"',
        [value(column) for column in new],
    )
    ids = {str(row[0]) for row in moved}
    yield Statement(f'DELETE FROM {quoted(source)} WHERE "id" IN (SELECT api_key_id FROM icosa_key)')
    yield Statement("DELETE FROM icosa_key WHERE hash = ?", [row[:1] for row in tokens], many=True)
    kept = [tuple(row) for row in tokens if str(row[1]) in ids]
    if kept:
        yield Statement(f"INSERT INTO icosa_key ({_KEPT}) VALUES (?, ?, ?, ?)", kept, many=True)
