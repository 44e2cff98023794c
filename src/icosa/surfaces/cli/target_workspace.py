"""Which workspace a command goes to."""

from pathlib import Path

import click

from icosa.client.credentials.key import sound_key
from icosa.client.credentials.resolving import DATABASE, embedded_url
from icosa.secret import Secret
from icosa.surfaces.cli.sources import Sources
from icosa.wire.version import VERSIONS, Version


def address(url: str | None, database: str | None) -> str | None:
    """The address that the options name, or None where they name none."""
    if url is not None and database is not None:
        raise click.UsageError("--url and --database are two workspaces; give one of them")
    return url if database is None else database_url(database)


def database_url(given: str | None) -> str:
    """The address of an embedded workspace from --database: an address or a path; else the user's own."""
    return embedded_url() if given is None else embedded_url({DATABASE: given})


def api_option() -> click.Option:
    """Which version of Twenty a workspace that is made answers as."""
    return click.Option(
        ["--api"],
        type=click.Choice(list(VERSIONS)),
        help="Which version of Twenty a new workspace answers as, for good; 1.0.3 where nothing is said. One that is there must be of it.",
    )


def version_named(api: str | None) -> Version | None:
    """The version that --api names."""
    return None if api is None else VERSIONS[api]


def token(file: Path | None, sources: Sources) -> Secret | None:
    """The key in a file, or None where no file is named.  Raises InvalidKey for what cannot be one: a blank file is not
    the owner's word."""
    return None if file is None else sound_key(sources.line(file, "--token-file"), "--token-file")
