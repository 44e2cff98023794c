"""A chain, run: blocking, awaited, or as far as nothing is written."""

import os
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Final

from icosa.call.asking import asked_of
from icosa.call.request import build
from icosa.chains.chain import INPUT, Chain
from icosa.chains.checking import action_of, check, needs_items, refuse
from icosa.chains.inputs import items_of
from icosa.chains.item import ChainItem
from icosa.chains.work import UNKNOWN, Answered, Ask, Course, Progress, asked, values_of, walked
from icosa.client.asynchronous import AsyncClient
from icosa.client.blocking import Client
from icosa.errors import IcosaError, InvalidValue
from icosa.wire.actions import Action, Operation
from icosa.wire.message import Request

READS: Final = (Operation.FIND_MANY, Operation.FIND_ONE, Operation.FIND_DUPLICATES, Operation.GET_OPEN_API_SCHEMA)
SHOWN: Final = 3
"""Items of each step that a dry run shows."""


@dataclass(frozen=True, slots=True)
class Planned:
    """What a step would send for an item.  `properties` are filled as far as they are known, `request` is None where not all
    of them are, `sent` says that a dry run asked it, as it writes nothing; `error` is what is wrong with it."""

    step: str
    action: Action
    item: ChainItem | None
    properties: Mapping[str, Any] = field(repr=False)
    request: Request | None = field(default=None, repr=False)
    sent: bool = False
    error: IcosaError | None = None


def _silent(step: str, done: int, total: int) -> None:
    pass


def run(
    crm: Client,
    chain: Chain,
    items: Iterable[Any] | None = None,
    *,
    limit: int | None = None,
    environ: Mapping[str, str] | None = None,
    progress: Progress = _silent,
) -> Iterator[ChainItem]:
    """Run a chain, and give the items of each step as they come.

        for item in chains.run(crm, chains.read_chain("calls.toml")):
            print(item.step, item.error or item.value)

    `items` are what it begins with: JSON values, or items of an earlier run.  `limit` takes the first of them, or of what the
    first step finds where it begins with nothing.  An item that failed has an `error`, and the others go on.  What is
    written is put back by `icosa undo` where the client keeps a journal: `icosa.connect(journal=True)`.

    All of it is checked first: raises InvalidValue for what is wrong with the chain, and before anything is sent.  Later
    raises the error of an item whose step says on_error "stop", and any that every other item would meet too.
    """
    began = items_of(items)
    course = Course(crm.catalogue, crm.offers, os.environ if environ is None else environ, limit, progress=progress)
    _refuse(chain, course, began)
    return _run(crm, chain, course, began)


async def arun(
    crm: AsyncClient,
    chain: Chain,
    items: Iterable[Any] | None = None,
    *,
    limit: int | None = None,
    environ: Mapping[str, str] | None = None,
    progress: Progress = _silent,
) -> AsyncIterator[ChainItem]:
    """The same for an event loop: `async for item in chains.arun(crm, chain)`."""
    began = items_of(items)
    await crm.ready()
    course = Course(crm.catalogue, crm.offers, os.environ if environ is None else environ, limit, progress=progress)
    _refuse(chain, course, began)
    work = walked(chain, course, began)
    answer: Answered | None = None
    while (event := _next(work, answer)) is not None:
        answer = None
        if isinstance(event, ChainItem):
            yield event
        else:
            answer = await _answer_soon(crm, event)


def dry_run(
    crm: Client,
    chain: Chain,
    items: Iterable[Any] | None = None,
    *,
    limit: int | None = None,
    environ: Mapping[str, str] | None = None,
    each: int = SHOWN,
) -> Iterator[Planned]:
    """What a run would send, for the first items of each step.  What only reads is asked, so that what comes after it is
    known; nothing is written, and references to what a write would have given stand as they are.  Raises as `run` does."""
    began = items_of(items)
    course = Course(crm.catalogue, crm.offers, os.environ if environ is None else environ, limit, each)
    _refuse(chain, course, began)
    return _dry(crm, chain, course, began)


def preview(
    crm: Client, chain: Chain, step: str, items: Iterable[ChainItem | None], *, environ: Mapping[str, str] | None = None
) -> list[Planned]:
    """What one step of a chain would send for each of these items, of the step that it runs for; nothing is sent.  Raises
    InvalidValue where the chain has no step of that name, UnknownObject or UnknownAction where it runs none."""
    from_environment = os.environ if environ is None else environ
    found = next((each for each in chain.steps if each.name == step), None)
    if found is None:
        raise InvalidValue("step", f"{step!r} is none of this chain; it has {', '.join(each.name for each in chain.steps) or 'none'}")
    course = Course(crm.catalogue, crm.offers, from_environment)
    action = action_of(found, course.catalogue, course.offers)
    planned = []
    for item in items:
        try:
            planned.append(_planned(asked(found, action, item, from_environment), course, sends=False))
        except IcosaError as error:
            planned.append(Planned(step, action, item, found.properties, error=error))
    return planned


def _refuse(chain: Chain, course: Course, began: list[ChainItem] | None) -> None:
    refuse(chain, check(chain, course.catalogue, course.offers, columns_of(began)))
    if began is None and needs_items(chain):
        raise InvalidValue("items", "this chain begins with items, which its references name; give it some, in the shell with --input FILE")


def columns_of(began: list[ChainItem] | None) -> list[str] | None:
    """The names in items, None where they are not known, or none of them is an object."""
    if began is None or not all(isinstance(each.value, Mapping) for each in began if each.error is None):
        return None
    names = dict.fromkeys(name for each in began if each.error is None for name in each.value)
    return list(names) or None


def _run(crm: Client, chain: Chain, course: Course, began: list[ChainItem] | None) -> Iterator[ChainItem]:
    work = walked(chain, course, began)
    answer: Answered | None = None
    while (event := _next(work, answer)) is not None:
        answer = None
        if isinstance(event, ChainItem):
            yield event
        else:
            answer = _answer(crm, event)


def _dry(crm: Client, chain: Chain, course: Course, began: list[ChainItem] | None) -> Iterator[Planned]:
    work = walked(chain, course, began)
    answer: Answered | None = None
    while (event := _next(work, answer)) is not None:
        answer = None
        if isinstance(event, Ask):
            planned = _planned(event, course, sends=event.action.operation in READS)
            yield planned
            answer = [] if planned.error else _answer(crm, event) if planned.sent else [UNKNOWN]
        elif event.error is not None and event.step != INPUT:
            step = next(each for each in chain.steps if each.name == event.step)
            action = action_of(step, course.catalogue, course.offers)
            yield Planned(event.step, action, event.parent, step.properties, error=event.error)


def _planned(ask: Ask, course: Course, *, sends: bool) -> Planned:
    request, error = None, None
    if ask.known:
        try:
            request = build(course.catalogue, ask.action, ask.properties)
            request = request if course.offers.icosa is None else asked_of(course.offers, request)
        except IcosaError as wrong:
            error = wrong
    return Planned(ask.step.name, ask.action, ask.item, ask.properties, request, sends and request is not None, error)


def _next(work: Any, answer: Answered | None) -> Ask | ChainItem | None:
    try:
        event: Ask | ChainItem = work.send(answer)
    except StopIteration:
        return None
    return event


def _answer(crm: Client, ask: Ask) -> Answered:
    try:
        if ask.step.all:
            return list(islice(crm[ask.action.resource].iterate(**_walk(ask)), ask.most))
        return values_of(ask.action, crm.run_action(ask.action, ask.properties))[: ask.most]
    except IcosaError as error:
        return error


async def _answer_soon(crm: AsyncClient, ask: Ask) -> Answered:
    try:
        if not ask.step.all:
            return values_of(ask.action, await crm.run_action(ask.action, ask.properties))[: ask.most]
        found: list[Any] = []
        async for each in crm[ask.action.resource].iterate(**_walk(ask)):
            if ask.most is not None and len(found) >= ask.most:
                break
            found.append(each)
    except IcosaError as error:
        return error
    return found


def _walk(ask: Ask) -> dict[str, Any]:
    """A find many of all pages, as `iterate` takes it."""
    values = {"".join(filter(str.isalnum, name)).lower(): value for name, value in ask.properties.items()}
    depth = values.get("depth")
    return {"where": values.get("filter"), "order_by": values.get("orderby"), "depth": None if depth in (None, "") else int(depth)}
