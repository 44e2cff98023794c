"""Links to files that a server signs anew with each answer: what they lead to, without the signature."""

from typing import Any
from urllib.parse import parse_qsl, urlsplit, urlunsplit

_FILES = frozenset({"file", "files"})
_PRESIGNED = frozenset({"x-amz-signature", "x-goog-signature"})


def unsigned(value: Any) -> Any:
    """A value in which such links, however deep, have no query."""
    if isinstance(value, str):
        return _link(value) if "?" in value and ("token=" in value or "ignature=" in value) else value
    if isinstance(value, list):
        return [unsigned(each) for each in value]
    if isinstance(value, dict):
        return {name: unsigned(each) for name, each in value.items()}
    return value


def _link(text: str) -> str:
    """A link into a server's files that bears a token, or one into a store of objects that bears a signature.  Any
    other is somebody's own, and its token a part of it."""
    try:
        parts = urlsplit(text)
        names = {name.lower() for name, _ in parse_qsl(parts.query)}
    except ValueError:
        return text
    of_files = "token" in names and not _FILES.isdisjoint(parts.path.split("/"))
    return urlunsplit(parts._replace(query="")) if of_files or names & _PRESIGNED else text
