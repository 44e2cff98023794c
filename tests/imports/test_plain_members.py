"""Cells without anything odd about them are read a short way, which says what the long way says."""

from random import Random
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icosa.call.targets import targets
from icosa.catalogue.model import Catalogue, Object
from icosa.catalogue.standard import STANDARD
from icosa.catalogue.standard_2_19 import STANDARD_2_19
from icosa.imports import shaping
from icosa.imports.column_map import ColumnMap, MappedColumn
from icosa.imports.rows import BadRow, Row
from icosa.imports.values.conventions import Conventions
from tests.imports.test_rows_shaping import CATALOGUE, EVERYTHING
from tests.searched import AT_LENGTH
from tests.store.scripts import OF_2_19

PATHS = sorted(targets(CATALOGUE, EVERYTHING))
THING_2_19 = OF_2_19.by_singular["thing"]
PATHS_2_19 = sorted(targets(OF_2_19, THING_2_19))

TEXTS = (
    "Ada", " Ada  Lovelace ", "Lovelace, Ada", "n/a", "NA", "-", "0", "12", "12.5", "12.500", "1.234,50", "1e3", "EUR", "12.50 EUR", "€ 7",
    "ada@example.com", "Ada <ADA@example.com>", "ada@example.com ::: eva@example.com", "a@example.com; b@example.com",
    "mailto:a@example.com",
    "acme.example.com", "https://Acme.example.com/", "https://acme.example.com//", "http://a.example.com:80/x?y", "not an address",
    "+33 6 12 34 56 78", "0612345678", "FR", "France", "33", "2026-02-03", "03.02.2026", "2026-02-03T04:05:06Z", "yes", "true", "no",
    "[]", '["a", "b"]', '{"a": 1}', "{}", "a;b", "=1+1", '="01"', "#REF!", "\u200b", " ", "\0", "a\0b", "Zoë", "\ud800", "★★★", "3/5",
    "ONE", "one",
    "20202020-1c25-4d02-bf25-6aeccf7ea419", "•••", "x" * 200,
)  # fmt: skip

CELLS = st.sampled_from((*TEXTS, None, "", 7, 12.5, True, ["a"], {"primaryEmail": "a@example.com"}))
CONVENTIONS = st.sampled_from(
    (
        Conventions(),
        Conventions(region="FR", currency="USD", decimal=",", date_order="dmy"),
        Conventions(decimal=".", unknown=("Ada", "x")),
        Conventions(clear="-"),
        Conventions(exact=True),
    )
)


@AT_LENGTH
@given(st.dictionaries(st.sampled_from(PATHS), st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=6), CONVENTIONS)
def test_the_short_way_says_what_the_long_way_says(columns: dict[str, list[object]], conventions: Conventions) -> None:
    says_the_same(CATALOGUE, EVERYTHING, columns, conventions)


@AT_LENGTH
@given(st.dictionaries(st.sampled_from(PATHS_2_19), st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=6), CONVENTIONS)
def test_so_it_does_of_the_fields_of_2_19(columns: dict[str, list[object]], conventions: Conventions) -> None:
    says_the_same(OF_2_19, THING_2_19, columns, conventions)


@pytest.mark.parametrize("catalogue", [STANDARD, STANDARD_2_19], ids=["1.0.3", "2.19"])
@pytest.mark.parametrize("nothing", ["[]", "{}", '{"secondaryLinks": []}', '{"additionalEmails": []}', '{"additionalPhones": []}'])
def test_no_further_values_beside_no_first_one_clear_nothing(catalogue: Catalogue, nothing: str) -> None:
    of = catalogue.by_plural["people"]
    for each in of.fields:
        for path in (each.name, *(f"{each.name}.{part.name}" for part in each.type.parts)):
            if each.type.about.further and path in targets(catalogue, of):
                says_the_same(catalogue, of, {path: [nothing, "", "Ada"], "jobTitle": ["Boss", "", "x"]}, Conventions())
    rows = [Row(at, {"Further": "[]", "First": ""}) for at in range(9)]
    for first, further in (
        ("linkedinLink.primaryLinkUrl", "linkedinLink.secondaryLinks"),
        ("emails.primaryEmail", "emails.additionalEmails"),
    ):
        mapping = ColumnMap(of, (MappedColumn("First", first, 1.0, "told"), MappedColumn("Further", further, 1.0, "told")))
        read = shaping.shaper(catalogue, mapping)
        assert [each.record for each in (*read.sheet(rows).all, read(rows[0])) if isinstance(each, shaping.Shaped)] == [{}] * 10


def says_the_same(catalogue: Catalogue, of: Object, columns: dict[str, list[object]], conventions: Conventions) -> None:
    mapping = ColumnMap(of, tuple(MappedColumn(path, path, 1.0, "told") for path in columns))
    short = shaping.shaper(catalogue, mapping, conventions)
    with patch.object(shaping, "plain_reader", lambda *_: None):
        long = shaping.shaper(catalogue, mapping, conventions)
    for at in range(3):
        row = Row(at, {path: cells[at] for path, cells in columns.items()})
        said, meant = short(row), long(row)
        assert said == meant
        if isinstance(said, shaping.Shaped) and isinstance(meant, shaping.Shaped):
            assert list(said.record) == list(meant.record)


@AT_LENGTH
@given(
    st.dictionaries(st.sampled_from(PATHS), st.lists(CELLS, min_size=8, max_size=8), min_size=1, max_size=6),
    CONVENTIONS,
    st.randoms(use_true_random=False),
    st.sets(st.integers(0, 9), max_size=2),
)
def test_many_rows_say_together_what_each_says_by_itself(
    columns: dict[str, list[object]], conventions: Conventions, random: Random, broken: set[int]
) -> None:
    mapping = ColumnMap(EVERYTHING, tuple(MappedColumn(path, path, 1.0, "told") for path in columns))
    whole = [Row(at, {path: cells[at] for path, cells in columns.items()}) for at in range(8)]
    rows: list[Row | BadRow] = [*whole, *random.choices(whole, k=24)]
    for at in broken:
        rows.insert(at, BadRow(Row(at, {}), "", "cannot be read"))
    each, many = shaping.shaper(CATALOGUE, mapping, conventions), shaping.shaper(CATALOGUE, mapping, conventions)
    found, expected = many.sheet(rows).all, [each(row) for row in rows]
    assert found == expected
    assert [list(one.record) for one in found if isinstance(one, shaping.Shaped)] == [
        list(one.record) for one in expected if isinstance(one, shaping.Shaped)
    ]


NAMES = st.sampled_from(("Ada", "Zoë", "van  der Berg", " Ada", "Na", "n/a", "O'Neil", "a\nb", "李", "x\u00a0y", "", None))
ADDRESSES = st.sampled_from(("ada@example.com", "Eva@Example.com", "max+1@mail.example.com", "a@b", "a b@example.com", "", None))


@AT_LENGTH
@given(
    st.permutations(("name.firstName", "emails.primaryEmail", "name.lastName", "jobTitle")),
    st.lists(st.tuples(NAMES, ADDRESSES, NAMES, NAMES), min_size=8, max_size=20),
    st.sampled_from((Conventions(), Conventions(unknown=("Ada", "ada@example.com")))),
)
def test_columns_of_people_say_what_each_person_says(
    paths: list[str], cells: list[tuple[str | None, ...]], conventions: Conventions
) -> None:
    mapping = ColumnMap(STANDARD.by_singular["person"], tuple(MappedColumn(path, path, 1.0, "told") for path in paths))
    said = ("name.firstName", "emails.primaryEmail", "name.lastName", "jobTitle")
    rows = [Row(at, dict(zip(said, each, strict=True))) for at, each in enumerate(cells)]
    one = shaping.shaper(STANDARD, mapping, conventions)
    found, expected = shaping.shaper(STANDARD, mapping, conventions).sheet(rows).all, [one(row) for row in rows]
    assert found == expected
    assert [list(each.record) for each in found if isinstance(each, shaping.Shaped)] == [
        list(each.record) for each in expected if isinstance(each, shaping.Shaped)
    ]
