"""The event of a creation holds no JSON of its own for as long as its records are as they were made, and nobody sees that."""

import re
from collections.abc import Callable
from typing import Any

import apsw
import pytest
from hypothesis import given
from hypothesis import strategies as st

from icosa.catalogue.model import Catalogue
from icosa.catalogue.standard import STANDARD
from icosa.workspace import open_workspace
from icosa.workspace.events import feed
from icosa.workspace.events.feed import Event
from icosa.workspace.store.statement import Row, Statement, Statements
from tests.searched import ON_A_STORE
from tests.workspace.conftest import Caller


def told(crm: Caller) -> list[Event]:
    store = crm.workspace.store
    return store.read(lambda: feed.after(store.dialect, "", 10_000))[0]


def erased(event: Event, gone: set[str]) -> Event:
    """An event once these records are destroyed."""

    def left(record: dict[str, Any] | None) -> dict[str, Any] | None:
        return {"id": record["id"]} if record and record["id"] in gone else record

    return event._replace(records=[{side: left(record) for side, record in each.items()} for each in event.records])


_steps = st.lists(
    st.tuples(st.sampled_from(["company", "people", "rename", "delete", "restore", "destroy", "destroy company"]), st.integers(-2, 9)),
    max_size=12,
)


@ON_A_STORE
@given(steps=_steps)
def test_an_event_tells_the_same_whenever_it_is_read_but_for_what_was_destroyed(crm: Caller, steps: list[tuple[str, int]]) -> None:
    """Also where the database changes a record by itself: those of a company that is destroyed belong to none."""
    company, people, gone = crm.good("POST", "/rest/companies", {})["id"], list[str](), set[str]()
    before = told(crm)
    for step, which in steps:
        some = people[which % len(people)] if people else ""
        if step == "company":
            company = crm.good("POST", "/rest/companies", {})["id"]
        elif step == "people":
            people += [each["id"] for each in crm.good("POST", "/rest/batch/people", [{"companyId": company, "city": "York"}] * 3)]
        elif step == "destroy company":
            crm.good("DELETE", f"/rest/companies/{company}", permanent="true")
            gone.add(company)
            company = crm.good("POST", "/rest/companies", {})["id"]
        elif some and step == "rename":
            crm.send("PATCH", f"/rest/people/{some}", {"city": f"York {which}"})
        elif some and step == "delete":
            crm.send("DELETE", f"/rest/people/{some}")
        elif some and step == "restore":
            crm.send("PATCH", f"/rest/restore/people/{some}")
        elif some and step == "destroy":
            crm.good("DELETE", f"/rest/people/{some}", permanent="true")
            people.remove(some)
            gone.add(some)
        now = told(crm)
        assert now[: len(before)] == [erased(each, gone) for each in before]
        before = now


@pytest.mark.sqlite
def test_what_was_created_is_held_once(crm: Caller) -> None:
    def held() -> Statements[list[Row]]:
        return (yield Statement("SELECT coalesce(sum(length(records)), 0), (SELECT count(*) FROM icosa_outbox_record) FROM icosa_outbox"))

    nothing = crm.workspace.store.read(held)
    made = [crm.good("POST", "/rest/people", {"city": "York"}), *crm.good("POST", "/rest/batch/people", [{}, {}])]
    assert crm.workspace.store.read(held) == nothing
    assert [record["after"] for event in told(crm)[-2:] for record in event.records] == made


@pytest.mark.sqlite
def test_what_was_deleted_is_held_once_until_it_is_there_again(crm: Caller) -> None:
    def held() -> Statements[list[Row]]:
        return (yield Statement("SELECT records FROM icosa_outbox WHERE action = 'deleted'"))

    made = crm.good("POST", "/rest/people", {"city": "York"})
    crm.good("DELETE", f"/rest/people/{made['id']}")
    assert crm.workspace.store.read(held) == [("",)]
    (change,) = told(crm)[-1].records
    assert change["before"] == change["after"]
    assert change["after"] is not None
    changed = {name for name, value in change["after"].items() if value != made[name]}
    assert "deletedAt" in changed <= {"deletedAt", "updatedAt"}
    crm.good("PATCH", f"/rest/restore/people/{made['id']}")
    assert told(crm)[-2].records == [change]


@pytest.mark.sqlite
@pytest.mark.parametrize(
    "older", ["ALTER TABLE company ADD COLUMN older TEXT", "DROP TRIGGER icosa_company_changed"], ids=["table", "trigger"]
)
def test_events_of_a_table_that_is_made_anew_stay_as_they_were(open_caller: Callable[[Catalogue], Caller], older: str) -> None:
    crm = open_caller(STANDARD)
    crm.good("POST", "/rest/companies", {})
    gone, kept, _ = (crm.good("POST", "/rest/companies", {"name": name})["id"] for name in ("A", "B", "C"))
    crm.good("DELETE", f"/rest/companies/{gone}", permanent="true")  # so that rows get other numbers
    crm.good("DELETE", f"/rest/companies/{kept}")
    before = told(crm)
    crm.workspace.close()
    file = apsw.Connection(str(crm.path))
    file.execute(f"{older}; UPDATE icosa_schema SET fingerprint = '' WHERE name IN ('company', 'icosa_schema')")
    file.close()
    again = Caller(open_workspace(crm.database), crm.database)
    assert told(again) == before
    again.good("POST", "/rest/companies", {"name": "D"})
    again.good("PATCH", f"/rest/restore/companies/{kept}")
    assert told(again)[:-2] == before
    again.workspace.close()


@pytest.mark.sqlite
def test_events_of_a_table_that_was_made_anew_by_who_knows_nothing_of_rows_name_nobody(crm: Caller) -> None:
    """Such as an Icosa of 24 November: its rows are numbered anew, so that events would tell of other records, or of none."""
    gone, *_ = (crm.good("POST", "/rest/companies", {"name": name})["id"] for name in ("A", "B", "C"))
    person = crm.good("POST", "/rest/people", {"city": "York"})
    crm.good("DELETE", f"/rest/companies/{gone}", permanent="true")
    before = told(crm)
    crm.workspace.close()
    file = apsw.Connection(str(crm.path))
    for kept in ("changed", "before_delete"):
        file.execute(f"DROP TRIGGER icosa_company_{kept}")
    file.execute("ALTER TABLE company ADD COLUMN older TEXT; UPDATE company SET icosa_row = icosa_row - 1")
    file.execute("UPDATE icosa_schema SET fingerprint = '' WHERE name = 'company'")
    file.close()
    again = Caller(open_workspace(crm.database), crm.database)
    destroyed, *unknown = before[:3]
    assert told(again) == [destroyed, *(each._replace(records=[]) for each in unknown), *before[3:]]
    assert again.ids("people") == [person["id"]]
    again.good("POST", "/rest/companies", {"name": "D"})
    assert told(again)[-1].sequence == before[-1].sequence + 1
    again.workspace.close()


@pytest.mark.sqlite
def test_a_file_is_read_by_programs_with_an_older_sqlite(crm: Caller) -> None:
    """Which parse all of its triggers and views, and know no ORDER BY within an aggregate."""
    file = apsw.Connection(str(crm.path))
    texts = [str(row[0]) for row in file.execute("SELECT sql FROM sqlite_schema WHERE sql LIKE '%ORDER BY%'")]
    file.close()
    assert texts
    assert not [text for text in texts if re.search(r"(group_concat|json_group_array)\([^()]*ORDER BY", text)]
