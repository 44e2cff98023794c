"""Under which names a console may be reached, and by which scheme."""

import re
from ipaddress import ip_address
from typing import NamedTuple
from urllib.parse import urlsplit

LOCAL_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})
_HOST = re.compile(r"(?:\[(?P<six>[0-9A-Fa-f:.]+)\]|(?P<name>[^\[\]:/@?#\s]+))(?::(?P<port>\d{1,5}))?")


class Door(NamedTuple):
    """`listens` is the address as people write it ("http://127.0.0.1:3000", "unix:/run/icosa.sock"), `public_url` that
    under which a proxy shows it.

    A page elsewhere can have its own host name lead to this machine (DNS rebinding), but no address and none of the
    names that are known here: those alone are answered.
    """

    listens: str
    public_url: str | None = None

    def cookie(self, host: str) -> str:
        """The name of the session's cookie for whom knows the console by this host.  Browsers keep the cookies of all ports
        of a host together, so that the port is in it; over TLS they hold to it that only this very host has set it."""
        port = urlsplit(self.listens).port if self.listens.startswith("http") else None
        return f"{'__Host-' if self.scheme(host) == 'https' else ''}icosa{f'-{port}' if port else ''}"

    def known(self, host: str) -> bool:
        """Whether what a request has as its Host is a name of this console."""
        name = host_name(host)
        if name is None:
            return False
        return name in LOCAL_NAMES or name.endswith(".localhost") or name in self._names() or _is_address(name)

    def origin(self, host: str) -> str:
        """The origin that pages have which were asked for under this host."""
        return f"{self.scheme(host)}://{host.lower()}"

    def scheme(self, host: str) -> str:
        """How the browser speaks to whom it knows by this host: with the proxy as its address says, else as here."""
        if self.public_url and urlsplit(self.public_url).netloc.lower() == host.lower():
            return urlsplit(self.public_url).scheme
        return urlsplit(self.listens).scheme if self.listens.startswith("http") else "http"

    def is_open_to_ears(self, host: str) -> bool:
        """Whether a key that is sent there can be read on the way."""
        name = host_name(host)
        return self.scheme(host) == "http" and name not in LOCAL_NAMES and not (name or "").endswith(".localhost")

    def _names(self) -> set[str]:
        urls = [each for each in (self.listens, self.public_url) if each and not each.startswith("unix:")]
        return {name.lower() for each in urls if (name := urlsplit(each).hostname)}


def host_name(host: str) -> str | None:
    """The name in a Host header, in small letters, without its port; None where it is none."""
    found = _HOST.fullmatch(host)
    return (found["six"] or found["name"]).lower().rstrip(".") if found else None


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True
