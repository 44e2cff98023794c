"""`icosa login`, `logout` and `status`: which workspace commands go to, and with which key."""

import sys
from pathlib import Path

import click

import icosa
from icosa.call.address import is_embedded, server_address
from icosa.client.credentials.resolving import Destination, resolve
from icosa.client.credentials.stored import remove_credential, store_credential
from icosa.client.credentials.text_address import without_password
from icosa.errors import Forbidden, IcosaError, InvalidKey
from icosa.secret import Secret
from icosa.surfaces.cli import output, target_workspace
from icosa.surfaces.cli.sources import Sources
from icosa.surfaces.cli.terminal import is_person, remark


def _login(url: str | None, token_file: Path | None) -> None:
    address = url or _asked("--url", "Address of the workspace")
    if is_embedded(address.strip()):
        raise click.UsageError("--url: an embedded workspace needs no key; name it with --database, or in ICOSA_DATABASE")
    address = server_address(address, "--url")  # before a key is asked for
    token = target_workspace.token(token_file, Sources()) or Secret(_asked("--token-file", "API key", hidden=True))
    _check(address, token)
    kept = store_credential(address, token)
    stored_in = "in the system's keyring" if kept.storage == "keyring" else "in a file that only you can read"
    remark(f"{kept.url} accepts the key. It is kept {stored_in}.")


def _check(address: str, token: Secret) -> None:
    """Asks the workspace for something that needs a key; nothing is kept unless it answers."""
    try:
        with icosa.connect(address, token, retries=0) as crm:  # whoever typed an address wants to hear at once that it is wrong
            crm.companies.find_many(limit=1, depth=0)
    except Forbidden:
        pass  # the key is good; that it may not see companies is no reason to refuse it
    except icosa.AccessDenied as error:
        raise InvalidKey(f"{address} does not accept the key, so it was not kept: {error}") from None


def _asked(option: str, question: str, hidden: bool = False) -> str:
    """An answer typed by a person.  Raises UsageError where there is nobody to ask."""
    if not sys.stdin.isatty():
        raise click.UsageError(f"there is no terminal to ask at; give {option}" + (", - for standard input" if hidden else ""))
    answer: str = click.prompt(question, hide_input=hidden, err=True)
    return answer


def _logout() -> None:
    remark("What was kept is forgotten." if remove_credential() else "Nothing was kept.")


def _status(as_json: bool) -> None:
    target = resolve()
    status = {
        "workspace": without_password(target.url),
        "from": target.source,
        "kind": "embedded" if target.embedded else "server",
        "key": bool(target.token),
        "key_from": target.key_source or None,
    }
    api = _api(target)
    if not is_person(as_json):
        output.print_json(status | ({"api": api} if api else {}))
        return
    click.echo(f"Commands go to {without_password(target.url)}, {'an embedded workspace' if target.embedded else 'a server'}.")
    click.echo(f"The address is from {target.source}{_acting(target)}.")
    if api:
        click.echo(f"It answers as Twenty {api}.")


def _api(target: Destination) -> str | None:
    """The version that an embedded workspace in a file answers as; None where it is not to be known without asking a server."""
    if not target.embedded:
        return None
    from icosa.workspace.moving.databases import Database

    try:
        place = Database(target.url)
        return place.version.name if place.path else None
    except IcosaError:
        return None


def _acting(target: Destination) -> str:
    if target.token is None:
        return "; they act as its owner, without a key"
    return f", the key from {target.key_source}" if target.key_source != target.source else ", and so is the key"


LOGIN = click.Command(
    "login",
    callback=_login,
    params=[
        click.Option(
            ["--url"], metavar="URL", help="The workspace's address, such as https://crm.example.com; asked for where it is not given."
        ),
        click.Option(
            ["--token-file"],
            type=click.Path(path_type=Path),
            help="A file that holds the API key; - for standard input. Asked for where it is not given.",
        ),
    ],
    help="Keep the address of a workspace and an API key to it: in the system's keyring, else in a file with owner-only rights. The key is "
    "tried first, and kept only where the workspace accepts it.",
    epilog="\b\nExample:\n  icosa login --url https://crm.example.com",
)
LOGOUT = click.Command(
    "logout", callback=_logout, help="Forget the address and the key that login kept.", epilog="\b\nExample:\n  icosa logout"
)
STATUS = click.Command(
    "status",
    callback=_status,
    params=[click.Option(["--json", "as_json"], is_flag=True, help="JSON, also on a terminal.")],
    help="Show which workspace commands go to, and what names it. Nothing is sent, and no key is shown.",
    epilog="\b\nExample:\n  icosa status",
)
