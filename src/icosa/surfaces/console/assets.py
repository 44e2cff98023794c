"""The files of the look, as they are served: each under an address that holds its own hash, so that a browser may keep it for good."""

import gzip
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

FOLDER: Final = Path(__file__).parent / "static"
_TYPES: Final = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}
_HASH_DIGITS: Final = 12


@dataclass(frozen=True, slots=True)
class Asset:
    """A file that is served: its bytes, the same packed, and the address that only these bytes have."""

    address: str
    media_type: str
    plain: bytes
    packed: bytes


@cache
def assets() -> dict[str, Asset]:
    """Every file that is served, by its name; read and packed once."""
    return {path.name: _asset(path) for path in sorted(FOLDER.iterdir()) if path.suffix in _TYPES}


def address(name: str) -> str:
    """Where a file is: "icosa.css" -> "/static/1f0c…/icosa.css".  Raises KeyError for a file that is not there."""
    return assets()[name].address


def _asset(path: Path) -> Asset:
    plain = path.read_bytes()
    return Asset(
        f"/static/{sha256(plain).hexdigest()[:_HASH_DIGITS]}/{path.name}", _TYPES[path.suffix], plain, gzip.compress(plain, 9, mtime=0)
    )


async def _serve(request: Request) -> Response:
    asset = assets().get(request.path_params["name"])
    if asset is None or request.url.path != asset.address:
        return Response("There is no such file.", 404, media_type="text/plain")
    packed = "gzip" in request.headers.get("accept-encoding", "")
    headers = {"Cache-Control": "public, max-age=31536000, immutable", "Vary": "Accept-Encoding", "X-Content-Type-Options": "nosniff"}
    if packed:
        headers["Content-Encoding"] = "gzip"
    return Response(asset.packed if packed else asset.plain, headers=headers, media_type=asset.media_type)


ROUTES: list[BaseRoute] = [Route("/static/{digest}/{name}", _serve)]
