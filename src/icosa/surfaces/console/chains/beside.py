"""What stands beside each step of a chain: items that it would run for, what can be taken out of them, and what it would send."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final, NamedTuple

import icosa
from icosa import chains
from icosa.call.masking import masked
from icosa.catalogue.examples import ID, example
from icosa.chains import Chain, ChainItem, Reference, Step
from icosa.chains.chain import INPUT, ITEM
from icosa.chains.checking import action_of
from icosa.chains.places import shape_of
from icosa.chains.planned_json import planned_json
from icosa.chains.running import READS
from icosa.errors import IcosaError, InvalidInput
from icosa.surfaces.console.chains.ran import ChainRun
from icosa.surfaces.console.chains.shelf import environment
from icosa.surfaces.console.site import Visitor

_SHOWN: Final = 3
"""Items of each step that are looked at."""
_MOST_LINES: Final = 3_000
_LONGEST: Final = 80
_FIRST: Final = ("name", "title", "id")
"""Paths that most steps want."""


class Sending(NamedTuple):
    """What a step sends for one item: the request line and its body, or the properties where not all of them are known yet."""

    step: str
    action: str
    of: str
    request: str
    body: str
    problem: str


class ItemPath(NamedTuple):
    """A path in an item: how a step writes it, where it is, and a value that is there."""

    reference: str
    place: str
    sample: str


@dataclass(frozen=True, slots=True)
class ItemSource:
    """Items of an earlier step, or of what the chain begins with.  `origin` says where they are from."""

    name: str
    origin: str
    groups: Sequence[tuple[str, Sequence[ItemPath]]]

    @property
    def paths(self) -> Iterator[ItemPath]:
        return (path for _, paths in self.groups for path in paths)


@dataclass(frozen=True, slots=True)
class Beside:
    """`sources` are those of one step, the nearest first; `previews` what it would send for the first items."""

    sources: Sequence[ItemSource] = ()
    previews: Sequence[Sending] = field(default=(), repr=False)


class SampleItems(NamedTuple):
    origin: str
    items: Sequence[ChainItem]


def beside(crm: icosa.Client, visitor: Visitor, chain: Chain, last: ChainRun | None, began: Sequence[ChainItem] = ()) -> list[Beside]:
    """What stands beside each step, in their order.  `last` is the last run of the chain, `began` are items that it is to begin with."""
    found = _samples(crm, visitor, chain, last)
    if began:
        found[INPUT] = SampleItems("what the chain is to begin with", began[:_SHOWN])
    return [_beside(crm, visitor, chain, step, found) for step in chain.steps]


def sending(planned: Mapping[str, Any]) -> Sending:
    """A request of a dry run, as a page has it."""
    above, body = planned["from"], planned.get("body", planned.get("properties"))
    return Sending(
        planned["step"],
        planned["action"],
        f"item {above['at']} of {above['step']}" if above else "",
        f"{planned['method']} {planned['url']}" if "method" in planned else "",
        _body(body) if body else "",
        planned["error"]["message"] if "error" in planned else "",
    )


def _beside(crm: icosa.Client, visitor: Visitor, chain: Chain, step: Step, samples: Mapping[str, SampleItems]) -> Beside:
    sources = []
    for at, name in enumerate(chain.ancestors(step)):
        if name in samples:
            found = samples[name]
            sources.append(ItemSource(name, found.origin, _grouped(crm, ITEM if at == 0 else name, found.items)))
    over = chain.over(step)
    items: Sequence[ChainItem | None] = (
        samples[over].items if over in samples else [None] if over == INPUT and not _takes_items(step) else ()
    )
    return Beside(sources, _previews(crm, visitor, chain, step, items[:_SHOWN]))


def _takes_items(step: Step) -> bool:
    """Whether a step by itself names items that it is to be given."""
    try:
        return chains.needs_items(Chain("", (replace(step, over=None),)))
    except InvalidInput:  # braces that are no reference, which is said where they stand
        return False


def _previews(crm: icosa.Client, visitor: Visitor, chain: Chain, step: Step, items: Sequence[ChainItem | None]) -> list[Sending]:
    try:
        planned = chains.preview(crm, chain, step.name, items, environ=environment(visitor))
    except (IcosaError, InvalidInput):  # the step runs nothing that there is, which is said at it
        return []
    return [sending(planned_json(crm.catalogue, each)) for each in planned]


def _samples(crm: icosa.Client, visitor: Visitor, chain: Chain, last: ChainRun | None) -> dict[str, SampleItems]:
    """Items of each step: of the last run, where the step was the same action then; else asked for now, where everything up
    to it only reads; else made up."""
    ran = _of_run(last) if last else {}
    before = {each.name: each.run for each in last.as_it_was().steps} if last else {}
    found = {name: SampleItems("from the last run", items) for name, items in ran.items() if name == INPUT}
    live: dict[str, list[ChainItem]] | None = None
    for step in chain.steps:
        if ran.get(step.name) and before.get(step.name) == step.run:
            found[step.name] = SampleItems("from the last run", ran[step.name])
            continue
        live = _asked(crm, visitor, chain) if live is None else live
        if live.get(step.name):
            found[step.name] = SampleItems("asked for now", live[step.name])
        elif (made := _made_up(crm, step)) is not None:
            found[step.name] = SampleItems("made up; run the chain to see its own", [made])
    return found


def _asked(crm: icosa.Client, visitor: Visitor, chain: Chain) -> dict[str, list[ChainItem]]:
    """Items of the steps at the beginning that only read."""
    steps = []
    for step in chain.steps:
        try:
            if action_of(step, crm.catalogue, crm.offers).operation not in READS:
                break
        except InvalidInput:
            break
        steps.append(step)
    found: dict[str, list[ChainItem]] = {}
    try:
        for item in chains.run(crm, replace(chain, steps=tuple(steps)), limit=_SHOWN, environ=environment(visitor)):
            found.setdefault(item.step, []).extend([item] if item.error is None else [])
    except IcosaError:  # which is said where the chain is checked, or run
        return found
    return found


def _made_up(crm: icosa.Client, step: Step) -> ChainItem | None:
    try:
        shape = shape_of(action_of(step, crm.catalogue, crm.offers), step.properties)
    except InvalidInput:
        return None
    if shape is None:
        return None
    if shape.id_alone:
        return ChainItem(step.name, 0, {"id": ID})
    keys = dict.fromkeys(shape.object.relation_by_key, ID)
    return ChainItem(step.name, 0, {**{each.name: example(each) for each in shape.object.fields}, **keys, "id": ID})


def _of_run(run: ChainRun) -> dict[str, list[ChainItem]]:
    """The first items of each step of a run, with what they descend from."""
    by_place: dict[tuple[str, int], ChainItem] = {}
    for at, item in enumerate(run.began() or ()):
        if at < _MOST_LINES and item.error is None:
            by_place[INPUT, item.at] = item
    for at, line in enumerate(run.read()):
        if at >= _MOST_LINES:
            break
        if "item" in line:
            above = line["from"]
            parent = by_place.get((above["step"], above["at"])) if above else None
            by_place[line["step"], line["at"]] = ChainItem(line["step"], line["at"], line["item"], parent=parent)
    found: dict[str, list[ChainItem]] = {}
    for (step, _), item in by_place.items():
        if len(found.setdefault(step, [])) < _SHOWN:
            found[step].append(item)
    return found


def _grouped(crm: icosa.Client, source: str, items: Sequence[ChainItem]) -> list[tuple[str, list[ItemPath]]]:
    """The paths that lead to single values; those inside of an object or list under its name."""
    own: list[ItemPath] = []
    inside: dict[str, list[ItemPath]] = {}
    for each in chains.tree([masked(crm.catalogue, item.value) for item in items]):
        if (
            each.value in ([], {})
            or each.kind == "object"
            or (each.kind == "list" and each.value and isinstance(each.value[0], Mapping | list))
        ):
            continue
        path = ItemPath(str(Reference(source, each.path)), ".".join(each.path), _sample(each.value))
        (own if len(each.path) == 1 else inside.setdefault(each.path[0], [])).append(path)
    own.sort(key=lambda path: _FIRST.index(path.place) if path.place in _FIRST else len(_FIRST))
    return [("", own), *inside.items()]


def _body(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _LONGEST else json.dumps(value, ensure_ascii=False, indent=2)


def _sample(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
