"""A chain as its page draws it: each step with its boxes, what is wrong at each, and what stands beside it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import icosa
from icosa import chains
from icosa.catalogue.folding import folded
from icosa.catalogue.model import BelongsTo, Catalogue
from icosa.chains import Chain, ChainItem, Fault
from icosa.chains.chain import INPUT
from icosa.surfaces.console.chains.beside import Beside, beside
from icosa.surfaces.console.chains.boxes import prefixed
from icosa.surfaces.console.chains.form import ChainForm, StepForm, chain_in_form
from icosa.surfaces.console.chains.ran import ChainRun
from icosa.surfaces.console.chains.shelf import variables_in
from icosa.surfaces.console.controls.entry import Entry, state_words
from icosa.surfaces.console.site import Visitor
from icosa.wire.actions import Action, Operation


@dataclass(frozen=True, slots=True)
class StepView:
    """`shown` are the properties that stand open, `rest` those that are folded; `faults` what is wrong with none of them, and
    `overs` the items that it may run for, as (value, words)."""

    at: int
    form: StepForm
    title: str
    shown: Sequence[Entry]
    rest: Sequence[Entry]
    faults: Sequence[str]
    overs: Sequence[tuple[str, str]]
    beside: Beside = field(repr=False)
    finds: Mapping[str, str]
    """Where records are looked for by their names, for each property that names one."""

    @property
    def id(self) -> str:
        return f"s{self.at}"

    @property
    def may_read_all(self) -> bool:
        return self.form.action is not None and self.form.action.operation is Operation.FIND_MANY

    def words(self, entry: Entry) -> list[tuple[str, str]]:
        """The states that a property may have."""
        return state_words(_action(self.form), entry, items=True)

    def id_of(self, entry: Entry) -> str:
        return entry.name.replace(".", "-")


@dataclass(frozen=True, slots=True)
class ChainView:
    form: ChainForm
    chain: Chain
    steps: Sequence[StepView]
    faults: Sequence[tuple[str, str]]
    """What is wrong, each with the id of the box where it is mended."""
    needs_items: bool


def view(crm: icosa.Client, visitor: Visitor, form: ChainForm, last: ChainRun | None, began: Sequence[ChainItem] = ()) -> ChainView:
    """The form, held against the workspace; beside its steps stand items of its last run, and of what it is to begin with."""
    chain, unreadable = chain_in_form(form)
    faults = [*unreadable, *variables_in(chain, visitor)]
    known = {(each.step, each.property) for each in faults}
    faults += [
        each for each in chains.check(chain, crm.catalogue, crm.offers) if (each.step, each.property) not in known or not each.property
    ]
    asides = beside(crm, visitor, chain, last, began)
    steps = [_step(crm.catalogue, form, at, faults, asides[at]) for at in range(len(form.steps))]
    general = [("", each.problem) for each in faults if not each.step and form.steps]
    return ChainView(form, chain, steps, [*general, *(each for step in steps for each in _listed(step))], _needs_items(chain, unreadable))


def stops_saving(form: ChainForm) -> list[tuple[str, str]]:
    """What no file could say: boxes that hold no value, and names of steps that are none, each with the id of its box."""
    _, unreadable = chain_in_form(form)
    found = [] if form.steps else [("", "a chain has one step at least; add one, or delete the chain")]
    names = [each.name for each in form.steps]
    for at, each in enumerate(form.steps):
        own = [fault for fault in unreadable if fault.step == each.name]
        found += [
            (f"s{at}-{fault.property}" if fault.property else f"s{at}-more", f"Step {each.name}: {_label(each, fault)}: {fault.problem}")
            for fault in own
        ]
        if not each.name or names.index(each.name) != at:
            found.append(
                (f"s{at}-name", f"step {at + 1}: {'has no name' if not each.name else 'has the name of another'}; give it one of its own")
            )
    return found


def _step(catalogue: Catalogue, form: ChainForm, at: int, faults: Sequence[Fault], aside: Beside) -> StepView:
    step = form.steps[at]
    own = [each for each in faults if each.step == step.name]
    entries = [replace(prefixed(each, f"s{at}."), problem=_at(each, own)) for each in step.entries]
    general = [each.problem for each in own if not any(_is_at(each, entry) for entry in step.entries)]
    entries.sort(key=lambda each: _rank(step, each.name.removeprefix(f"s{at}.")))
    shown = [each for each in entries if each.of.required or each.state != "unsent" or each.problem or _is_first(step, each, at)]
    title = step.action.label if step.action else step.run
    rest = [each for each in entries if each not in shown]
    return StepView(at, step, title, shown, rest, general, tuple(_overs(form, at)), aside, dict(_finds(catalogue, step, entries)))


def _finds(catalogue: Catalogue, step: StepForm, entries: Sequence[Entry]) -> Iterator[tuple[str, str]]:
    for each in entries:
        target = ""
        if isinstance(each.of.field, BelongsTo):
            target = catalogue.by_singular[each.of.field.target].plural
        elif each.of.place == "path" and step.action and step.action.object:
            target = step.action.object.plural
        if target:
            yield each.name, f"/records?object={target}&for={each.name.replace('.', '-')}"


def _rank(step: StepForm, name: str) -> int:
    """What people look for first stands first: which records, and what one is called; how much of the answer is wanted, last."""
    first = ("id", "filter", step.action.object.label_identifier if step.action and step.action.object else "")
    return 0 if name in first else 2 if name in ("depth", "upsert", "starting_after", "ending_before") else 1


def _is_first(step: StepForm, entry: Entry, at: int) -> bool:
    """Whether it is a property that people look for first: what a record is called, and which records are found."""
    action = step.action
    if action is None:
        return False
    name = entry.name.removeprefix(f"s{at}.")
    return name in ("filter", "order_by", "limit") or (action.object is not None and name == action.object.label_identifier)


def _overs(form: ChainForm, at: int) -> Iterator[tuple[str, str]]:
    before = [each.name for each in form.steps[:at]]
    yield "", f"each item of {before[-1]}" if before else "the input, if there is any"
    for name in before[:-1]:
        yield name, f"each item of {name}"
    if before:
        yield INPUT, "each item of the input"
    over = form.steps[at].over
    if over and over not in (*before[:-1], INPUT):
        yield over, f"each item of {over}"


def _at(entry: Entry, faults: Sequence[Fault]) -> str:
    return next((each.problem.removeprefix(f"{entry.of.label}: ") for each in faults if _is_at(each, entry)), "")


def _is_at(fault: Fault, entry: Entry) -> bool:
    if fault.property:
        return folded(fault.property) == folded(entry.name)
    return fault.key == "" and fault.problem.startswith((f"{entry.of.label}: ", f"{entry.of.label} is "))


def _listed(step: StepView) -> Iterator[tuple[str, str]]:
    name = step.form.name
    yield from ((f"{step.id}-name", f"Step {name}: {each}") for each in step.faults)
    for each in (*step.shown, *step.rest):
        if each.problem:
            yield step.id_of(each), f"Step {name}: {each.of.label}: {each.problem}"


def _label(step: StepForm, fault: Fault) -> str:
    return next((each.of.label for each in step.entries if each.name == fault.property), "More properties")


def _needs_items(chain: Chain, unreadable: Sequence[Fault]) -> bool:
    try:
        return chains.needs_items(chain)
    except icosa.IcosaError:  # braces that are no reference, which is said where they stand
        return False


def _action(step: StepForm) -> Action:
    assert step.action is not None, "entries are those of an action"
    return step.action
