"""Sends requests so that each is done, and done once.

Reads go again until they are answered.  A write goes again where it is sure that nothing was done; where
it may have been done, it is looked at first, and what is there settles it (`settling`).
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from icosa.call.response import read
from icosa.client.sending.outage import Outage
from icosa.client.sending.outcome import Outcome, Verdict
from icosa.client.sending.recent import Recent
from icosa.client.sending.retries import VARIABLE, Patience, Retries
from icosa.client.sending.work import Work
from icosa.client.transport.flow import Flow, T, Wait
from icosa.errors import IcosaError, RateLimited, RecordExists
from icosa.secret import Secret
from icosa.wire.actions import OPEN_API_SCHEMA, Action
from icosa.wire.message import Answer, Request
from icosa.wire.rest.faults import is_something_taken

if TYPE_CHECKING:
    from icosa.client.sending.pace import Pace
    from icosa.client.sending.settling import Doubt

ONCE = Retries(seconds=0, limited=0)
_MORE = f"retries= in Python, or {VARIABLE}, says for how long"


@dataclass(frozen=True)
class Sender:
    """Sends each request of one workspace until it is done, and a write no more than once.

    A read that fails is sent again.  A write whose answer was lost is looked for instead: is it there, it is done; is it
    not, it goes again; can nobody say, the error says so.  `token` is what no error may show; `pace` is None for a
    workspace in this process, which is never asked twice either.
    """

    token: Secret | None = None
    retries: Retries = ONCE
    pace: Pace | None = None
    clock: Callable[[], float] = time.monotonic
    outage: Outage = field(default_factory=Outage)
    recent: Recent = field(default_factory=Recent)

    def reading(self, action: Action, request: Request, patience: Patience | None = None) -> Flow[Outcome]:
        """The outcome of a request that changes nothing: one with a payload.  Raises any other.  With a `patience` it
        is tried within what is left of that."""
        patience = patience or Patience(self.retries, self.clock)
        before = patience.tried
        while True:
            outcome, _ = yield from self._once(action, request, patience)
            if outcome.error is None:
                if patience.tried > before:
                    _log_end(action, outcome, patience)
                return self._remembered(action, outcome)
            if not outcome.readable_again or not (yield from self._again(action, patience, outcome)):
                raise _tried(outcome, patience, action)

    def writing(self, work: Work) -> Flow[Outcome]:
        """The outcome of a write: one with a payload.  Raises any other.

        An error whose verdict is not certain says what was found when it was looked at.
        """
        from icosa.client.sending.settling import Doubt  # here: reads are not settled

        patience = Patience(self.retries, self.clock)
        seen = self.recent.seen(work)
        doubt: Doubt | None = None
        while True:
            outcome, _ = yield from self._once(work.action, work.request, patience)
            if outcome.error is None:
                return self._ended(work, outcome, patience)
            if outcome.verdict is Verdict.UNKNOWN or _came_twice(work, outcome):
                doubt = doubt or Doubt(outcome.error, patience, seen)
            if doubt is None and outcome.verdict is Verdict.REFUSED:
                _log_end(work.action, outcome, patience)
                raise outcome.error
            if self.retries.lasts(outcome.trouble) == 0:
                raise _named(outcome.error, work)
            again = outcome.verdict is not Verdict.REFUSED and (yield from self._again(work.action, patience, outcome))
            if doubt is not None:
                found = yield from self._settled(work, doubt, patience)
                if found is not None:
                    return self._ended(work, found, patience)
            if not again:
                raise _tried(outcome, patience, work.action)

    def _ended(self, work: Work, outcome: Outcome, patience: Patience) -> Outcome:
        from icosa.client.sending import log  # here: see _once

        log.ended(work.action, outcome, patience)
        log.noticed(work.action, outcome)
        return self._remembered(work.action, outcome)

    def _remembered(self, action: Action, outcome: Outcome) -> Outcome:
        if not self.retries.once:
            self.recent.remember(action, outcome.payload)
        return outcome

    def _settled(self, work: Work, doubt: Doubt, patience: Patience) -> Flow[Outcome | None]:
        """What is there of a write whose answer was lost, looked at within what is left of the time for it."""
        from icosa.client.sending.settling import settled  # here: see writing

        try:
            found = yield from settled(work, doubt, lambda action, request: self.reading(action, request, patience))
        except IcosaError as error:
            raise _with_tries(error, patience) from None
        from icosa.client.sending import log  # here: see _once

        log.found(work.action, found is not None)
        return found

    def through(self, flow: Flow[T]) -> Flow[T]:
        """A flow all of whose requests are reads, each sent again where it has to be."""
        try:
            pending = next(flow)
            while True:
                if isinstance(pending, Wait):
                    pending = flow.send((yield pending))
                    continue
                patience = Patience(self.retries, self.clock)
                while True:
                    outcome, answer = yield from self._once(OPEN_API_SCHEMA, pending, patience)
                    if not outcome.readable_again or not (yield from self._again(OPEN_API_SCHEMA, patience, outcome)):
                        break
                if answer is None and outcome.error is not None:
                    pending = flow.throw(_tried(outcome, patience, OPEN_API_SCHEMA))
                elif answer is not None:
                    pending = flow.send(answer)
        except StopIteration as end:
            result: T = end.value
            return result

    def _once(self, action: Action, request: Request, patience: Patience) -> Flow[tuple[Outcome, Answer | None]]:
        """What came of sending a request once, and the answer itself where one came."""
        if self.pace is not None and (wait := self.pace.take()) > 0:
            from icosa.client.sending import log  # here: see below

            patience.hold(wait)
            log.held(action, wait, self.pace.reason)
            yield Wait(wait)
        begun = self.clock()
        answer: Answer | None = None
        try:
            answer = yield request
            if self.pace is not None:
                self.pace.took(self.clock() - begun)
            outcome = Outcome(read(action, request, answer, self.token), None, answer.status, answer.headers)
        except IcosaError as error:
            outcome = Outcome(None, error, answer.status, answer.headers) if answer is not None else Outcome(error=error)
        if "logging" in sys.modules:  # whoever listens has loaded it; to load it for nobody takes longer than to read a page
            from icosa.client.sending import log

            log.sent(action, outcome, answer, self.clock() - begun)
        return outcome, answer

    def _again(self, action: Action, patience: Patience, outcome: Outcome) -> Flow[bool]:
        """Wait as long as is due before the next sending; whether there is to be one."""
        wait = patience.wait(outcome.trouble, outcome.retry_after)
        if isinstance(outcome.error, RateLimited) and self.pace is not None:
            # All who use the key wait.  Where nobody is told for how long, only this request does.
            self.pace.refused(outcome.retry_after or 0.0)
        if wait is None:
            return False
        from icosa.client.sending import log  # here: see _once

        self.outage.waits(outcome, patience, wait)
        log.again(action, outcome, patience, wait)
        yield Wait(wait)
        return True


def _log_end(action: Action, outcome: Outcome, patience: Patience) -> None:
    from icosa.client.sending import log  # here: see _once

    log.ended(action, outcome, patience)


def _came_twice(work: Work, outcome: Outcome) -> bool:
    """Whether an id that was made for this write is taken, or may be: something on the way has sent it twice."""
    return work.ids_are_new and (
        isinstance(outcome.error, RecordExists) or (outcome.error is not None and is_something_taken(outcome.error))
    )


def _tried(outcome: Outcome, patience: Patience, action: Action) -> IcosaError:
    """The error that a request ends with; where it is given up, with for how long it was tried."""
    assert outcome.error is not None
    _log_end(action, outcome, patience)
    if not outcome.failed:
        return outcome.error
    asked = outcome.retry_after or 0.0
    if not patience.policy.once and asked > patience.policy.asked:
        outcome.error.add_note(
            f"The server wants to be left alone for {asked:.0f} s, and {patience.policy.asked:.0f} are allowed; {_MORE}."
        )
    return _with_tries(outcome.error, patience)


def _with_tries(error: IcosaError, patience: Patience) -> IcosaError:
    """With how long it was tried for, where it was."""
    if patience.tried > 1:
        error.add_note(f"It was tried for {patience.failing:.{0 if patience.failing >= 10 else 1}f} s, {patience.tried} times; {_MORE}.")
    return error


def _named(error: IcosaError, work: Work) -> IcosaError:
    if work.ids_are_new and len(work.ids) == 1:
        error.add_note(f"If it was done all the same, the record has the id {work.ids[0]}.")
    return error
