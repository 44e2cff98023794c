"""`icosa keys`: the API keys of an embedded workspace, which a server of the same database accepts at once."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

from icosa.catalogue.kinds import moment, wire_moment
from icosa.durations import span
from icosa.errors import InvalidValue
from icosa.surfaces.cli import output
from icosa.surfaces.cli.parameters import Argument
from icosa.surfaces.cli.target_workspace import api_option, database_url, version_named
from icosa.surfaces.cli.terminal import is_person, remark

if TYPE_CHECKING:
    from icosa.wire.version import Version
    from icosa.workspace.access.issue import Records

DEFAULT_EXPIRY = "90d"
WIDE = 100
"""From so many columns on a terminal has room for ids."""

NOT_OPENED = 5
"""The exit code where secrets cannot be opened."""


def expiry(text: str, now: datetime) -> str:
    """The moment at which a key expires, in wire form: after a time such as 12h, 90d, 2w or 1y, or at a
    date in ISO 8601.  Raises InvalidValue for what is neither, or lies too far ahead."""
    try:
        after = span(text)
        return moment(text, "--expires") if after is None else wire_moment(now + after)
    except (OverflowError, ValueError):
        raise InvalidValue("--expires", f"{text} lies beyond the year 9999; give a shorter time, such as {DEFAULT_EXPIRY}") from None
    except InvalidValue:
        raise InvalidValue(
            "--expires",
            f"{text!r} is neither a time nor a date; give a time such as 12h, 90d, 2w or 1y, or a date such as 2027-02-03",
        ) from None


@contextmanager
def _opened(database: str | None, version: "Version | None" = None) -> Iterator["Records"]:
    from icosa.workspace.access.issue import Records
    from icosa.workspace.opening import open_store
    from icosa.workspace.system_clock import system_time

    store = open_store(database_url(database), version=version).store
    try:
        yield Records(store, system_time)
    finally:
        store.close()


def _create(name: str, database: str | None, api: str | None, expires: str, read_only: bool) -> None:
    from icosa.workspace.access.issue import create_key

    expires_at = expiry(expires, datetime.now(UTC))
    with _opened(database, version_named(api)) as workspace:
        id_, token = create_key(workspace, name, expires_at, read_only=read_only)
    click.echo(token)
    may = ", and may only read" if read_only else ""
    remark(f"Key {id_} is good until {expires_at}{may}. Its token is shown this once: keep it where secrets are kept.")


def _list(database: str | None, as_json: bool, no_color: bool) -> None:
    from icosa.workspace.access.issue import list_keys

    with _opened(database) as workspace:
        rows: list[dict[str, Any]] = [
            {
                "id": key.id,
                "name": key.name,
                "state": key.state,
                "createdAt": key.created_at,
                "expiresAt": key.expires_at,
                "revokedAt": key.revoked_at,
                "mayWrite": key.may_write,
                "lastUsedAt": key.last_used_at,
            }
            for key in list_keys(workspace)
        ]
    if rows or not is_person(as_json):
        output.print_rows(rows, _headings([row["name"] for row in rows]), as_json, no_color)
    if not rows:
        remark("There is no key yet; icosa keys create NAME makes one.")


def _headings(names: list[str]) -> dict[str, str]:
    """What the table shows: ids where there is room for them, or no other way to tell two keys apart."""
    headings = {"name": "Name", "state": "State", "mayWrite": "Writes", "expiresAt": "Expires At", "lastUsedAt": "Last Used"}
    ids = shutil.get_terminal_size().columns >= WIDE or len(set(names)) < len(names)
    return {"id": "Id", **headings} if ids else headings


def _revoke(key: str, database: str | None) -> None:
    from icosa.workspace.access.issue import revoke_key

    with _opened(database) as workspace:
        revoked = revoke_key(workspace, key)
    remark(f'Key {revoked.id} "{revoked.name}" is refused since {revoked.revoked_at}.')


def _check(database: str | None, as_json: bool, no_color: bool) -> int:
    from icosa.workspace.moving.databases import Database
    from icosa.workspace.moving.sealed_values import check

    place = Database(database_url(database))
    found = check(place)
    rows = [
        {"object": each.object, "field": each.path, "sealed": each.sealed, "unopened": len(each.unopened), "ids": each.unopened}
        for each in found.fields
    ]
    headings = {"object": "Object", "field": "Field", "sealed": "Sealed", "unopened": "Not opened"}
    if rows or not is_person(as_json):
        output.print_rows(rows, headings, as_json, no_color)
    sealed = sum(each.sealed for each in found.fields)
    if not found.unopened:
        fits = f"sealed secrets: {sealed}; the key in {found.source} opens them all" if sealed else "nothing that is sealed"
        remark(f"{place.name} holds {fits}.")
        return 0
    why = "is missing" if not found.there else "is another one" if found.unopened == sealed else "opens the others"
    because = f"the key in {found.source} {why}"
    remark(f"{place.name} holds sealed secrets: {sealed}. Not to be opened: {found.unopened}; {because}.")
    remark(f"Put the key that they were sealed with into {place.key_path}, or empty them for good with icosa keys forget-secrets.")
    return NOT_OPENED


def _forget(database: str | None, yes: bool) -> int:
    from icosa.workspace.moving.databases import Database
    from icosa.workspace.moving.sealed_values import check, empty_unopened

    place = Database(database_url(database))
    found = check(place)
    if not found.unopened:
        remark(f"The key in {found.source} opens all secrets of {place.name}; nothing is to be forgotten.")
        return 0
    if not yes:
        listed = ", ".join(f"{len(each.unopened)} of {each.object}.{each.path}" for each in found.fields if each.unopened)
        remark(f"Of the secrets of {place.name} these would be emptied: {listed}. Nobody can read them again; --yes does it.")
        return NOT_OPENED
    remark(
        f"Emptied secrets of {place.name}: {empty_unopened(place)}. What is sealed from now on is sealed with the key in {found.source}."
    )
    return 0


def _database() -> click.Option:
    return click.Option(
        ["--database"], metavar="URL", help="sqlite:///path, or the path alone; else ICOSA_DATABASE, else the user's own workspace."
    )


_CREATE = click.Command(
    "create",
    callback=_create,
    params=[
        Argument(["name"], help="Which program the key is for."),
        _database(),
        api_option(),
        click.Option(
            ["--expires"],
            default=DEFAULT_EXPIRY,
            show_default=True,
            metavar="TIME",
            help="After 12h, 90d, 2w or 1y, or at a date in ISO 8601.",
        ),
        click.Option(["--read-only"], is_flag=True, help="A key that reads everything and writes nothing, for as long as it is good."),
    ],
    help="Create a key, and print its token alone: the only time that it is shown.",
    epilog="\b\nExample:\n  icosa keys create 'Nightly import' --database sqlite:///crm.db --expires 90d > key.txt",
)
_LIST = click.Command(
    "list",
    callback=_list,
    params=[
        _database(),
        click.Option(["--json", "as_json"], is_flag=True, help="JSON, also on a terminal."),
        click.Option(["--no-color"], is_flag=True, help="No colours, as with NO_COLOR in the environment."),
    ],
    help="List the keys: until when each is good, whether it may write, and when it was last used, which a server writes down each "
    "minute. Tokens are not kept, so none is shown. A narrow terminal has no room for ids; --json has them.",
    short_help="List the keys; tokens are not kept, so none is shown.",
    epilog="\b\nExample:\n  icosa keys list --database sqlite:///crm.db",
)
_REVOKE = click.Command(
    "revoke",
    callback=_revoke,
    params=[Argument(["key"], metavar="ID|NAME", help="The key's id or its name."), _database()],
    help="Revoke a key: it is refused from the next request on.",
    epilog="\b\nExample:\n  icosa keys revoke 'Nightly import' --database sqlite:///crm.db",
)
_CHECK = click.Command(
    "check",
    callback=_check,
    params=[
        _database(),
        click.Option(["--json", "as_json"], is_flag=True, help="JSON, also on a terminal."),
        click.Option(["--no-color"], is_flag=True, help="No colours, as with NO_COLOR in the environment."),
    ],
    help="Say whether the key that seals secrets is there and fits: how many of the workspace's are sealed, and which records have one "
    "that it does not open. The exit code is 5 where there is any.",
    short_help="Say whether the key that seals secrets is there and fits.",
    epilog="\b\nExample:\n  icosa keys check --database sqlite:///crm.db",
)
_FORGET = click.Command(
    "forget-secrets",
    callback=_forget,
    params=[_database(), click.Option(["--yes"], is_flag=True, help="Do it; without it, it is said what would be emptied.")],
    help="Empty the secrets that the key does not open, when that which does is lost, so that the workspace opens again. What is emptied "
    "is gone for good; make a backup before.",
    short_help="Empty the secrets that the key does not open.",
    epilog="\b\nExample:\n  icosa keys forget-secrets --database sqlite:///crm.db --yes",
)
COMMAND = click.Group(
    "keys",
    commands=[_CREATE, _LIST, _REVOKE, _CHECK, _FORGET],
    no_args_is_help=True,
    help="Create, list and revoke the API keys of an embedded workspace; a server of the same database heeds them at once. And look "
    "after the key that seals its secrets.",
)
