"""One connection: its requests are answered one after the other.

What costs next to nothing is answered in the very call that brought its last byte; the answer to a write may be taken by a call,
and all else becomes a task.  Whatever the other side is waited for has an end, `deadline`, by the clock of the front.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Coroutine
from functools import partial
from math import inf
from time import perf_counter
from typing import TYPE_CHECKING, Any, cast

from icosa.errors import Overloaded
from icosa.wire.message import Answer, Request
from icosa.wire.rest.faults import framework_fault, write_fault
from icosa.workspace.http import exchange
from icosa.workspace.http.asgi import Exchange
from icosa.workspace.http.incoming import BODY, FED_BYTES, HEAD, NOTHING, Arrived, Incoming
from icosa.workspace.waiting import WaitingAnswer

if TYPE_CHECKING:
    from icosa.workspace.http.front import Front

_COPIED_BYTES = 128 * 1024
"""Head and body are put together up to here; a longer body is not copied once more."""
_NO_REQUEST = Request("", "")


class Connection(asyncio.Protocol):
    """Made for each connection that is accepted."""

    _transport: asyncio.Transport

    def __init__(self, front: "Front") -> None:
        self.deadline = inf
        self._front = front
        self._incoming = Incoming(front.limits, self._arrived, front.api, key_in_query=front.key_in_query, scheme=front.scheme)
        self._waiting: deque[Arrived] = deque()
        self._unfed = b""  # what has come and was not looked at yet
        self._next: asyncio.Handle | None = None  # when it is this connection's turn again
        self._had_turn = False  # a request was answered in this turn
        self._half_closed = False  # the other side sends no more
        self._task: asyncio.Task[None] | None = None
        self._call: Exchange | None = None  # the pages that are answering
        self._busy = False  # an answer is being made, or it is being found out whether a body may come
        self._full = False  # the other side does not read its answers
        self._deaf = False  # what still comes is thrown away
        self._admitted = False  # the body may come
        self.holds_room = False
        self._closed = False
        self._began = 0.0

    # The event loop calls these.

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)  # uvloop's is one in all but name
        self.deadline = self._front.now + self._front.limits.first_seconds
        self._front.welcome(self)

    def connection_lost(self, error: Exception | None) -> None:
        self._let_go()
        self._front.freed(self)

    def data_received(self, data: bytes) -> None:
        if self._deaf:
            return
        self._unfed = self._unfed + data if self._unfed else data
        if self._next is None and not self._waiting:
            self._had_turn = False
            self._feed()
            if self._waiting or self._unfed:
                self._take_turns()

    def eof_received(self) -> bool:
        """Whether the connection stays open: for as long as answers are owed."""
        self._half_closed = True
        if self._call is not None and not self._call.whole:
            self._call.leave()
        return self._busy or self._full or self._has_more

    def pause_writing(self) -> None:
        self._full = True
        self._transport.pause_reading()
        self.deadline = self._front.now + self._front.limits.time_for(self.unread)
        self._front.reads_slowly(self)

    def resume_writing(self) -> None:
        self._full = False
        self._front.reads_again(self)
        if self._call is not None:
            self._time(self._call)
            self._call.wake()
        elif not self._closed:
            self._go_on()

    # The front calls these.

    @property
    def unread(self) -> int:
        """How many bytes of answers wait for the other side to read them."""
        return self._transport.get_write_buffer_size()

    @property
    def idle(self) -> bool:
        return self._incoming.stage is NOTHING and not (self._busy or self._full or self._has_more or self._deaf)

    @property
    def unfinished(self) -> bool:
        return self._incoming.stage is BODY

    def cut(self) -> None:
        """Ends it at once, whatever is lost with it."""
        self._front.frees(self, self.unread)
        self._transport.abort()
        self._let_go()

    def close(self) -> None:
        """Ends it once what was answered is read."""
        self._closed = self._deaf = True
        self.deadline = self._front.now + self._front.limits.time_for(self.unread)
        self._transport.close()

    def turn_away(self) -> None:
        """Says that there are too many connections."""
        self._refuse(write_fault(Overloaded("too many connections are open; try again in a moment")))

    def expire(self) -> None:
        """Ends what has taken too long."""
        if self._deaf or self._full or (self._call is not None and not self._call.whole):
            self.cut()
        elif self._call is not None:
            self.deadline = inf
        elif self._incoming.stage is NOTHING:
            self.close()
        else:
            self._refuse(framework_fault(408, "the request did not arrive in time; send it again, in smaller batches", "Request Timeout"))

    def stop(self) -> None:
        """Ends as soon as what has arrived is answered."""
        if self.idle:
            self.close()
        elif not (self._busy or self._full) or (self._call is not None and not self._call.whole):
            self.deadline = min(self.deadline, self._front.now + self._front.limits.half_sent_seconds)

    @property
    def _has_more(self) -> bool:
        """Whether more has come than was answered in its turn."""
        return bool(self._waiting or self._unfed)

    @property
    def _occupied(self) -> bool:
        """Whether what comes next has to wait, or will not be answered at all."""
        return self._busy or self._full or self._closed

    # Pages call these.

    @property
    def is_full(self) -> bool:
        """Whether the other side does not read what was written."""
        return self._full

    @property
    def date(self) -> bytes:
        return self._front.date

    @property
    def ends(self) -> bool:
        """Whether it ends with the next answer."""
        return (self._front.stopping or self._half_closed) and not self._has_more

    def read_on(self) -> None:
        """Has more of a body come."""
        if self._unfed and not self._deaf:
            self._feed()
        elif not self._full:
            self._transport.resume_reading()

    def answered(self, call: Exchange) -> None:
        """The answer of pages is written to its end."""
        self._call, self._busy = None, False
        if self._front.watch is not None:
            self._front.watch.end_page(self._began, call)
        if not call.whole:  # nobody wants the rest
            self._deaf, self._unfed = True, b""
        self._answered(call.last)
        self._next = self._next or asyncio.get_running_loop().call_soon(self._go_on)

    # A request's way.

    def _feed(self) -> None:
        """Looks at a portion of what has come."""
        incoming, portion = self._incoming, self._unfed
        before, self._unfed = incoming.stage, b""
        if len(portion) > FED_BYTES:
            size = incoming.portion()
            portion, self._unfed = portion[:size], portion[size:]
        refusal = incoming.feed(portion)
        stage = incoming.stage
        if refusal is not None:
            self._refuse(refusal)
        elif stage is BODY:
            self._look_at_body()
        elif stage is HEAD and before is not HEAD and not self._busy:
            self.deadline = self._front.now + self._front.limits.first_seconds

    def _take_turns(self) -> None:
        """Where there is more to do than one request at a time: others have their turn between any two."""
        if (self._waiting or self._unfed) and self._next is None and not self._closed:
            self._transport.pause_reading()
            self._next = asyncio.get_running_loop().call_soon(self._go_on)

    def _look_at_body(self) -> None:
        """Where a head is there and its body is not: finds out whether it may come, before any more of it is read."""
        call = self._incoming.call
        if call is not None:
            if call.is_full:
                self._transport.pause_reading()
            return
        if self._admitted:
            return
        self._transport.pause_reading()
        if not (self._busy or self._full or self._waiting):
            self._admitted = True
            self._begin(self._admit())

    async def _admit(self) -> None:
        incoming, front = self._incoming, self._front
        size = front.limits.body_bytes if incoming.length is None else incoming.length
        refusal = None
        if incoming.method not in exchange.BODILESS:  # of such a one nothing is kept
            refusal = await front.refuses(incoming.asked().request, size) or await front.make_room(self, size)
        self._busy = False
        if self._closed:
            front.bodies.give_back(self)
        elif refusal is not None:
            self._refuse(refusal)
        elif self._half_closed and not self._unfed:  # its rest will never come
            self.cut()
        else:
            if incoming.expects:
                self._transport.write(b"HTTP/1.1 100 Continue\r\n\r\n")
            self.deadline = front.now + front.limits.time_for(size)
            self._go_on()

    def _arrived(self, asked: Arrived) -> None:
        self._admitted = False
        if self._busy or self._full or self._waiting or self._had_turn:
            self._waiting.append(asked)
        else:
            self._answer(asked)

    def _answer(self, asked: Arrived) -> None:
        request, instead, _, last, encoding, _, asks_to_send, call = asked
        if call is not None:
            self._show(call)
            return
        self._had_turn, front = True, self._front
        if request.method == "OPTIONS":
            self._transport.write(exchange.preflight_head(asks_to_send, front.date))
            self._answered(last)
            return
        if front.note is not None:
            self._began = perf_counter()
        answer = instead or (front.unpacked(self, asked) if encoding and request.body else front.begin(request))
        if isinstance(answer, Answer):
            self._send(asked, answer)
        elif isinstance(answer, WaitingAnswer):
            self._busy, self.deadline = True, inf
            answer.when_done(partial(self._take, asked, answer))
        else:
            self._begin(self._send_later(asked, answer))

    def _show(self, call: Exchange) -> None:
        """Has pages answer, which may begin before the body is there."""
        self._had_turn, self._call = True, call
        if self._front.note is not None:
            self._began = perf_counter()
        self._begin(call.run(self._front.pages, self, self._transport))
        self._time(call)

    def _time(self, call: Exchange) -> None:
        """Waits for the rest of a body no longer than it may take."""
        limits, size = self._front.limits, self._incoming.length
        self.deadline = inf if call.whole else self._front.now + limits.time_for(limits.upload_bytes if size is None else size)

    async def _send_later(self, asked: Arrived, answer: Awaitable[Answer]) -> None:
        try:
            made = await answer
        except Exception as error:  # a mistake of ours: whoever asked still gets an answer that can be read
            made = exchange.broken(asked.request, error)
        self._take(asked, answer, made)

    def _take(self, asked: Arrived, answer: Awaitable[Answer], made: Answer | None) -> None:
        """Sends what was made; where that is nothing yet, the answer is to be awaited."""
        if made is None:
            self._begin(self._send_later(asked, answer))
            return
        self._busy = False
        if not self._closed:
            self._send(asked, made)
            self._go_on()

    def _send(self, asked: Arrived, answer: Answer) -> None:
        front = self._front
        request, _, head_only, last, _, at_hand, _, _ = asked
        if at_hand and answer.headers:
            answer = exchange.unless_at_hand(answer, at_hand)
        status, body, headers = answer
        note = front.note
        if note is not None:
            method, path, query, _, token, _, _, _, _ = request
            ended = perf_counter()
            note((ended, ended - self._began, method, path, query, token, status, len(body), headers))
        if front.stopping or self._half_closed:
            last = last or self.ends
        if head_only:
            self._transport.write(exchange.head(answer, front.date, last))
        elif len(body) <= _COPIED_BYTES:
            self._transport.write(exchange.head(answer, front.date, last, body))
        else:
            self._transport.writelines((exchange.head(answer, front.date, last), body))
        self._answered(last)

    def _answered(self, last: bool) -> None:
        if self.holds_room:
            self.holds_room = False
            self._front.bodies.give_back(self)
        if last:
            if self._deaf:
                self._linger()
            else:
                self.close()
        elif not self._full:
            self.deadline = self._front.now + self._front.limits.idle_seconds

    def _go_on(self) -> None:
        """Answers one that waits for its turn, or takes in more; reads on where nothing of it is left."""
        self._next, self._had_turn = None, False
        if self._unfed and self._call is not None and not (self._call.whole or self._call.is_full or self._deaf):
            self._feed()
            self._take_turns()
        if self._occupied:
            return
        if self._waiting:
            self._answer(self._waiting.popleft())
        elif self._unfed:
            self._feed()
        else:
            self._read_on()
            return
        if not self._occupied:
            self._next = asyncio.get_running_loop().call_soon(self._go_on)

    def _read_on(self) -> None:
        stage = self._incoming.stage
        if self._half_closed and not self._deaf:
            self.close()
            return
        self._transport.resume_reading()
        if stage is HEAD:
            self.deadline = self._front.now + self._front.limits.first_seconds
        elif stage is BODY:
            self._look_at_body()
        if self._front.stopping:
            self.stop()

    def _refuse(self, answer: Answer) -> None:
        """Answers in place of a request that is not read to its end."""
        self._deaf, self._unfed = True, b""
        if self._call is not None and not self._call.whole:
            self._call.leave()
        asked = Arrived(_NO_REQUEST, answer, last=True)
        if self._busy or self._full or self._waiting:
            self._waiting.append(asked)
        else:
            self._answer(asked)

    def _linger(self) -> None:
        """Lets the refusal arrive: a connection that is closed while the other side still sends is reset, and takes what
        was not read yet along."""
        if self._transport.can_write_eof():
            self._transport.write_eof()
        self._incoming.let_go()
        self._transport.resume_reading()
        self.deadline = self._front.now + self._front.limits.linger_seconds

    def _let_go(self) -> None:
        self._closed = self._deaf = True
        if self._call is not None:
            self._call.leave()
        self._waiting.clear()
        self._unfed = b""
        self._incoming.let_go()
        self._front.forget(self)

    def _begin(self, work: Coroutine[Any, Any, None]) -> None:
        self._busy, self.deadline = True, inf
        self._task = asyncio.get_running_loop().create_task(work)
