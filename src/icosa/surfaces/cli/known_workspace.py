"""What the shell knows of the workspace that a command line goes to: its objects and their actions.

Help, completion and the tree of commands ask nobody: they take the schema that was read last, or the standard
objects.  Only where a command line names what is not known is the workspace asked, once.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

import click

from icosa.call.address import is_embedded
from icosa.catalogue import naming
from icosa.catalogue.model import Catalogue, Object
from icosa.catalogue.standard import STANDARD
from icosa.client.credentials.resolving import address_of, embedded_url
from icosa.errors import IcosaError
from icosa.surfaces.cli.misnamed import ARGUMENTS, KnownOtherwise, Misnamed, UnknownName
from icosa.wire.openapi.reading import ICOSA, UNASKED, Offers

if TYPE_CHECKING:
    from icosa.client.schema import Schema


class KnownWorkspace(NamedTuple):
    """A workspace as the shell knows it.  `address` is "" where the command line names none that is one; `named` are
    --url, --database and --token-file, where it has them."""

    address: str
    catalogue: Catalogue
    offers: Offers
    named: dict[str, str]
    guessed: bool = False

    @property
    def groups(self) -> Mapping[str, Object]:
        """Its objects, by the names of their groups of commands."""
        return _groups(self.catalogue)

    @property
    def embedded(self) -> bool:
        return is_embedded(self.address)


@lru_cache(maxsize=4)
def _groups(catalogue: Catalogue) -> Mapping[str, Object]:
    return MappingProxyType({naming.kebab_case(each.plural): each for each in catalogue})


def known(arguments: Sequence[str]) -> KnownWorkspace:
    """What is known of the workspace that a command line goes to, without asking anybody."""
    named = _named(arguments)
    try:
        address = embedded_url({"ICOSA_DATABASE": named["--database"]}) if "--database" in named else address_of(named.get("--url"))
    except IcosaError:  # the command itself will say so
        return KnownWorkspace("", STANDARD, UNASKED, named)
    from icosa.client.schema import cached_schema  # here: see ask

    schema = cached_schema(address)
    if schema is not None:
        return KnownWorkspace(address, schema.catalogue, schema.offers, named)
    return KnownWorkspace(address, STANDARD, ICOSA if is_embedded(address) else UNASKED, named, guessed=True)


def known_by(ctx: click.Context) -> KnownWorkspace:
    """What the command line that is run knows."""
    root = ctx.find_root()
    if not isinstance(root.obj, KnownWorkspace):
        root.obj = known(root.meta.get(ARGUMENTS, ()))
    return root.obj


def ask(before: KnownWorkspace) -> KnownWorkspace | None:
    """The same workspace as it is now, or None where it is as it was known.  Raises IcosaError where it cannot be asked.

    A workspace in a file that is not there yet is not made for this.
    """
    schema = _read(before)
    if schema is None or (schema.catalogue == before.catalogue and schema.offers == before.offers):
        return None
    return KnownWorkspace(before.address, schema.catalogue, schema.offers, before.named)


def asked_about(ctx: click.Context, error: UnknownName | click.NoSuchOption) -> KnownWorkspace | None:
    """The workspace as it says that it is; None where that is nothing new.  Raises Misnamed where it cannot be asked."""
    try:
        return ask(known_by(ctx))
    except IcosaError as failure:
        message = error.format_message()
        problem = f"{message}{'' if message.endswith(('.', '?')) else '.'} The workspace could not be asked: {failure}"
        raise Misnamed(problem, error.ctx, getattr(error, "line", "")) from None


def asked_after_a_guess(ctx: click.Context) -> KnownWorkspace | None:
    """The same for a server that was taken for one of 1.0.3, and has refused a field; None where it was asked before, or what
    stood on standard input is gone."""
    from icosa.surfaces.cli.sources import STANDARD_INPUT  # here: see _read

    words = ctx.meta[ARGUMENTS]
    if not known_by(ctx).guessed or any(each in (STANDARD_INPUT, f"@{STANDARD_INPUT}") or each.endswith("=-") for each in words):
        return None
    with suppress(IcosaError):
        return ask(known_by(ctx))
    return None


def settle_guess(guessed: KnownWorkspace) -> None:
    """Looks into a workspace in a file that was never looked into, before a command runs on it.  Raises KnownOtherwise where it
    is of another version than it was taken for, or has other objects."""
    if not guessed.guessed or not guessed.embedded:
        return
    now = None
    with suppress(IcosaError):  # the command itself will say so, if it needs the workspace at all
        now = ask(guessed)
    if now is not None:
        raise KnownOtherwise(now)


def fresh(before: KnownWorkspace) -> KnownWorkspace:
    """The same workspace with what its server offers now, as it said in the last minutes or says when it is asked;
    where it cannot be asked, as it was known.  One in a file is always looked into: it may be of any version."""
    from icosa.client.schema import FRESH_SECONDS  # here: see _read

    try:
        schema = _read(before, FRESH_SECONDS)
    except IcosaError:
        return before
    return before if schema is None else KnownWorkspace(before.address, schema.catalogue, schema.offers, before.named)


def _read(before: KnownWorkspace, fresh_for: float = 0) -> "Schema | None":
    # Here, because commands that are known need nothing that asks.
    import icosa
    from icosa.client.schema import keep_schema, schema_of

    if before.embedded:
        if _is_file_to_come(before.address):
            return None
        with icosa.connect(before.address) as crm:
            schema = schema_of(crm.catalogue, crm.offers)
        keep_schema(before.address, None, schema)
        return schema
    return _read_from_server(before, fresh_for)


def _read_from_server(before: KnownWorkspace, fresh_for: float) -> "Schema | None":
    from icosa.client.credentials.resolving import resolve  # here: see _read
    from icosa.client.schema import read_schema
    from icosa.client.transport.flow import drive
    from icosa.client.transport.over_http import HttpTransport
    from icosa.surfaces.cli import target_workspace
    from icosa.surfaces.cli.sources import STANDARD_INPUT, Sources

    token_file = before.named.get("--token-file")
    if not before.address or token_file == STANDARD_INPUT:
        return None
    target = resolve(before.named.get("--url"), target_workspace.token(Path(token_file) if token_file else None, Sources()))
    if target.token is None:
        return None
    transport = HttpTransport(target.url, target.token)
    try:
        return drive(read_schema(target.url, target.token, fresh_for=fresh_for), transport.send)
    finally:
        transport.close()


def _is_file_to_come(address: str) -> bool:
    scheme, mark, path = address.partition(":///")
    return bool(mark) and scheme.lower() == "sqlite" and not Path(unquote(path)).expanduser().exists()


def _named(arguments: Sequence[str]) -> dict[str, str]:
    """What a command line says about the workspace, wherever it says so: it is looked at before its commands are known."""
    found: dict[str, str] = {}
    for at, each in enumerate(arguments):
        name, equals, value = each.partition("=")
        if each == "--":
            break
        if name in _OPTIONS and (equals or at + 1 < len(arguments)):
            found[name] = value if equals else arguments[at + 1]
    return found


_OPTIONS = ("--url", "--database", "--token-file")
