"""What HTTP says of a request and of an answer, made what the workspace takes and gives.  No input, no output."""

import logging
import re
import traceback
import zlib
from functools import lru_cache
from http import HTTPStatus
from time import gmtime
from urllib.parse import parse_qs, unquote_to_bytes

from icosa.errors import InvalidQuery, ServerBroken
from icosa.wire.message import Answer, Request
from icosa.wire.rest.faults import framework_fault, write_fault
from icosa.wire.rest.form import MEDIA_TYPE
from icosa.workspace.http.limits import MAX_BODY_BYTES, MB

Headers = list[tuple[bytes, bytes]]

BODILESS = frozenset({"GET", "HEAD", "DELETE", "OPTIONS"})
JSON = (b"content-type", b"application/json; charset=utf-8")
ANY_ORIGIN = (b"access-control-allow-origin", b"*")
_EXPOSED = (b"access-control-expose-headers", b"Icosa-Error,Icosa-Notice,ETag,Retry-After")
_ALLOWED = b"Authorization,Content-Type"
_HEADER_NAMES = re.compile(rb"[A-Za-z0-9!#$%&'*+.^_`|~, -]{1,1000}")
_HOST = re.compile(rb"(?:[A-Za-z0-9][A-Za-z0-9._-]{0,252}|\[[0-9a-fA-F:.]{2,45}\])(?::[0-9]{1,5})?")
_ENCODINGS = {"gzip": 31, "x-gzip": 31, "deflate": 15}
_log = logging.getLogger("icosa")


def read_path(raw: bytes) -> str:
    """The path of a request as people write it."""
    return (raw if raw.find(b"%") < 0 else unquote_to_bytes(raw)).decode("utf-8", "replace")  # `in` takes four times as long


def read_query(raw: bytes) -> str:
    """The query of a request, still in URL form.  Raw UTF-8 in it is read, though a URL should not hold any.
    Raises InvalidQuery where it is no UTF-8."""
    try:
        return raw.decode("ascii" if raw.isascii() else "utf-8")
    except UnicodeDecodeError as error:
        raise InvalidQuery(
            f"the query of the URL holds a byte (0x{raw[error.start]:02x}, at {error.start + 1}) that is no UTF-8; "
            "send text as UTF-8, and each byte beyond ASCII as %XX"
        ) from None


def read_token(authorization: str, query: str) -> str | None:
    """The key that a request brings: a bearer token, or one in the query."""
    scheme, _, token = authorization.partition(" ")
    if scheme.lower() != "bearer":
        token = parse_qs(query).get("token", [""])[0] if "token=" in query else ""
    return token.strip() or None


def preflight(asked: bytes) -> Headers:
    """The headers that let a browser send what it asks for."""
    allowed = asked if _HEADER_NAMES.fullmatch(asked) else _ALLOWED
    methods = (b"access-control-allow-methods", b"GET,HEAD,PUT,PATCH,POST,DELETE")
    return [ANY_ORIGIN, methods, (b"access-control-allow-headers", allowed), (b"content-length", b"0")]


def own_headers(answer: Answer) -> Headers:
    """The headers that only this answer has."""
    return [*((name.lower().encode(), value.encode("latin-1", "replace")) for name, value in answer.headers), _EXPOSED]


def unless_at_hand(answer: Answer, asked: bytes) -> Answer:
    """The answer, or that nothing has changed where the caller has this very one (RFC 9110, If-None-Match)."""
    etag = next((value for name, value in answer.headers if name == "ETag"), None)
    if etag is None or etag.removeprefix("W/") not in [each.strip().removeprefix("W/") for each in asked.decode("latin-1").split(",")]:
        return answer
    return Answer(304, b"", answer.headers)


def read_origin(scheme: str, host: bytes) -> str:
    """The address that a caller has of this server, by the Host that it sent; "" where that is none."""
    return f"{scheme}://{host.decode('ascii')}" if _HOST.fullmatch(host) else ""


def is_form(content_type: bytes) -> bool:
    """Whether a body is what a web form sends, by its Content-Type."""
    return content_type.partition(b";")[0].strip().lower() == MEDIA_TYPE.encode()


def read_encoding(value: bytes) -> str:
    """How a body is packed, by its Content-Encoding; "" where it is not."""
    encoding = value.decode("latin-1").strip().lower()
    return "" if encoding == "identity" else encoding


def escaped_first_line(data: bytes) -> bytes:
    """The bytes with those beyond ASCII in the first line as %XX, where the line is whole: there stands a URL as
    somebody typed it, and the parser takes no such byte."""
    line, end, rest = data.partition(b"\n")
    if not end or line.isascii():
        return data
    return b"".join(b"%%%02X" % each if each > 127 else b"%c" % each for each in line) + end + rest


def unreadable(error: BaseException) -> Answer:
    """The answer to what is no HTTP."""
    text = f"this is no HTTP request that can be read here ({str(error)[:200]}); in a URL, write a blank as %20"
    return framework_fault(400, text, "Bad Request")


def head_too_long(limit: int) -> Answer:
    """The answer to a URL and headers that are longer than is read."""
    text = f"the URL and the headers of the request are longer than {limit // 1024} kB together; ask for less at a time"
    return framework_fault(431, text, "Request Header Fields Too Large")


def unpacked(body: bytes, encoding: str, limit: int = MAX_BODY_BYTES) -> bytes | Answer:
    """A body as it was before it was packed, or why it is not read.  It is never unpacked beyond the limit."""
    window = _ENCODINGS.get(encoding)
    if window is None:
        return _unsupported(f"a body packed as {encoding[:50]!r} is not read here; send it plain, or packed as gzip or deflate")
    packed = zlib.decompressobj(window)
    try:
        text = packed.decompress(body, limit + 1)
    except zlib.error:
        return framework_fault(400, f"the body is not {encoding}, as its Content-Encoding says; send it plain, or packed so", "Bad Request")
    if len(text) > limit:
        return too_long(limit)
    if not packed.eof or packed.unused_data:
        what = "goes on after its end" if packed.eof else "ends too early"
        return framework_fault(400, f"the body's {encoding} {what}; pack it anew", "Bad Request")
    return text


def _unsupported(text: str) -> Answer:
    return framework_fault(415, text, "Unsupported Media Type", (("Accept-Encoding", "gzip, deflate"),))


def too_long(limit: int = MAX_BODY_BYTES) -> Answer:
    """The answer to a body that is longer than is read."""
    size = f"{limit // MB} MB" if limit >= MB else f"{limit:,} bytes"
    return framework_fault(413, f"the body is longer than {size}; send smaller batches", "Payload Too Large")


def broken(request: Request, error: Exception) -> Answer:
    """The answer to a request at which the workspace failed.  The log tells where, and not the error's own words,
    which may hold what was sent."""
    where = "".join(traceback.format_tb(error.__traceback__))
    path = request.path[:200].encode("unicode_escape").decode()  # a line break in it would look like a line of the log
    _log.error("%s %s failed with %s at\n%s", request.method, path, type(error).__name__, where)
    return write_fault(ServerBroken("the workspace failed at this request, which is a mistake in Icosa; the server's log tells where"))


def head(answer: Answer, date: bytes, last: bool, body: bytes = b"") -> bytes:
    """The head of an answer as HTTP/1.1 has it, to the empty line, and what of the body is to be sent with it.  `date` is a
    whole header line."""
    status, whole, headers = answer
    first, own = _BEGINNINGS.get(status) or _beginning(status), b""
    if len(headers) == 1 and headers[0][0] == "ETag" and status == 200 and not last:  # as nearly all of a newer version: in one piece
        return b"".join((first, date, b"etag: ", headers[0][1].encode(), _BEHIND_TAG % len(whole), body))
    for name, value in headers:
        before = _before_value(name)
        own = b"".join((own, before, value.encode("latin-1", "replace"), b"\r\n"))
        if before == _CONTENT_TYPE:
            first = first.replace(_JSON_LINE, b"")
    if headers:
        own += _EXPOSED_LINE
    length = b"" if status == 304 else b"content-length: %d\r\n" % len(whole)
    return b"".join((first, date, own, length, b"connection: close\r\n\r\n" if last else b"\r\n", body))


@lru_cache(maxsize=64)
def _before_value(name: str) -> bytes:
    return f"{name.lower()}: ".encode()


def preflight_head(asked: bytes, date: bytes) -> bytes:
    """The whole answer to an OPTIONS request."""
    return b"".join((b"HTTP/1.1 204 No Content\r\n", date, *(b"%b: %b\r\n" % each for each in preflight(asked)), b"\r\n"))


def _beginning(status: int) -> bytes:
    common = b"".join(b"%b: %b\r\n" % each for each in (JSON, ANY_ORIGIN))
    return f"HTTP/1.1 {status} {HTTPStatus(status).phrase}\r\n".encode() + common


_EXPOSED_LINE = b"%b: %b\r\n" % _EXPOSED
_JSON_LINE = b"%b: %b\r\n" % JSON
_BEHIND_TAG = b"\r\n" + _EXPOSED_LINE + b"content-length: %d\r\n\r\n"
_CONTENT_TYPE = b"%b: " % JSON[0]
_BEGINNINGS = {each: _beginning(each) for each in (200, 201, 400)}


_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def date_text(seconds: float) -> str:
    """A moment, in seconds since 1970, as HTTP writes it (RFC 9110, 5.6.7), in English whatever the system speaks."""
    year, month, day, hour, minute, second, weekday, *_ = gmtime(seconds)
    return f"{_DAYS[weekday]}, {day:02} {_MONTHS[month - 1]} {year:04} {hour:02}:{minute:02}:{second:02} GMT"
