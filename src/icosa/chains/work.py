"""What a run of a chain does, without input or output of its own: it says what to ask, and is handed the answer.

The blocking run and the awaited one drive the same (`running`), and so does a dry run, which asks less.
"""

from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from icosa.call.page import Page
from icosa.call.response import content
from icosa.catalogue.model import Catalogue
from icosa.chains.chain import ENV, ITEM, Chain, Step
from icosa.chains.checking import action_of
from icosa.chains.filling import fill
from icosa.chains.item import ChainItem
from icosa.chains.references import Find, Reference, at_path
from icosa.errors import ExpiredKey, IcosaError, InvalidKey, InvalidValue, MissingKey, NetworkFailure, NoValue, ReadOnly, RevokedKey
from icosa.wire.actions import Action
from icosa.wire.openapi.reading import Offers

Progress = Callable[[str, int, int], None]
"""Called with a step, for how many items it has run, and for how many it will."""

ENDS: Final = (MissingKey, InvalidKey, ExpiredKey, RevokedKey, NetworkFailure, ReadOnly)
"""What is wrong with the workspace or the way to it, and would be with every other item."""

UNKNOWN: Final = object()
"""The value of an item that a dry run did not make."""


@dataclass(frozen=True, slots=True)
class Ask:
    """An action to be run once.  `known` is whether all of its references have values; `most` how many records of its
    answer are wanted, None for all."""

    step: Step
    action: Action
    item: ChainItem | None
    properties: Mapping[str, Any] = field(repr=False)
    known: bool
    most: int | None = None


Answered = Sequence[Any] | IcosaError
"""The values that an action gave, or why it failed."""


@dataclass(frozen=True, slots=True)
class Course:
    """How a chain is run: on which workspace, with which environment, for how many items at most at its beginning (`limit`)
    and in each step (`each`)."""

    catalogue: Catalogue
    offers: Offers
    environ: Mapping[str, str] = field(repr=False)
    limit: int | None = None
    each: int | None = None
    progress: Progress = lambda step, done, total: None


def walked(chain: Chain, course: Course, began: list[ChainItem] | None) -> Generator[Ask | ChainItem, Answered | None, None]:
    """All of a run, step by step: asks, each of which is to be answered, and items as they come.  Raises the error of an
    item where its step says so, and where every other would fail too."""
    held: dict[str, list[ChainItem]] = {}
    if began is not None:
        held["input"] = [each for each in began[: course.limit] if each.error is None]
        yield from (each for each in began[: course.limit] if each.error is not None)
    for at, step in enumerate(chain.steps):
        action = action_of(step, course.catalogue, course.offers)
        over: Sequence[ChainItem | None] = held.get(chain.over(step), [None] if began is None else [])[: course.each]
        most = course.limit if at == 0 and began is None else None
        made: list[ChainItem] = []
        for count, item in enumerate(over):
            course.progress(step.name, count, len(over))
            for each in (yield from _one(step, action, item, course, len(made), most)):
                made.append(each)
                yield each
        course.progress(step.name, len(over), len(over))
        held[step.name] = [each for each in made if each.error is None]


def _one(
    step: Step, action: Action, item: ChainItem | None, course: Course, place: int, most: int | None
) -> Generator[Ask | ChainItem, Answered | None, list[ChainItem]]:
    """A step for one item: what it gave, or the item's error."""
    try:
        ask = asked(step, action, item, course.environ, most)
        answer = yield ask
    except IcosaError as error:
        answer = error
    if isinstance(answer, IcosaError):
        if step.on_error == "stop" or isinstance(answer, ENDS):
            which = "" if item is None else f", for item {item.at} of {item.step}, counted from 0"
            answer.add_note(f"It is step {step.name}{which}; what was done before it stays done, and what comes after it was not sent.")
            raise answer
        return [ChainItem(step.name, place, error=answer, parent=item)]
    return [ChainItem(step.name, place + at, value, parent=item) for at, value in enumerate(answer or ())]


def asked(step: Step, action: Action, item: ChainItem | None, environ: Mapping[str, str], most: int | None = None) -> Ask:
    """What a step asks for an item.  Raises InvalidValue where a reference has no value."""
    unknown: list[Reference] = []
    properties = fill(action, step.properties, _finder(item, environ, unknown))
    return Ask(step, action, item, properties, not unknown, most)


def values_of(action: Action, payload: Any) -> list[Any]:
    """The items of an answer: its records, or all of it where it holds none."""
    held: Any = content(action, payload)
    if isinstance(held, Page):
        return list(held)
    if isinstance(held, list):
        return [one for each in held for one in (each if isinstance(each, Page) else [each])]
    return [held]


def _finder(item: ChainItem | None, environ: Mapping[str, str], unknown: list[Reference]) -> Find:
    """What references stand for, for an item; those to what nobody knows yet stand for themselves, and are noted."""

    def find(reference: Reference) -> Any:
        if reference.source == ENV:
            name = reference.path[0]
            if name not in environ:
                raise InvalidValue(str(reference), f"the variable {name} is not set; set it and run the chain again")
            return environ[name]
        found = item if reference.source == ITEM or item is None else item.of(reference.source)
        if found is None:
            raise NoValue(
                str(reference), "there is no such item; the chain was begun with none" if item is None else "there is no such item"
            )
        if found.value is UNKNOWN:
            unknown.append(reference)
            return str(reference)
        return at_path(found.value, reference)

    return find
