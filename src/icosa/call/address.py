"""Where a workspace is: the address of a server, or of an embedded database, in one written form."""

import ipaddress
import re
from urllib.parse import urlsplit, urlunsplit

from icosa.catalogue.kinds import shown
from icosa.errors import InvalidValue
from icosa.wire.version import TWENTY_1_0_3

EMBEDDED_SCHEMES = ("sqlite", "postgresql", "postgres")
EXAMPLE = "https://crm.example.com"


def is_embedded(url: str) -> bool:
    """Whether a workspace at this address is opened in this process rather than called over HTTP."""
    return url.partition(":")[0].lower() in EMBEDDED_SCHEMES and "://" in url


def server_address(url: str, called: str = "url") -> str:
    """A server's base address: scheme and host in lower case, without a trailing slash or `/rest`.

    Raises InvalidValue, naming `called`, for an address that has no scheme or host, or that holds a
    password, a query or a fragment; what could be secret is not shown.
    """
    text = url.strip()
    if not text:
        raise InvalidValue(called, f"is blank; give the address of a server, such as {EXAMPLE}")
    if not re.match(r"[A-Za-z][A-Za-z0-9+.-]*://", text):
        guess = text.lstrip("/")
        named = "is not a web address" if "@" in text else f"{shown(text)} has no scheme"
        raise InvalidValue(called, f"{named}; write it in full, such as {_with_scheme(guess) or EXAMPLE}")
    try:
        parts = urlsplit(text)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise InvalidValue(called, f"is not a web address ({error}); give one such as {EXAMPLE}") from None
    if parts.scheme.lower() not in ("http", "https"):
        raise InvalidValue(called, f"{parts.scheme}:// is not spoken here; give {EXAMPLE}, or sqlite:///path for a workspace in a file")
    if parts.username is not None or parts.password is not None:
        raise InvalidValue(called, "holds a user name or password; leave it out and give the API key as token")
    if parts.query or parts.fragment:
        raise InvalidValue(called, f"goes on after its path; give the server's address alone, such as {EXAMPLE}")
    if not host or re.search(r"\s", text):
        raise InvalidValue(called, f"{shown(text)} names no host; give an address such as {EXAMPLE}")
    path = parts.path.rstrip("/").removesuffix(TWENTY_1_0_3.prefix).rstrip("/")
    usual = {"http": 80, "https": 443}[parts.scheme.lower()]
    netloc = (f"[{host}]" if ":" in host else host) + ("" if port in (None, usual) else f":{port}")
    return urlunsplit((parts.scheme.lower(), netloc, path, "", ""))


def _with_scheme(guess: str) -> str | None:
    """How an address without a scheme was probably meant."""
    host = re.split(r"[:/]", guess, maxsplit=1)[0]
    if "@" in guess or not re.fullmatch(r"[\w.-]+", host):
        return None
    return f"{'http' if _is_local(host) else 'https'}://{guess}"


def _is_local(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
