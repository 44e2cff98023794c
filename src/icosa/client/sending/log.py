"""What a client tells its logger, `icosa.client`: names of actions, kinds of failures, times and counts.

No line holds a value of a record, a filter, an id, a URL or a key; so none is made from an error's message.
"""

import logging
from collections.abc import Callable
from typing import Final

from icosa.client.sending.outcome import Outcome
from icosa.client.sending.retries import Patience
from icosa.wire.actions import Action
from icosa.wire.message import Answer
from icosa.wire.rest.notices import read_notice

LOG: Final = logging.getLogger("icosa.client")
LOG.addHandler(logging.NullHandler())  # who set up no logging hears nothing

_TOLD_SECONDS: Final = 1.0
"""Seconds of a wait that is logged for everybody, since a person notices it (as `outage.TOLD_AFTER`); shorter ones are for debugging."""


def sent(action: Action, outcome: Outcome, answer: Answer | None, seconds: float) -> None:
    """Every request, for debugging."""
    if LOG.isEnabledFor(logging.DEBUG):
        size = f", {len(answer.body)} bytes" if answer else ""
        LOG.debug("%s: %s in %.1f ms%s", action.label, outcome.kind, seconds * 1000, size)


def held(action: Action, wait: float, reason: Callable[[], str]) -> None:
    """It waits for its place."""
    if LOG.isEnabledFor(level := _level(wait)):
        LOG.log(level, "%s waits %.1f s for its place: %s", action.label, wait, reason())


def again(action: Action, outcome: Outcome, patience: Patience, wait: float) -> None:
    """It goes again."""
    allowed = patience.policy.lasts(outcome.trouble)
    details = (action.label, wait, outcome.kind, patience.tried, patience.failing, allowed)
    LOG.log(_level(wait), "%s goes again in %.1f s: %s; try %d, %.1f of %.0f s used up", *details)


def ended(action: Action, outcome: Outcome, patience: Patience) -> None:
    """What became of a request that was tried more than once."""
    if patience.tried == 1:
        return
    details = (action.label, patience.tried, patience.failing, outcome.kind)
    if outcome.failed:
        LOG.info("%s is given up after %d tries in %.1f s: %s", *details)
    else:
        LOG.info("%s was answered at try %d, %.1f s after it first failed: %s", *details)


def found(action: Action, done: bool) -> None:
    """A write whose answer was lost was looked for."""
    LOG.info("%s, whose answer was lost, was looked for: %s", action.label, "it is done" if done else "it was not done")


def noticed(action: Action, outcome: Outcome) -> None:
    """What the server gave notice of, beside an answer that is as it should be."""
    if notice := read_notice(outcome.headers):
        LOG.warning("%s: %s", action.label, notice)


def _level(wait: float) -> int:
    """Who wonders why a program stands still looks at what is told to be of interest; short waits are for debugging."""
    return logging.INFO if wait >= _TOLD_SECONDS else logging.DEBUG
