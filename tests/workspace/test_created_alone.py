"""A record that is created alone finds its position, and looks at what its relations lead to, in the statement that inserts it on
SQLite: it is made, or refused, as if these had been asked for before."""

from collections.abc import Callable

import apsw
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from icosa.catalogue import fields as f
from icosa.catalogue.model import BelongsTo, Catalogue, Object
from icosa.catalogue.standard import STANDARD
from icosa.wire.version import TWENTY_1_0_3, TWENTY_2_19, Version
from icosa.workspace.store import positions
from icosa.workspace.store.records import Columns
from tests.searched import AT_LENGTH
from tests.workspace.conftest import Caller

NOTE = STANDARD.by_singular["note"]
NOBODY = "20202020-0000-4000-8000-000000000000"
OWN = "20202020-1111-4000-8000-000000000000"
PART = Object(
    "part", "parts", "A part.", (f.Text("name", "Its name."), BelongsTo("whole", "part", "parts", "What it is a part of.")), custom=True
)


@AT_LENGTH
@given(first=st.none() | st.integers(-(2**54), 2**54).map(float) | st.floats(allow_nan=False, allow_infinity=False), descends=st.booleans())
@example(first=float(1 - 2**53), descends=False)
@example(first=float(2**53), descends=False)
@example(first=float(2**53 - 1), descends=False)
def test_its_position_is_that_of_one_of_several(first: float | None, descends: bool) -> None:
    connection = apsw.Connection("")
    connection.execute("CREATE TABLE icosa_tally (object TEXT, first REAL)")
    connection.execute("INSERT INTO icosa_tally VALUES ('note', ?)", (first,))
    ((found,),) = connection.execute(f"SELECT {positions.next_of_one(NOTE, descends=descends)}").fetchall()
    connection.close()
    record: Columns = {}
    steps = positions.fill(NOTE, [record], descends=descends)
    next(steps)
    with pytest.raises(StopIteration):
        steps.send([(first, first)])
    assert (found, type(found)) == (record["position"], type(record["position"]))


@pytest.mark.parametrize(
    ("version", "expected"), [(TWENTY_1_0_3, [3.5, 4, 5, 2]), (TWENTY_2_19, [3.5, 4.5, 5.5, 2.5])], ids=["1.0.3", "2.19"]
)
def test_beside_places_between_whole_numbers(open_caller: Callable[..., Caller], version: Version, expected: list[float]) -> None:
    crm = open_caller(version.standard, version)
    made = [crm.good("POST", "/rest/notes", {"position": place}) for place in (3.5, "last", "last", "first")]
    assert [each["position"] for each in made] == expected


@pytest.mark.parametrize("there", [True, False], ids=["deleted", "never there"])
def test_a_relation_to_nothing_is_refused_as_among_others_whatever_else_is_the_matter(crm: Caller, there: bool) -> None:
    crm.good("POST", "/rest/people", {"emails": {"primaryEmail": "ada@example.com"}})
    company = NOBODY
    if there:
        company = crm.good("POST", "/rest/companies", {})["id"]
        crm.good("DELETE", f"/rest/companies/{company}")
    sent = {"companyId": company, "emails": {"primaryEmail": "ada@example.com"}}
    alone, among = crm.send("POST", "/rest/people", sent), crm.send("POST", "/rest/batch/people", [{}, sent])
    assert alone == among
    assert alone[0] == 400
    assert "foreign key" in str(alone)
    assert len(crm.ids("people")) == 1


def test_what_is_taken_is_refused_as_among_others(crm: Caller) -> None:
    company = crm.good("POST", "/rest/companies", {})["id"]
    sent = {"companyId": company, "emails": {"primaryEmail": "ada@example.com"}}
    crm.good("POST", "/rest/people", sent)
    alone = crm.send("POST", "/rest/people", sent)
    assert alone == crm.send("POST", "/rest/batch/people", [{}, sent])
    assert alone[0] == 400


def test_a_record_may_belong_to_itself(open_caller: Callable[[Catalogue], Caller]) -> None:
    crm = open_caller(STANDARD.with_objects(PART))
    assert crm.good("POST", "/rest/parts", {"id": OWN, "wholeId": OWN})["wholeId"] == OWN
    assert crm.good("POST", "/rest/parts", {"wholeId": OWN})["wholeId"] == OWN
