"""EMAILS: a first address, kept in lower case, and more of them, each of which has to be one."""

import re
from typing import Any

from icosa.catalogue.characters import visible
from icosa.catalogue.field_types import emails as first
from icosa.catalogue.field_types.generation_2.checking import inspected, second_composite
from icosa.catalogue.field_types.type import Values
from icosa.catalogue.kinds import shown
from icosa.errors import InvalidValue

_LONGEST = 320  # characters: 64 before the @, 255 behind it
_PLAIN = re.compile(r"[a-z0-9._+-]++@(?:[a-z0-9]++(?:-++[a-z0-9]++)*\.)+[a-z0-9]++")
"""An address that is stored as it is: nearly all that there are."""
_ADDRESS = re.compile(r"[^\s@<>()\[\],;:\"\\]+@(?:[\w](?:[\w-]*[\w])?\.)+[\w](?:[\w-]*[\w])?")


def _read(values: Values, path: str) -> Values:
    primary = values.get("primaryEmail")
    if primary is not None and not _is_plain(primary):
        values["primaryEmail"] = _address(primary, f"{path}.primaryEmail")
    more = values.get("additionalEmails")
    if more is not None:
        where = f"{path}.additionalEmails"
        if not isinstance(more, list):
            raise InvalidValue(where, f'{shown(more)} is not a list; send one such as ["ada@example.com"]', legacy=_wording(more, where))
        values["additionalEmails"] = [each for each in (_address(item, where) for item in more) if each]
    return values


def _is_plain(value: Any) -> bool:
    return value.__class__ is str and len(value) <= _LONGEST and _PLAIN.fullmatch(value) is not None


def _address(value: Any, path: str) -> str:
    """An address as it is stored, "" where there is none."""
    if not isinstance(value, str):
        raise InvalidValue(path, f"{shown(value)} is not a text; send an address such as ada@example.com", legacy=_wording(value, path))
    address = visible(value).strip().lower()
    if address and (len(address) > _LONGEST or not _ADDRESS.fullmatch(address)):
        raise InvalidValue(path, f"{shown(value)} is not an e-mail address; send one such as ada@example.com", legacy=_wording(value, path))
    return address


def _wording(value: Any, path: str) -> str:
    return f'Invalid string value {inspected(value)} for email field "{path}"'


EMAILS = second_composite(first.EMAILS, read=_read)
