"""How many records there are, and where the first and the last of them stand, is known whatever was done to how many."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icosa.catalogue.model import Catalogue
from icosa.catalogue.standard import STANDARD
from icosa.catalogue.standard_2_19 import STANDARD_2_19
from icosa.wire.version import TWENTY_2_19
from tests.searched import AS_A_WHOLE
from tests.workspace.conftest import Caller

ALL = "or(deletedAt[is]:NULL,deletedAt[is]:NOT_NULL)"

positions = st.one_of(st.sampled_from(["first", "last"]), st.integers(-5, 5), st.just(0.5))
some = st.integers(1, 3)  # which records are meant: those whose number can be divided by it
steps = st.lists(
    st.one_of(
        st.tuples(st.just("create"), st.lists(positions, min_size=1, max_size=4)),
        st.tuples(st.just("place"), st.tuples(some, positions)),
        st.tuples(st.sampled_from(["delete", "restore", "destroy"]), some),
    ),
    max_size=8,
)


@pytest.mark.parametrize("catalogue", [STANDARD, STANDARD_2_19], ids=["first generation", "second generation"])
def test_the_count_and_the_ends_are_those_of_the_records_there_are(open_caller: Callable[..., Caller], catalogue: Catalogue) -> None:
    crm = open_caller(catalogue, TWENTY_2_19)

    @given(steps)
    @AS_A_WHOLE
    def check(done: list[tuple[str, Any]]) -> None:
        crm.send("DELETE", "/rest/companies", filter=ALL)
        for what, how in done:
            if what == "create":
                crm.good("POST", "/rest/batch/companies", [{"position": each} for each in how])
            elif what == "place":
                carry_out(crm, "PATCH", "companies", {"position": how[1]}, how[0])
            elif what == "restore":
                carry_out(crm, "PATCH", "restore/companies", None, how)
            else:
                carry_out(crm, "DELETE", "companies", None, how, soft_delete="true" if what == "delete" else "false")
        counted = crm.send("GET", "/rest/companies", limit=0)[1]["totalCount"]
        assert counted == len(crm.good("GET", "/rest/companies", limit=200))
        there = [each["position"] for each in crm.good("GET", "/rest/companies", filter=ALL, limit=200)]
        first, last = (crm.good("POST", "/rest/companies", {"position": end})["position"] for end in ("first", "last"))
        assert all(first < each < last for each in there)

    check()


def carry_out(crm: Caller, method: str, path: str, body: Any, which: int, **query: str) -> None:
    ids = [each["id"] for each in crm.good("GET", "/rest/companies", filter=ALL, limit=200)]
    meant = [id_ for at, id_ in enumerate(ids) if at % which == 0]
    if meant:
        crm.good(method, f"/rest/{path}", body, filter=f"id[in]:[{','.join(meant)}]", **query)
