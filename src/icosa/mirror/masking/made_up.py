"""Made-up values: for one value and one salt always the same one, from which the value cannot be found again."""

import hmac
import re
from base64 import b32encode
from collections.abc import Sequence
from hashlib import sha256, shake_256
from typing import Any, TypeVar
from urllib.parse import urlsplit

from icosa.mirror.masking import words

T = TypeVar("T")

_EMAIL = re.compile(r"[^\s@,;<>\"]+@[^\s@,;<>\"]+")
_URL = re.compile(r"[a-z][a-z0-9+.-]*://\S+|www\.\S+", re.IGNORECASE)
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE)
_PLAIN_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,40}")
_NAME_LETTERS = 10  # of five bits each: two of a million names are the same once in two thousand workspaces
_BLOCKS = frozenset(
    ("paragraph", "heading", "bulletListItem", "numberedListItem", "checkListItem", "codeBlock", "table", "tableContent", "text", "link",
     "image", "video", "audio", "file")
)  # fmt: skip
"""What the editor of rich texts calls its blocks."""


class MadeUp:
    """What stands in the place of values, under one salt."""

    def __init__(self, salt: bytes) -> None:
        self._salt = salt

    def first_name(self, value: str) -> str:
        return self._pick("first", value, words.FIRST_NAMES) if value else ""

    def last_name(self, value: str) -> str:
        return self._pick("last", value, words.LAST_NAMES) if value else ""

    def full_name(self, value: str) -> str:
        """The name of a person: a first and a last name, so that "Ada Lovelace" is the same in any field."""
        first, _, last = value.strip().rpartition(" ")
        return f"{self.first_name(first)} {self.last_name(last)}".strip()

    def company(self, value: str) -> str:
        if not value:
            return ""
        one, other, trade = (self._pick(each, value, found) for each, found in _COMPANY_PARTS)
        return f"{one} & {other} {trade}" if one != other else f"{one} {trade}"

    def job_title(self, value: str) -> str:
        return self._pick("title", value, words.JOB_TITLES) if value else ""

    def city(self, value: str) -> str:
        return self._pick("city", value, words.PLACES)[0] if value else ""

    def domain(self, host: str) -> str:
        """One for each domain, whether it stands in a link or an e-mail address."""
        host = host.lower().removeprefix("www.")
        return f"{self._pick('host', host, words.COMPANIES).lower()}-{self._letters('domain', host)}.example.com" if host else ""

    def email(self, value: str) -> str:
        if not value:
            return ""
        name, _, host = value.strip().rpartition("@")
        who = f"{self._pick('first', name, words.FIRST_NAMES)}.{self._letters('email', value)}".lower()
        return f"{who}@{self.domain(host) or 'example.com'}"

    def url(self, value: str) -> str:
        if not value:
            return ""
        parts = urlsplit(value if "://" in value else f"//{value}")
        scheme = f"{parts.scheme}://" if parts.scheme else ""
        rest = value.partition(parts.netloc)[2].strip("/") if parts.netloc else value
        made = scheme + self.domain(parts.netloc.rpartition("@")[2].partition(":")[0] or value)
        return f"{made}/{self._letters('path', rest)}" if rest else made

    def phone(self, number: str, *, whole: bool) -> str:
        """A national number that nobody has; with `whole`, an international one."""
        drawn = self._number("phone", re.sub(r"\D", "", number))
        area = words.AREA_CODES[drawn % len(words.AREA_CODES)]
        return f"{'+1' if whole else ''}{area}55501{drawn // 1000 % 100:02d}"

    def address(self, values: dict[str, Any]) -> dict[str, Any]:
        """An address, in which what was empty is empty."""
        drawn = self._number("address", "\0".join(str(each) for each in values.values()))
        city, state, country, latitude, longitude = words.PLACES[drawn % len(words.PLACES)]
        made = {
            "addressStreet1": f"{drawn // 100 % 199 + 1} {words.STREETS[drawn // 10_000 % len(words.STREETS)]}",
            "addressStreet2": f"Room {drawn // 100_000 % 99 + 1}",
            "addressCity": city,
            "addressState": state,
            "addressPostcode": f"{drawn // 1_000_000 % 90_000 + 10_000}",
            "addressCountry": country,
            "addressLat": latitude,
            "addressLng": longitude,
        }
        return {name: made[name] if value not in (None, "") else value for name, value in values.items()}

    def text(self, value: str) -> str:
        """Any text: what it is is seen from it.  An id stays, because it leads to a record."""
        if _UUID.fullmatch(value.strip()):
            return value
        parts = re.split(r"([,;\s]+)", value)
        if all(_EMAIL.fullmatch(part) for part in parts[::2]):
            return "".join(self.email(part) if at % 2 == 0 else part for at, part in enumerate(parts))
        if _URL.fullmatch(value.strip()):
            return self.url(value.strip())
        return self.filler(value)

    def filler(self, value: str) -> str:
        """As many letters as the text has, in lines as long as its own."""
        return "\n".join(self._line(line) for line in value.split("\n"))

    def json(self, value: Any) -> Any:
        """JSON with the same numbers, and with texts and unusual keys replaced."""
        match value:
            case str():
                return self.text(value)
            case list():
                return [self.json(each) for each in value]
            case dict():
                return {
                    key if _PLAIN_KEY.fullmatch(key) else self.text(key): each if key == "type" and each in _BLOCKS else self.json(each)
                    for key, each in value.items()
                }
            case _:
                return value

    def _line(self, line: str) -> str:
        if not line.strip():
            return line
        drawn = shake_256(self._digest("text", line)).digest(len(line))
        made, length = "", 0
        pieces: list[str] = []
        for each in drawn:
            made = words.SYLLABLES[each % len(words.SYLLABLES)] + (" " if each >= 172 else "")
            pieces.append(made)
            length += len(made)
            if length >= len(line):
                break
        text = "".join(pieces)[: len(line)]
        return text[:1].upper() + text[1:-1] + (text[-1:].replace(" ", "n") if len(text) > 1 else "")

    def _pick(self, kind: str, value: str, among: Sequence[T]) -> T:
        return among[self._number(kind, value.strip().casefold()) % len(among)]

    def _letters(self, kind: str, value: str) -> str:
        return b32encode(self._digest(kind, value.strip().casefold())).decode()[:_NAME_LETTERS].lower()

    def _number(self, kind: str, value: str) -> int:
        return int.from_bytes(self._digest(kind, value)[:16])

    def _digest(self, kind: str, value: str) -> bytes:
        return hmac.digest(self._salt, f"{kind}\0{value}".encode("utf-8", "surrogatepass"), sha256)


_COMPANY_PARTS = (("one", words.COMPANIES), ("other", words.COMPANIES), ("trade", words.TRADES))
