"""A chain held against a workspace: all that can be known to be wrong before anything is sent."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from icosa.call.extensions import PLAIN, offered
from icosa.call.querying import check_comparison, comparisons, end_of
from icosa.call.record import member
from icosa.call.request import build
from icosa.catalogue import naming
from icosa.catalogue.examples import ID, example
from icosa.catalogue.model import Catalogue, Field, Object
from icosa.chains.chain import ENV, INPUT, ITEM, NULL, RESERVED, Chain, Step
from icosa.chains.filling import is_filter, marked_filter, misplaced, structured, with_values
from icosa.chains.places import problem_at, shape_of
from icosa.chains.references import Reference, references
from icosa.errors import IcosaError, InvalidInput, InvalidQuery, InvalidValue, UnknownAction
from icosa.forms.call import action_named
from icosa.toml.faults import TomlFaults, not_there
from icosa.wire.actions import OPEN_API_SCHEMA, Action, Operation, find_object, find_property
from icosa.wire.language.filter_tree import Comparison
from icosa.wire.openapi.reading import Offers

_NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_WITH_ALL: Final = ("filter", "orderby", "depth")
_VALUES: Final = ("1", ID, "true", "2026-02-03")
"""A value of each kind that a filter compares with; an option is any of its field's own."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong with a chain: the step, which of its keys ("run", "for", "with" …) and of its properties, as
    they are written there; "" where it is none in particular."""

    step: str
    key: str
    property: str
    problem: str


def check(chain: Chain, catalogue: Catalogue, offers: Offers = PLAIN, columns: Collection[str] | None = None) -> tuple[Fault, ...]:
    """All that is wrong with a chain, step by step; nothing where it can be run.

    `columns` are the names in the items that it begins with, where they are known.
    """
    if not chain.steps:
        return (Fault("", "", "", "there is no step"),)
    found: list[Fault] = []
    for at, step in enumerate(chain.steps):
        checking = _Checking(chain, catalogue, offers, columns, step, [each.name for each in chain.steps[:at]])
        found += checking.faults()
    return tuple(found)


def refuse(chain: Chain, faults: Sequence[Fault]) -> None:
    """Raises InvalidValue, with the steps and, where the chain was read from a text, the lines, where there are faults."""
    in_text = TomlFaults(chain.path or chain.name, chain.text)
    for each in faults:
        inside = ("step", each.step, *filter(None, (each.key, each.property)))
        about = ", ".join(filter(None, (f"step {each.step}" if each.step else "", naming.label(each.property))))
        in_text.add(inside if each.step else (), f"{about}: {each.problem}" if about else each.problem)
    in_text.refuse()


def action_of(step: Step, catalogue: Catalogue, offers: Offers = PLAIN) -> Action:
    """The action that a step runs.  Raises UnknownObject or UnknownAction with the nearest names, InvalidValue for what
    names none."""
    resource, dot, operation = step.run.partition(".")
    if not (dot and resource.strip() and operation.strip()):
        raise InvalidValue("run", f'"{step.run}" is no action; write its resource and its operation, such as companies.find_many')
    try:
        return action_named(catalogue, resource, operation, offers)
    except UnknownAction:
        if _folded(resource) == _folded(OPEN_API_SCHEMA.resource):
            raise
        of = find_object(catalogue, resource)
        raise UnknownAction(not_there(f"operation of {of.resource} called", operation, offered(of, offers))) from None


def needs_items(chain: Chain) -> bool:
    """Whether a chain cannot begin with nothing: what its steps take out of the items that it is given."""
    for at, step in enumerate(chain.steps):
        if at and chain.over(step) == INPUT:
            return True
        if any(each.source in ((ITEM, INPUT) if chain.over(step) == INPUT else (INPUT,)) for each in references(step.properties)):
            return True
    return False


class _Checking:
    """Checks one step; `before` are the names of those that come earlier."""

    def __init__(
        self, chain: Chain, catalogue: Catalogue, offers: Offers, columns: Collection[str] | None, step: Step, before: list[str]
    ) -> None:
        self._chain, self._catalogue, self._offers, self._columns = chain, catalogue, offers, columns
        self._step, self._before = step, before
        self._found: list[Fault] = []

    def faults(self) -> list[Fault]:
        self._name()
        over = self._step.over
        if over is not None and over not in (INPUT, *self._before):
            later = any(each.name == over for each in self._chain.steps)
            self._add(f"step {over} is not before this one" if later else not_there("earlier step", over, [*self._before, INPUT]), "for")
            return self._found
        try:
            action = action_of(self._step, self._catalogue, self._offers)
        except InvalidInput as error:
            self._add(error.problem if isinstance(error, InvalidValue) else error.message, "run")
            return self._found
        if self._step.all:
            self._all(action)
        if self._properties(action):
            self._sent(action)
        return self._found

    def _add(self, problem: str, key: str = "", name: str = "") -> None:
        self._found.append(Fault(self._step.name, key, name, problem))

    def _name(self) -> None:
        name = self._step.name
        if not _NAME.fullmatch(name):
            self._add("is no name of a step; one is a letter, then letters, digits, - and _")
        elif name in RESERVED:
            self._add(f"is what references begin with ({', '.join(RESERVED)}); give the step another name")
        elif name in self._before:
            self._add("is the name of two steps; give one of them another")

    def _all(self, action: Action) -> None:
        if action.operation is not Operation.FIND_MANY:
            self._add(f"{action.label} gives no pages; leave all out", "all")
            return
        for name in self._step.properties:
            if _folded(name) not in _WITH_ALL:
                self._add(f"all reads every page by itself; leave {naming.label(name)} out, or all", "with", name)

    def _properties(self, action: Action) -> bool:
        """Names, secrets and references, property by property; whether all of them are right."""
        before = len(self._found)
        for name, value in self._step.properties.items():
            try:
                if not action.takes_fields or action.object is None:
                    find_property(action, name)
                elif not any(each.place != "body" and each.name == _folded(name) for each in action.properties):
                    member(action.object, name, action.label)
                value = structured(action, name, value)
                problem = misplaced(action.object, name, value) or next(self._wrong_references(value), "")
                if not problem and is_filter(action, name) and isinstance(value, str) and action.object is not None:
                    problem = _wrong_filter(value, action, self._catalogue)
            except InvalidInput as error:
                problem = error.problem if isinstance(error, InvalidValue) else error.message
            if problem:
                self._add(problem, "with", name)
        return len(self._found) == before

    def _wrong_references(self, value: Any) -> Iterator[str]:
        for each in references(value):
            problem = "" if each.source in (ENV, NULL) else self._wrong(each)
            if problem:
                yield f"{each}: {problem}"

    def _wrong(self, reference: Reference) -> str:
        above = self._chain.ancestors(self._step)
        source = above[0] if reference.source == ITEM else reference.source
        if source not in above:
            if source in self._before:
                return f"step {source} is earlier, and this step's items do not descend from it; it runs for the items of {above[0]}"
            if any(each.name == source for each in self._chain.steps):
                return f"step {source} is not before this one"
            return not_there("earlier step", source, [ITEM, *above])
        if source == INPUT:
            if self._columns is not None and reference.path and reference.path[0] not in self._columns:
                return not_there("value of the items it begins with called", reference.path[0], self._columns)
            return ""
        step = next(each for each in self._chain.steps if each.name == source)
        try:
            shape = shape_of(action_of(step, self._catalogue, self._offers), step.properties)
        except InvalidInput:
            return ""  # which is said of that step
        return "" if shape is None else problem_at(self._catalogue, shape, reference.path)

    def _sent(self, action: Action) -> None:
        """What the action itself says of its values, with examples for those that are not known yet."""
        properties = dict(self._step.properties)
        if any(_is_not_known(name, value) for name, value in properties.items()):
            return
        filled = {name: _exemplified(action, name, structured(action, name, value)) for name, value in properties.items()}
        try:
            build(self._catalogue, action, filled)
        except IcosaError as error:
            name = next((each for each in properties if re.match(rf"{re.escape(naming.label(each))}[:.\[]", error.message)), "")
            problem = error.message.removeprefix(f"{naming.label(name)}: ") if name else error.message
            self._add(problem, "with", name)


def _wrong_filter(text: str, action: Action, catalogue: Catalogue) -> str:
    """What is wrong with a filter whatever its references stand for; "" where nothing is."""
    if _is_reference(text):
        return ""
    try:
        tree, found = marked_filter(text)
        for each in comparisons(tree):
            _bound(each, action, catalogue, bool(found))
    except InvalidQuery as error:
        return error.message.removeprefix("Filter: ").removeprefix("filter: ")
    return ""


def _bound(comparison: Comparison, action: Action, catalogue: Catalogue, marked: bool) -> None:
    """Raises InvalidQuery where no kind of value makes it right."""
    assert action.object is not None
    at, _ = end_of(comparison.path, action.object, catalogue, related=action.related)
    options = tuple(each.options[0] for each in at.fields if each.options)
    problems: list[str] = []
    for value in (*_VALUES, *options) if marked else ("",):
        try:
            for each in comparisons(with_values(comparison, _always(value))):
                check_comparison(each, action.object, catalogue, related=action.related)
        except InvalidQuery as error:
            problems.append(error.message)
        else:
            return
    raise InvalidQuery(problems[0])


def _always(value: str) -> Callable[[int], str]:
    return lambda _: value


def _is_not_known(name: str, value: Any) -> bool:
    """Whether the records that a step sends, or one of them, are there when it runs alone."""
    if _folded(name) not in ("body", "data", "ids"):
        return False
    records = value if isinstance(value, list | tuple) and _folded(name) != "ids" else [value]
    return any(map(_is_reference, records))


def _exemplified(action: Action, name: str, value: Any) -> Any:
    """A value with something that its property takes in the place of what is not known yet."""
    if next(references(value), None) is None:
        return value
    folded = _folded(name)
    own = next((each for each in action.properties if _folded(each.name) == folded and each.place != "body"), None)
    if own is not None and own.name not in ("body",):
        return ID if own.place == "path" else own.choices[0] if own.choices else 1 if own.type == "number" else None
    if own is not None or folded == "data":
        records = value if isinstance(value, list | tuple) else [value]
        return [_with_examples(action.object, record) if isinstance(record, Mapping) else record for record in records]
    return [ID] if folded == "ids" else _of_field(action.object, name, value)


def _with_examples(of: Object | None, record: Mapping[str, Any]) -> dict[str, Any]:
    return {key: _of_field(of, key, each) for key, each in record.items()}


def _of_field(of: Object | None, name: str, value: Any) -> Any:
    if of is None or next(references(value), None) is None:
        return value
    field = of.field_by_name.get(member(of, name))
    return _in_place(value, example(_open(field)) if field is not None else ID)


def _open(field: Field) -> Field:
    """Without its secret, which has no bearing on what its values look like."""
    return replace(field, secret=False)


def _in_place(value: Any, known: Any) -> Any:
    match value:
        case str():
            return known if next(references(value), None) is not None else value
        case Mapping():
            return {key: _in_place(each, known.get(key) if isinstance(known, Mapping) else known) for key, each in value.items()}
        case list() | tuple():
            return [_in_place(each, known[0] if isinstance(known, list) and known else known) for each in value]
        case _:
            return value


def _is_reference(value: Any) -> bool:
    return isinstance(value, str) and re.fullmatch(r"\{\{(?:(?!\}\}).)*\}\}", value) is not None


def _folded(name: str) -> str:
    return "".join(filter(str.isalnum, name)).lower()
