"""A number is answered with as few digits as bring it back, on each store."""

import re
from collections.abc import Callable

import orjson
from hypothesis import given
from hypothesis import strategies as st

from icosa.catalogue.model import Catalogue
from icosa.catalogue.standard import STANDARD
from icosa.wire.message import Request
from icosa.workspace import IN_PROCESS
from tests.searched import ON_A_STORE
from tests.workspace.conftest import Caller

_POSITION = re.compile(rb'"position":([^,}]*)')


def significant(number: str) -> str:
    return re.sub(r"e.*|[-.]", "", number.lower()).strip("0")


def answered(crm: Caller, numbers: list[float]) -> list[str]:
    body = orjson.dumps([{"position": each} for each in numbers])
    answer = crm.workspace.answer(Request("POST", "/rest/batch/companies", "", body), IN_PROCESS)
    assert answer.status == 201
    return [each.decode() for each in _POSITION.findall(answer.body)]


def test_a_number_comes_back_with_as_few_digits_as_it_needs(open_caller: Callable[[Catalogue], Caller]) -> None:
    crm = open_caller(STANDARD)

    @ON_A_STORE
    @given(
        st.lists(
            st.floats(-999999999999999.0, 999999999999999.0, allow_subnormal=False) | st.decimals(-1000, 1000, places=7).map(float),
            min_size=1,
            max_size=60,
        )
    )
    def holds(numbers: list[float]) -> None:
        told = answered(crm, numbers)
        assert [float(each) for each in told] == numbers
        assert [len(significant(each)) for each in told] == [len(significant(repr(each))) for each in numbers]

    holds()


def test_of_two_texts_that_are_as_near_the_even_one_is_taken(open_caller: Callable[[Catalogue], Caller]) -> None:
    numbers = [0.000993911, 0.1 + 0.2, 1e-7, 3.0e-300, 123456789012345.6, 70368744177664.125, 8796093022208.0625, -703687441776641.25]
    numbers += [100000000000000.625, -2.5e-5]
    assert [significant(each) for each in answered(open_caller(STANDARD), numbers)] == [significant(repr(each)) for each in numbers]
