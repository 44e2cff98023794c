"""Tokens of API keys in the form that newer versions of Twenty give them: JWTs, signed with ES256.

What makes one good is its hash, which the workspace keeps as it does of any other token (keys.py).  So each is signed with a
key that is made for it and thrown away: there is none that could be stolen to sign more.
"""

import base64
import re
import uuid
from datetime import datetime
from typing import Any, Final

import orjson

LONGEST: Final = 1024
"""Characters of a token that is looked at."""

_FORM: Final = re.compile(r"(?:[A-Za-z0-9_-]+\.){2}[A-Za-z0-9_-]+")
_ID: Final = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_COORDINATE: Final = 32
_TYPE: Final = "API_KEY"


def new_jwt(key_id: str, workspace_id: str, issued_at: str, expires_at: str) -> str:
    """A token for a key; the moments are in wire form.  Nobody else can make the same one."""
    # Here, because signing is loaded slowly, and only who makes a key signs.
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
    from cryptography.hazmat.primitives.hashes import SHA256

    head = {"alg": "ES256", "typ": "JWT", "kid": str(uuid.uuid4())}
    claims = {
        "sub": workspace_id,
        "type": _TYPE,
        "workspaceId": workspace_id,
        "iat": _seconds(issued_at),
        "exp": _seconds(expires_at),
        "jti": key_id,
    }
    signed = f"{_encoded(orjson.dumps(head))}.{_encoded(orjson.dumps(claims))}"
    parts = decode_dss_signature(ec.generate_private_key(ec.SECP256R1()).sign(signed.encode(), ec.ECDSA(SHA256())))
    return f"{signed}.{_encoded(b''.join(each.to_bytes(_COORDINATE, 'big') for each in parts))}"


def type_of(token: str) -> str | None:
    """What a token says that it is, "" where it says nothing that could be a key's; None for a text that is no JWT.  Nothing
    of it is believed."""
    claims = _claims(token)
    if not claims:
        return None
    return _TYPE if claims.get("type") == _TYPE and claims.get("workspaceId") else ""


def key_named_by(token: str) -> str:
    """The id of the key that a token says it is of, which may be untrue; "" where it names none."""
    named = _claims(token).get("jti")
    return named if isinstance(named, str) and _ID.fullmatch(named) else ""


def _claims(token: str) -> dict[str, Any]:
    """What a token says; nothing where it is no JWT."""
    if len(token) > LONGEST or not _FORM.fullmatch(token):
        return {}
    head, claims = (_decoded(each) for each in token.split(".")[:2])
    return claims if isinstance(head, dict) and isinstance(claims, dict) else {}


def _seconds(moment: str) -> int:
    return int(datetime.fromisoformat(moment).timestamp())


def _encoded(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).decode().rstrip("=")


def _decoded(text: str) -> Any:
    try:
        return orjson.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except ValueError:
        return None
