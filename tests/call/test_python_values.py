"""Values of Python's own and of numpy and pandas, wherever a value goes in; and what is called wrongly gets a sentence."""

from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum, IntEnum
from typing import Any
from uuid import UUID

import numpy
import pandas
import pytest

import icosa
from icosa import F, bulk
from icosa.call.values import plain
from icosa.imports.settings import ConventionOptions
from icosa.imports.values.conventions import Conventions

ID = "20202020-1c25-4d02-bf25-6aeccf7ea419"


class Stage(Enum):
    NEW = "NEW"


class Size(IntEnum):
    SMALL = 12


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (numpy.int64(5), 5),
        (numpy.uint8(5), 5),
        (numpy.float32(0.5), 0.5),
        (numpy.float64(0.1), 0.1),
        (numpy.bool_(True), True),
        (numpy.str_("a"), "a"),
        (numpy.array([1, 2]), [1, 2]),
        (numpy.array(["a", "b"]), ["a", "b"]),
        (pandas.NA, None),
        (pandas.NaT, None),
        (numpy.datetime64("NaT"), None),
        ([pandas.NA, numpy.int64(1)], [None, 1]),
        ({"a": numpy.float64(2)}, {"a": 2.0}),
        (pandas.Timestamp("2026-02-03T10:00:00+01:00"), "2026-02-03T09:00:00.000Z"),
        (Decimal("1.50"), 1.5),
        (Decimal("0.1"), 0.1),
        (Decimal("-1E-7"), -1e-7),
        (Decimal("0.12345678901234567890"), "0.12345678901234567890"),
        (Decimal("2.00"), 2),
        (date(2026, 2, 3), "2026-02-03"),
        (datetime(2026, 2, 3, 9, tzinfo=UTC), "2026-02-03T09:00:00.000Z"),
        (UUID(ID), ID),
        (Stage.NEW, "NEW"),
        (Size.SMALL, 12),
    ],
    ids=repr,
)
def test_values_are_taken_for_what_they_are(value: Any, said: Any) -> None:
    found = plain(value, "value")
    assert found == said
    assert type(found) is type(said)


@pytest.mark.parametrize(
    "value", [numpy.datetime64("2026-02-03T09:00:00"), numpy.datetime64(5, "ns"), numpy.timedelta64(5, "ns"), numpy.float64("nan"),
              numpy.complex128(1), numpy.array([numpy.datetime64(5, "ns")]), pandas.Timestamp("2026-02-03"), b"bytes"],
    ids=repr,
)  # fmt: skip
def test_what_could_be_meant_in_several_ways_is_refused(value: Any) -> None:
    with pytest.raises(icosa.InvalidValue, match=r"^value"):
        plain(value, "value")


def test_they_go_into_records_ids_limits_switches_and_filters(crm: icosa.Client) -> None:
    made = crm.companies.create_one(
        id=UUID(ID),
        employees=numpy.int64(12),  # type: ignore[arg-type]
        name=numpy.str_("Acme"),
        ideal_customer_profile=numpy.bool_(True),  # type: ignore[arg-type]
    )
    assert (made["employees"], made["name"], made["idealCustomerProfile"]) == (12, "Acme", True)
    for id_ in (UUID(ID), numpy.str_(ID)):
        assert crm.companies.find_one(id_, depth=numpy.int64(0))["id"] == ID  # type: ignore[call-overload]
    assert len(crm.companies.find_many(limit=numpy.int64(1), depth=Size.SMALL - 12)) == 1  # type: ignore[call-overload]
    for where in (
        F.employees == numpy.int64(12), F.employees > Decimal("11.5"), F.employees.in_(numpy.array([1, 12])), F.id == UUID(ID),
        F.employees.in_([Size.SMALL]), F.created_at > datetime(2020, 1, 1, tzinfo=UTC), F.ideal_customer_profile == numpy.bool_(True),
        F.employees != pandas.NA,
    ):  # fmt: skip
        assert crm.companies.find_many(where=where).total_count == 1, where
    assert crm.companies.find_many(where=F.employees == pandas.NA).total_count == 0
    assert crm.companies.update_one(UUID(ID), employees=pandas.NA)["employees"] is None
    crm.companies.delete_one(UUID(ID), permanent=numpy.bool_(True))  # type: ignore[arg-type]
    assert crm.companies.find_many(filter=pandas.NA, limit=None).total_count == 0


@pytest.mark.parametrize("key", [("name", "city"), ["name"], 5, None])
def test_a_key_is_one_path(key: Any, crm: icosa.Client) -> None:
    with pytest.raises(icosa.InvalidQuery, match=r"^key: .* give the path of one value"):
        crm.companies.upsert(name="Acme", key=key)
    if key is not None:
        with pytest.raises(icosa.InvalidValue, match=r"^key: .* is no path"):
            bulk.plan_import(crm, "companies", [{"name": "Acme"}], key=key)


@pytest.mark.parametrize(
    ("called", "says"),
    [
        (lambda: F.city.contains("a"), r"F.city has no method 'contains'; write .ilike"),
        (lambda: F.city.isin(["a"]), r"F.city has no method 'isin'; write .in_"),
        (lambda: F.emails.primary_email.is_in(["a"]), r"F.emails.primaryEmail has no method 'isIn'; write .in_"),
        (lambda: F.city.startswith("a"), r"write .starts_with"),
        (lambda: F.city.start_with("a"), r"write .starts_with"),
        (lambda: F.city.frobnicate(), r"F.city has no method 'frobnicate'; it has in_, contains_any, is_null"),
        (lambda: F.city(), r"F.city has no method 'city'"),
        (lambda: F("city"), r"F is not called; it names fields"),
    ],
)  # fmt: skip
def test_a_method_that_f_does_not_have_gets_a_sentence(called: Any, says: str) -> None:
    with pytest.raises(TypeError, match=says):
        called()


def test_an_option_that_does_not_exist_is_a_type_error(crm: icosa.Client) -> None:
    rows = [{"name": "Acme"}]
    for run in (bulk.plan_import, bulk.import_rows):
        with pytest.raises(TypeError, match=rf"{run.__name__}\(\) has no option 'regoin'; did you mean region\?"):
            run(crm, "companies", rows, regoin="DE")  # type: ignore[call-arg]
        with pytest.raises(TypeError, match="has no option 'xyzzy'; Its options are"):
            run(crm, "companies", rows, key="none", xyzzy=1)  # type: ignore[call-arg]
    assert crm.companies.find_many().total_count == 0
    for call in (crm.people.find_many, crm.people.iterate, crm.people.changed, crm.people.find_duplicates, icosa.connect, icosa.aconnect):
        with pytest.raises(TypeError, match="limti"):
            call(limti=1)  # type: ignore[call-arg, call-overload]
    for apply in (bulk.apply, bulk.undo, bulk.export):
        with pytest.raises(TypeError, match="limti"):
            apply(crm, "people", limti=1)  # type: ignore[call-arg]
    with pytest.raises(icosa.UnknownField, match="depht"):
        crm.people.create_one(city="Paris", depht=0)  # type: ignore[call-arg]


def test_conventions_are_options_of_their_own(crm: icosa.Client) -> None:
    rows = [{"title": "Call", "dueAt": "03/02/2026 10:00"}]
    with_options = bulk.plan_import(crm, "tasks", rows, key="none", date_order="dmy", zone="Europe/Berlin")
    together = bulk.plan_import(crm, "tasks", rows, key="none", conventions=Conventions(date_order="dmy", zone="Europe/Berlin"))
    for plan in (with_options, together):
        (step,) = plan.steps()
        assert step.record["dueAt"] == "2026-02-03T09:00:00.000Z"  # type: ignore[union-attr]
    with pytest.raises(icosa.InvalidValue, match="conventions: are given, and zone too"):
        bulk.plan_import(crm, "tasks", rows, key="none", conventions=Conventions(), zone="UTC")
    with pytest.raises(icosa.InvalidValue, match="date_order"):
        bulk.import_rows(crm, "tasks", rows, key="none", date_order="mmd")
    assert set(Conventions.__dataclass_fields__) <= set(ConventionOptions.__annotations__)
