"""In a workspace of 2.19 everything that can be done with its 28 objects is done as a request, in Python, awaited, in the shell and
by forms of the console, and each way gives the same answers and leaves the same records."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest

import icosa
from icosa.call.extensions import offered
from icosa.catalogue.model import Object
from icosa.catalogue.standard_2_19 import STANDARD_2_19
from icosa.errors import NotFound
from tests.every_way.conftest import Opened
from tests.every_way.steps import OFFERS, body, id_of, steps
from tests.every_way.ways import UNSHOWN, told


def telling() -> list[Object]:
    """Few objects that have every type of field and every operation between them."""
    wanted = {each: {*(field.type_name for field in each.fields), *offered(each, OFFERS)} for each in STANDARD_2_19}
    left, chosen = set().union(*wanted.values()), []
    while left:
        chosen.append(max(wanted, key=lambda each: len(wanted[each] & left)))
        left -= wanted[chosen[-1]]
    return chosen


TELLING = telling()


def left(crm: icosa.Client, of: Object) -> Any:
    """All that there is of an object, deleted or not; what is in no mailbox or calendar is in no list, and has a page all the same."""
    found = [each for deleted in (False, True) for each in crm[of.plural].find_many(depth=0, deleted=deleted)]
    for id_ in {id_of(of, serial) for serial in (1, 2, 3)} - {each["id"] for each in found}:
        with suppress(NotFound):
            found.append(crm[of.plural].find_one(id_, depth=0))
    return told(sorted(found, key=lambda each: each["id"]))


def list_them(crm: icosa.Client, of: Object) -> None:
    """Puts records where they are listed, if only those of a mailbox or of a calendar are."""
    for many in STANDARD_2_19.has_many(of):
        if many.name == of.listed_by:
            source = STANDARD_2_19.by_singular[many.source]
            for serial in (1, 2, 3):
                crm[source.plural].create_one({"id": id_of(source, serial), **body(source, serial), many.foreign_key: id_of(of, serial)})


def held_against(of: Object, go: Callable[[str], Opened], others: tuple[str, ...]) -> None:
    first, at_first = go("requests")
    opened = {name: go(name) for name in others}
    for step in steps(of):
        if step.verb == "find_one":
            for looking in (at_first, *(each for _, each in opened.values())):
                list_them(looking, of)
        answer, there = first(of, step), left(at_first, of)
        for name, (way, looking) in opened.items():
            found = way(of, step)
            assert found in (UNSHOWN, answer), (name, str(step))
            assert left(looking, of) == there, (name, str(step))


@pytest.mark.parametrize("of", STANDARD_2_19.objects, ids=lambda of: of.plural)
def test_a_request_and_a_method_do_the_same(go: Callable[[str], Opened], of: Object) -> None:
    held_against(of, go, ("python",))


@pytest.mark.parametrize("of", TELLING, ids=lambda of: of.plural)
def test_every_way_does_the_same(go: Callable[[str], Opened], of: Object) -> None:
    held_against(of, go, ("awaited", "commands", "forms") if of is TELLING[0] else ("commands", "forms"))


@pytest.mark.slow
@pytest.mark.parametrize("of", [each for each in STANDARD_2_19 if each not in TELLING], ids=lambda of: of.plural)
def test_every_way_does_the_same_with_all_others(go: Callable[[str], Opened], of: Object) -> None:
    held_against(of, go, ("awaited", "commands", "forms"))


def test_every_operation_that_there_is_is_done() -> None:
    done = {step.verb for of in STANDARD_2_19 for step in steps(of)}
    assert done == {name for of in STANDARD_2_19 for name in offered(of, OFFERS)}
