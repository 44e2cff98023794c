"""What writing to the blocklist sets off, in the same transaction.

Messages and calendar events that a blocked address takes part in leave the channels of the member who
blocked it; those that are then in no channel are deleted, and so are threads that are left without
messages.  An entry without a member counts for the whole workspace, and clears away everything that is
in no channel.  A changed or deleted entry makes the channels fetch all over again.  1.0.3 does the same
in the background, destroys, and clears everything away each time; here all of it can be restored.
"""

from dataclasses import dataclass

from icosa.catalogue.columns import column_by_name
from icosa.catalogue.model import Catalogue
from icosa.workspace.store.deletions import mark_deleted
from icosa.workspace.store.names import quoted
from icosa.workspace.store.statement import Statement, Statements
from icosa.workspace.store.write import Writing
from icosa.workspace.store.writes import update_where

BLOCKLIST = "blocklist"
_RESET = {"syncCursor": "", "syncStageStartedAt": None, "throttleFailureCount": 0}


@dataclass(frozen=True, slots=True)
class _Family:
    """A channel, what comes in by it, and what ties the two together."""

    channel: str
    association: str
    item: str
    participant: str
    container: str | None
    first_stage: str


_FAMILIES = (
    _Family(
        "messageChannel",
        "messageChannelMessageAssociation",
        "message",
        "messageParticipant",
        "messageThread",
        "FULL_MESSAGE_LIST_FETCH_PENDING",
    ),
    _Family(
        "calendarChannel",
        "calendarChannelEventAssociation",
        "calendarEvent",
        "calendarEventParticipant",
        None,
        "FULL_CALENDAR_EVENT_LIST_FETCH_PENDING",
    ),
)


def entry_written(writing: Writing, entry_id: str, *, new: bool) -> Statements[None]:
    """An entry was created (`new`), changed or deleted."""
    if not _has(writing.catalogue, BLOCKLIST, "handle", "workspaceMemberId"):
        return
    rows = yield Statement('SELECT "handle", "workspaceMemberId", "deletedAt" FROM "blocklist" WHERE "id" = ?', (entry_id,))
    if not rows:  # it was destroyed: nothing covers anything any more
        return
    handle, member, deleted_at = rows[0]
    for family in _FAMILIES:
        if not _has_family(writing.catalogue, family):
            continue
        channels, owner = _channels_of(family, member)
        if deleted_at is None and handle:
            left = yield from _leave(writing, family, str(handle).lower(), channels, owner)
            yield from _clear(writing, family, None if member is None else left)
        if not new:
            of = writing.catalogue.by_singular[family.channel]
            again = {**_RESET, "syncStage": family.first_stage}
            yield from update_where(writing, of, f'"id" IN ({channels})', owner, again)


def _has_family(catalogue: Catalogue, family: _Family) -> bool:
    item = f"{family.item}Id"
    return (
        _has(catalogue, "connectedAccount", "accountOwnerId")
        and _has(catalogue, family.channel, "connectedAccountId", "syncStage", *_RESET)
        and _has(catalogue, family.association, f"{family.channel}Id", item)
        and _has(catalogue, family.participant, "handle", item)
        and _has(catalogue, family.item, *([f"{family.container}Id"] if family.container else []))
        and (family.container is None or _has(catalogue, family.container))
    )


def _has(catalogue: Catalogue, singular: str, *names: str) -> bool:
    """Whether there is this object with these columns: a workspace may be a mirror of one that has others."""
    of = catalogue.by_singular.get(singular)
    return of is not None and of.table == singular and column_by_name(of).keys() >= set(names)


def _channels_of(family: _Family, member: str | None) -> tuple[str, tuple[str, ...]]:
    """A query for the channels of a member's accounts, or for all; and what it binds."""
    table = quoted(family.channel)
    if member is None:
        return f'SELECT "id" FROM {table} WHERE "deletedAt" IS NULL', ()
    accounts = 'SELECT "id" FROM "connectedAccount" WHERE "accountOwnerId" = ?'
    return f'SELECT "id" FROM {table} WHERE "deletedAt" IS NULL AND "connectedAccountId" IN ({accounts})', (member,)


def _leave(writing: Writing, family: _Family, handle: str, channels: str, owner: tuple[str, ...]) -> Statements[list[str]]:
    """What a blocked address, or a blocked domain such as @example.com, takes part in leaves the channels;
    the ids of the associations that ended."""
    match = 'substr(lower("handle"), length("handle") - length(?) + 1) = ?' if handle.startswith("@") else 'lower("handle") = ?'
    bound = [handle] * match.count("?")
    item, participant = quoted(f"{family.item}Id"), quoted(family.participant)
    condition = (
        f"{quoted(f'{family.channel}Id')} IN ({channels}) "
        f'AND {item} IN (SELECT {item} FROM {participant} WHERE {match} AND "deletedAt" IS NULL)'
    )
    return (yield from mark_deleted(writing, writing.catalogue.by_singular[family.association], condition, (*owner, *bound)))


def _clear(writing: Writing, family: _Family, left: list[str] | None) -> Statements[None]:
    """Deletes what is in no channel, and threads that hold nothing: all, or what just `left`."""
    gone = yield from _delete_without(writing, family.item, family.association, left)
    if family.container:
        yield from _delete_without(writing, family.container, family.item, None if left is None else gone)


def _delete_without(writing: Writing, kept: str, by: str, among: list[str] | None) -> Statements[list[str]]:
    """Deletes the records of `kept` that no live record of `by` belongs to: all, or those that the records
    of `by` with these ids belonged to."""
    if among is not None and not among:
        return []
    table, key = quoted(by), quoted(f"{kept}Id")
    condition = f'NOT EXISTS (SELECT 1 FROM {table} b WHERE b.{key} = {quoted(kept)}."id" AND b."deletedAt" IS NULL)'
    values = []
    if among is not None:
        condition += f' AND "id" IN (SELECT {key} FROM {table} WHERE {writing.dialect.among(quoted("id"))})'
        values.append(writing.dialect.ids(among))
    return (yield from mark_deleted(writing, writing.catalogue.by_singular[kept], condition, values))
