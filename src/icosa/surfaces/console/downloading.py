"""Files that a browser keeps instead of showing them."""

from urllib.parse import quote


def attachment(name: str) -> dict[str, str]:
    """The headers of a file that is to be kept under a name; the name is told in ASCII too, for who knows no other."""
    plain = "".join(each if each.isascii() and each.isprintable() and each not in '"\\' else "_" for each in name)
    return {"Content-Disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"}
