"""Sends requests so that each is done, and done once.

Reads go again until they are answered.  A write goes again where it is sure that nothing was done; where
it may have been done, it is looked at first, and what is there settles it (`settling`).
"""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from icosa.catalogue.actions import OPEN_API_SCHEMA, Action
from icosa.client.response import read
from icosa.client.sending.outcome import Outcome, Verdict
from icosa.client.sending.pace import Pace
from icosa.client.sending.retries import Patience, Retries
from icosa.client.sending.settling import Doubt, Looking, Work, settled
from icosa.client.steps import Steps, T, Wait
from icosa.errors import IcosaError, RateLimited, RecordExists
from icosa.secret import Secret
from icosa.wire.faults import is_something_taken
from icosa.wire.message import Answer, Request

ONCE = Retries(attempts=1)

_LOG = logging.getLogger("icosa")
_TOLD_SECONDS = 1.0


def _level(wait: float) -> int:
    """Who wonders why a program stands still looks at what is told to be of interest; short waits are for debugging."""
    return logging.INFO if wait >= _TOLD_SECONDS else logging.DEBUG


@dataclass(frozen=True)
class Sender:
    """The way to one workspace.  `token` is what no error may show; `pace` is None for a workspace in this
    process, which is never asked twice either."""

    token: Secret | None = None
    retries: Retries = ONCE
    pace: Pace | None = None
    clock: Callable[[], float] = time.monotonic

    def reading(self, action: Action, request: Request, within: float | None = None) -> Steps[Outcome]:
        """The outcome of a request that changes nothing: one with a payload.  Raises any other.  It is tried
        for so many seconds, where they are fewer than the policy has."""
        policy = self.retries if within is None else replace(self.retries, total=max(min(within, self.retries.total), 0.0))
        patience = Patience(policy, self.clock)
        while True:
            outcome, _ = yield from self._once(action, request, patience)
            if outcome.error is None:
                return outcome
            if not outcome.readable_again or not (yield from self._again(patience, outcome)):
                raise _tried(outcome.error, patience)

    def writing(self, work: Work) -> Steps[Outcome]:
        """The outcome of a write: one with a payload.  Raises any other.

        An error whose verdict is not certain says what was found when it was looked at.
        """
        patience = Patience(self.retries, self.clock)
        doubt: Doubt | None = None
        while True:
            outcome, _ = yield from self._once(work.action, work.request, patience)
            if outcome.error is None:
                return outcome
            if outcome.verdict is Verdict.UNKNOWN or _came_twice(work, outcome):
                doubt = doubt or Doubt(outcome.error, patience)
            if doubt is None and outcome.verdict is Verdict.REFUSED:
                raise outcome.error
            if self.retries.attempts == 1:
                raise _named(outcome.error, work)
            again = outcome.verdict is not Verdict.REFUSED and (yield from self._again(patience, outcome))
            if doubt is not None:
                found = yield from settled(work, doubt, self._looking(patience))
                if found is not None:
                    return found
            if not again:
                raise _tried(outcome.error, patience)

    def _looking(self, patience: Patience) -> Looking:
        """Reads within what is left of the time for a write."""
        return lambda action, request: self.reading(action, request, self.retries.total - patience.spent)

    def through(self, steps: Steps[T]) -> Steps[T]:
        """Steps all of whose requests are reads, each sent again where it has to be."""
        try:
            step = next(steps)
            while True:
                if isinstance(step, Wait):
                    step = steps.send((yield step))
                    continue
                patience = Patience(self.retries, self.clock)
                while True:
                    outcome, answer = yield from self._once(OPEN_API_SCHEMA, step, patience)
                    if not outcome.readable_again or not (yield from self._again(patience, outcome)):
                        break
                if answer is None and outcome.error is not None:
                    step = steps.throw(_tried(outcome.error, patience))
                elif answer is not None:
                    step = steps.send(answer)
        except StopIteration as end:
            result: T = end.value
            return result

    def _once(self, action: Action, request: Request, patience: Patience) -> Steps[tuple[Outcome, Answer | None]]:
        """What came of sending a request once, and the answer itself where one came."""
        if self.pace is not None and (wait := self.pace.take()) > 0:
            patience.held += wait
            if _LOG.isEnabledFor(level := _level(wait)):
                _LOG.log(level, "%s waits %.1f seconds for its place: %s", action.label, wait, self.pace.reason())
            yield Wait(wait)
        begun = self.clock()
        try:
            answer = yield request
        except IcosaError as error:
            return Outcome(error=error), None
        if self.pace is not None:
            self.pace.took(self.clock() - begun)
        try:
            return Outcome(read(action, request, answer, self.token), None, answer.status, answer.headers), answer
        except IcosaError as error:
            return Outcome(None, error, answer.status, answer.headers), answer

    def _again(self, patience: Patience, outcome: Outcome) -> Steps[bool]:
        """Wait as long as is due before the next sending; whether there is to be one."""
        limited = isinstance(outcome.error, RateLimited)
        wait = patience.wait(outcome.retry_after, limited=limited)
        if limited and self.pace is not None:
            # All who use the key wait.  Where nobody is told for how long, only this request does.
            self.pace.refused(outcome.retry_after or 0.0)
        if wait is None:
            return False
        _LOG.log(_level(wait), "a request goes again in %.1f seconds, because of %s", wait, type(outcome.error).__name__)
        yield Wait(wait)
        return True


def _came_twice(work: Work, outcome: Outcome) -> bool:
    """Whether an id that was made for this write is taken, or may be: something on the way has sent it twice."""
    return work.ids_are_new and (
        isinstance(outcome.error, RecordExists) or (outcome.error is not None and is_something_taken(outcome.error))
    )


def _tried(error: IcosaError, patience: Patience) -> IcosaError:
    if patience.tried > 1:
        error.add_note(f"It was tried {patience.tried} times in {patience.spent:.0f} seconds.")
    return error


def _named(error: IcosaError, work: Work) -> IcosaError:
    if work.ids_are_new and len(work.ids) == 1:
        error.add_note(f"If it was done all the same, the record has the id {work.ids[0]}.")
    return error
