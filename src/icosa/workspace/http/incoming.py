"""The request that is arriving on a connection, put together from what httptools finds in its bytes."""

from collections.abc import Callable
from enum import Enum
from typing import NamedTuple

from httptools import HttpParserError, HttpParserUpgrade, HttpRequestParser

from icosa.errors import InvalidQuery
from icosa.wire.message import Answer, Request
from icosa.wire.rest.faults import write_fault
from icosa.wire.version import DOCUMENTS
from icosa.workspace.http import exchange
from icosa.workspace.http.asgi import Exchange, RequestHead
from icosa.workspace.http.limits import Limits

_SMALL_BYTES = 4 * 1024
FED_BYTES = 16 * 1024
"""As many bytes are looked at in one go: a quarter of a megabyte can hold fifteen thousand requests."""


class Arrived(NamedTuple):
    """A request that has arrived.  `instead` is answered without asking the workspace; `head_only`: the body of the
    answer is not sent; `last`: the connection ends with it; `encoding` is how the body is packed; `call` is there where it is
    for pages, and comes before its body."""

    request: Request
    instead: Answer | None = None
    head_only: bool = False
    last: bool = False
    encoding: str = ""
    at_hand: bytes = b""
    asks_to_send: bytes = b""
    call: Exchange | None = None


_TO_PAGES = Request("", "")
_Read = tuple[bytes, bytes, str, str | None, Answer | None]
_DOCUMENTS = DOCUMENTS.encode()
_METHODS = {each.encode(): each for each in ("GET", "POST", "PATCH", "PUT", "DELETE", "HEAD", "OPTIONS")}
_HEEDED = frozenset(
    [
        b"authorization",
        b"user-agent",
        b"content-length",
        b"content-type",
        b"content-encoding",
        b"if-none-match",
        b"expect",
        b"access-control-request-headers",
        b"connection",
        b"proxy-connection",
    ]
)
_made = tuple.__new__
"""Makes a named tuple of all its values, in half the time that its own class takes."""


class ParseStage(Enum):
    NOTHING = 0
    HEAD = 1
    BODY = 2


NOTHING, HEAD, BODY = ParseStage
"""Names of the module: each request asks a dozen times, and to find a member by way of its class takes as long as a call."""


class Incoming:
    """Calls `arrived` with each request, in the order in which they come.  What does not begin with one of `api` is for
    pages.  `key_in_query` is whether a key may come in the query, and `scheme` how the server is
    reached."""

    def __init__(
        self,
        limits: Limits,
        arrived: Callable[[Arrived], None],
        api: tuple[bytes, ...] = (b"",),
        *,
        key_in_query: bool = True,
        scheme: str = "http",
    ) -> None:
        self.stage = NOTHING
        self._limits = limits
        self._api = api
        self._key_in_query, self._scheme = key_in_query, scheme
        self._begun = self.received = 0
        self._arrived = arrived
        self._parser = HttpRequestParser(self)
        self._read: _Read = b"", b"", "", None, None  # the last query and authorization, and what was made of them
        self.on_message_begin()
        self.stage = NOTHING

    def portion(self) -> int:
        """How many bytes the parser is to get in one go: little of heads, of which they may hold thousands, and all that is left
        of a body, which is one piece."""
        if self.stage is BODY and self.length is not None:
            return max(self.length - self.received, FED_BYTES)
        return FED_BYTES

    def feed(self, data: bytes) -> Answer | None:
        """Takes a portion of bytes.  What is returned is why nothing more can be read of them."""
        if self.stage is NOTHING and not data.isascii():
            data = exchange.escaped_first_line(data)
        fresh, received, self._begun = self.stage is NOTHING, self.received, 0
        try:
            self._parser.feed_data(data)
        except HttpParserUpgrade:  # it is answered as HTTP/1.1, and what follows is in another language
            return None
        except HttpParserError as error:
            return exchange.unreadable(error)
        if self.stage is not NOTHING:
            if self.received != received:
                self._aside = 0
            elif not self._begun or (fresh and self._begun == 1):  # else it began somewhere within these bytes
                self._aside += len(data)
            if self._aside > self._limits.head_bytes:
                return exchange.head_too_long(self._limits.head_bytes)
        if self.received > self._limits.body_bytes and self.call is None:
            return exchange.too_long(self._limits.body_bytes)
        return None

    # The parser calls these.

    def on_message_begin(self) -> None:
        self.stage = HEAD
        self._target = self._authorization = self._at_hand = self._asks_to_send = b""
        self._user_agent = self._encoding = self._asked_at = ""
        self._begun += 1
        self._head_bytes = 0
        self._aside = 0  # bytes since the last one of a body: a head, what stands beside chunks and after them
        self._body: list[bytes | bytearray] = []
        self.call: Exchange | None = None
        self.method = ""
        self.expects = self._form = self._says_how_it_ends = False
        self.length: int | None = None
        self.received = 0

    def on_url(self, url: bytes) -> None:
        self._target += url
        self._to_pages = not self._target.startswith(self._api)
        if self._to_pages:
            self._headers: list[tuple[bytes, bytes]] = []

    def on_header(self, name: bytes, value: bytes) -> None:
        if self.stage is BODY:  # after a body nobody says any more who asks and what for
            return
        self._head_bytes += len(name) + len(value)
        lowered = name.lower()
        if self._to_pages:
            self._headers.append((lowered, value))
        if lowered not in _HEEDED:
            if lowered == b"host" and self._target.find(_DOCUMENTS) >= 0:
                self._asked_at = exchange.read_origin(self._scheme, value)
            return
        match lowered:
            case b"authorization":
                self._authorization = value
            case b"user-agent":
                self._user_agent = value.decode("latin-1")
            case b"content-length":
                self.length = int(value)
            case b"content-type":
                self._form = exchange.is_form(value)
            case b"content-encoding":
                self._encoding = exchange.read_encoding(value)
            case b"if-none-match":
                self._at_hand = value
            case b"expect":
                self.expects = value.strip().lower() == b"100-continue"
            case b"access-control-request-headers":
                self._asks_to_send = value
            case b"connection" | b"proxy-connection":
                self._says_how_it_ends = True

    def on_headers_complete(self) -> None:
        self.stage = BODY
        method = self._parser.get_method()
        self.method = _METHODS.get(method) or method.decode("ascii")
        self.expects = self.expects and self._parser.get_http_version() != "1.0"
        if self._to_pages:
            self._begin_call()

    def _begin_call(self) -> None:
        """Has pages answer, whatever is there of the body, unless the head is too long, or only looked as if it were theirs."""
        path = exchange.read_path(self._target.partition(b"?")[0])
        if self._head_bytes + len(self._target) > self._limits.head_bytes or path.encode().startswith(self._api):
            return
        head = RequestHead(self.method, path, self._target, self._headers, self._parser.get_http_version())
        self.call = Exchange(head, self._is_last(), self.expects)
        self._arrived(Arrived(_TO_PAGES, call=self.call))

    def on_body(self, body: bytes) -> None:
        self.received += len(body)
        if self.call is not None:
            self.call.feed(body)
        elif self.received <= self._limits.body_bytes and self.method not in exchange.BODILESS:
            self._keep(body)

    def _keep(self, piece: bytes) -> None:
        """Keeps a piece of a body.  Small ones are gathered: of each on its own there would be ten times as much to keep."""
        last = self._body[-1] if self._body else b""
        if len(piece) >= _SMALL_BYTES or not self._body:
            self._body.append(piece)
        elif isinstance(last, bytearray) and len(last) < _SMALL_BYTES:
            last += piece
        else:
            self._body.append(bytearray(piece))

    def on_message_complete(self) -> None:
        self.stage = NOTHING
        if self.call is not None:
            self.call.end()
        else:
            self._arrived(self.asked())

    def asked(self) -> Arrived:
        """What has been read of the request."""
        raw, _, query = self._target.partition(b"?")
        if query != self._read[0] or self._authorization != self._read[1]:
            self._read = self._asked_by(query)
        _, _, text, token, instead = self._read
        if self._head_bytes + len(self._target) > self._limits.head_bytes:
            instead = exchange.head_too_long(self._limits.head_bytes)
        elif self.received > self._limits.body_bytes:
            instead = exchange.too_long(self._limits.body_bytes)
        method, head_only = self.method, False
        if method == "HEAD":
            method, head_only = "GET", True
        asked = method, exchange.read_path(raw), text, self._whole_body(), token, self._user_agent, "", self._form, self._asked_at
        last = self._is_last()
        return _made(Arrived, (_made(Request, asked), instead, head_only, last, self._encoding, self._at_hand, self._asks_to_send, None))

    def _whole_body(self) -> bytes:
        pieces = self._body
        if not pieces:
            return b""
        first = pieces[0]
        return first if len(pieces) == 1 and isinstance(first, bytes) else b"".join(pieces)

    def _is_last(self) -> bool:
        """One of HTTP/1.0 is the last: its clients know an answer's end by the connection's.  Unless a header says it, none of
        them stays, nor does any other become something else than HTTP, and the parser need not be asked for a text."""
        parser = self._parser
        if not parser.should_keep_alive():
            return True
        if self._says_how_it_ends and parser.get_http_version() == "1.0":
            return True
        return parser.should_upgrade()

    def _asked_by(self, query: bytes) -> _Read:
        """Query and key of the request, and why its query cannot be read.  Whoever polls asks the same again, and whoever looks
        up one record after the other asks alike, with the same key."""
        authorization = self._authorization
        try:
            text = exchange.read_query(query)
        except InvalidQuery as error:
            return query, authorization, "", None, write_fault(error)
        token = exchange.read_token(authorization.decode("latin-1"), text if self._key_in_query else "")
        return query, authorization, text, token, None

    def let_go(self) -> None:
        """Gives the memory of a body back that is of no more use."""
        self._body = []
