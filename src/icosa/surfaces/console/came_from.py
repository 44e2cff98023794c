"""Addresses that a browser says it comes from."""

from urllib.parse import urlsplit


def path_of(address: str, host: str = "") -> str:
    """The path of an address, with its query; "" for what is no address, and where a `host` is meant for one of another."""
    try:
        found = urlsplit(address)
    except ValueError:  # brackets around what is no address of IPv6
        return ""
    return "" if host and found.netloc != host else found.path + (f"?{found.query}" if found.query else "")
