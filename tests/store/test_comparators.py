"""A comparator is whole: every kind that it suits has SQL for it in every database, and people are told of it."""

from pathlib import Path

import pytest

from icosa.catalogue.columns import Column, columns
from icosa.catalogue.kinds import LISTS, Kind
from icosa.wire.actions.properties import FILTER
from icosa.wire.language.condition import COMPARATORS, bind
from icosa.wire.language.filter import parse
from icosa.wire.language.filter_tree import TAKES_LIST, Comparator
from icosa.workspace.store.dialect import Dialect
from icosa.workspace.store.postgres import dialect as postgres
from icosa.workspace.store.select import where
from icosa.workspace.store.sqlite import dialect as sqlite
from tests.wire.every_kind import SHIP

LANGUAGE = Path(__file__).parents[2] / "docs" / "filter-language.md"
DIALECTS: dict[str, Dialect] = {"sqlite": sqlite, "postgres": postgres}
COLUMNS = {kind: next(each for each in columns(SHIP) if each.kind is kind and not each.secret) for kind in Kind}
VALUES = {
    Kind.TEXT: "rose",
    Kind.UUID: "20202020-1c25-4d02-bf25-6aeccf7ea419",
    Kind.NUMBER: "3",
    Kind.NUMERIC: "2.5",
    Kind.BOOLEAN: "true",
    Kind.DATE_TIME: "2026-02-03T04:05:06.000Z",
    Kind.DATE: "2026-02-03",
    Kind.OPTION: "SLOOP",
    Kind.OPTIONS: "RED",
    Kind.TEXTS: "Ada",
    Kind.JSON: "storm",
}


def test_every_database_is_looked_at() -> None:
    store = Path(sqlite.__file__).parents[1]
    assert {each.parent.name for each in store.glob("*/dialect.py")} == DIALECTS.keys()


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("comparator", Comparator)
def test_every_kind_that_it_suits_has_sql_for_it(comparator: Comparator, dialect: str) -> None:
    suited = [kind for kind in Kind if comparator in COMPARATORS[kind]]
    assert suited, f"{comparator} suits no kind in wire/language/condition.py"
    for kind in suited:
        bindings: list[object] = []
        condition = bind(parse(f"{COLUMNS[kind].path}[{comparator}]:{_value(COLUMNS[kind], comparator)}"), SHIP)
        sql = where(DIALECTS[dialect], SHIP, condition, bindings)
        assert sql.count("?") == len(bindings), sql
        assert f'"{COLUMNS[kind].name}"' in sql


@pytest.mark.parametrize("comparator", Comparator)
def test_people_are_told_of_it(comparator: Comparator) -> None:
    assert f"| `{comparator}`" in LANGUAGE.read_text(), "a row in docs/filter-language.md"
    listed = FILTER.description.partition("Comparators are ")[2].partition(";")[0]
    assert comparator in listed.replace(" and ", ", ").split(", "), "the text of the filter in wire/actions/properties.py"


def _value(column: Column, comparator: Comparator) -> str:
    value = VALUES[column.kind]
    if comparator is Comparator.IS:
        return "NOT_NULL"
    if comparator in TAKES_LIST:
        return f"[{value}]"
    return f'["{value}"]' if column.kind in LISTS and comparator in (Comparator.EQ, Comparator.NEQ) else value
