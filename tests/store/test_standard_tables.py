"""A workspace of standard objects is known by one number to have the tables that this Icosa makes; so that number is held to them."""

from pathlib import Path

import apsw
import pytest

from icosa.catalogue.model import Catalogue, Object
from icosa.wire.version import VERSIONS, Version
from icosa.workspace.store.sqlite import ddl, standard_tables
from icosa.workspace.store.sqlite.kept import made_tables
from icosa.workspace.store.sqlite.preparing import prepare

MADE = "UPDATE icosa_schema SET fingerprint = ? WHERE name = ?"


def prepared(path: str, version: Version) -> dict[str, str]:
    prepare(path, None, version)
    connection = apsw.Connection(path)
    try:
        return made_tables(connection)
    finally:
        connection.close()


@pytest.mark.parametrize("version", VERSIONS.values(), ids=VERSIONS)
def test_the_number_is_that_of_the_tables_which_this_icosa_makes(tmp_path: Path, version: Version) -> None:
    made = prepared(str(tmp_path / "crm.db"), version)
    assert standard_tables.TOTALS[version.name] == standard_tables.total(made, version)
    assert standard_tables.are(made, version)


@pytest.mark.parametrize("version", VERSIONS.values(), ids=VERSIONS)
def test_a_table_that_was_made_otherwise_or_not_at_all_is_noticed(tmp_path: Path, version: Version) -> None:
    made = prepared(str(tmp_path / "crm.db"), version)
    for name in (standard_tables.OWN, version.standard.objects[0].table):
        others = (made | {name: "0" * 64}, made | {name: ""}, made | {name: "a word"}, {each: made[each] for each in made if each != name})
        assert not any(standard_tables.are(each, version) for each in others)


def test_one_that_an_older_icosa_made_is_made_anew(tmp_path: Path) -> None:
    path, version = str(tmp_path / "crm.db"), VERSIONS["1.0.3"]
    made = prepared(path, version)
    connection = apsw.Connection(path)
    connection.execute(MADE, ("0" * 64, "company"))
    connection.close()
    assert prepared(path, version) == made


def test_what_makes_tables_is_not_written_out_where_they_are_the_standard_ones(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, version = str(tmp_path / "crm.db"), VERSIONS["1.0.3"]
    made = prepared(path, version)

    def fingerprint(of: Object, catalogue: Catalogue) -> str:
        raise AssertionError(f"the table of {of.plural} is written out")

    monkeypatch.setattr(ddl, "fingerprint", fingerprint)
    assert prepared(path, version) == made
