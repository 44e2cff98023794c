"""Cells without anything odd about them are read a short way, which says what the long way says."""

from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st

from icosa.call.targets import targets
from icosa.imports import shaping
from icosa.imports.column_map import ColumnMap, MappedColumn
from icosa.imports.rows import Row
from icosa.imports.values.conventions import Conventions
from tests.imports.test_rows_shaping import CATALOGUE, EVERYTHING
from tests.searched import AT_LENGTH

PATHS = sorted(targets(CATALOGUE, EVERYTHING))

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
    mapping = ColumnMap(EVERYTHING, tuple(MappedColumn(path, path, 1.0, "told") for path in columns))
    short = shaping.shaper(CATALOGUE, mapping, conventions)
    with patch.object(shaping, "plain_reader", lambda *_: None):
        long = shaping.shaper(CATALOGUE, mapping, conventions)
    for at in range(3):
        row = Row(at, {path: cells[at] for path, cells in columns.items()})
        said, meant = short(row), long(row)
        assert said == meant
        if isinstance(said, shaping.Shaped) and isinstance(meant, shaping.Shaped):
            assert list(said.record) == list(meant.record)
