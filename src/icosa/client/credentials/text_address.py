"""Which workspace a text is about."""

from icosa.call.address import is_embedded, server_address
from icosa.client.credentials.resolving import DATABASE, embedded_url
from icosa.errors import InvalidValue


def check_addressed(named: str | None, address: str) -> None:
    """Raises InvalidValue where a text names a workspace other than the one at `address`: a text from
    elsewhere decides neither where records are written nor which server gets a key."""
    if named is None:
        return
    there = _in_full(named)
    if there != address:
        here, written_for = without_password(address), without_password(there)
        raise InvalidValue("url", f"the call was written for {written_for}, and calls go to {here}; name the one that is meant as url")


def _in_full(named: str) -> str:
    if is_embedded(named):
        return named
    return server_address(named, "the call's address") if "://" in named else embedded_url({DATABASE: named})


def without_password(address: str) -> str:
    """An address without the user, password and options that one of a database may hold."""
    scheme, mark, rest = address.partition("://")
    return scheme + mark + (rest if scheme == "sqlite" else rest.partition("?")[0].rpartition("@")[2])
