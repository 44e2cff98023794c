"""A workspace answers as the version of Twenty that it was made as, for good, wherever it is copied to."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import orjson
import pytest

from icosa.catalogue.as_json import from_json
from icosa.catalogue.model import Catalogue
from icosa.catalogue.standard import STANDARD
from icosa.catalogue.standard_2_19 import STANDARD_2_19
from icosa.errors import InvalidInput, InvalidValue
from icosa.wire.version import TWENTY_1_0_3, TWENTY_2_19, Version
from icosa.workspace import open_workspace
from icosa.workspace.moving.backup import back_up, restore
from icosa.workspace.moving.copy import copy_workspace
from icosa.workspace.moving.databases import Database, file_url


def quiet(_: str, __: int, ___: int) -> None:
    """Whom progress is told."""


def spoken(url: str, wanted: Version | None = None) -> Version:
    workspace = open_workspace(url, version=wanted)
    workspace.close()
    return workspace.version


@pytest.fixture(params=["sqlite", "postgresql"])
def bare(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], str]:
    """Makes the URL of a database in which nothing is, on each store in turn."""
    if request.param == "sqlite":
        names = iter("abcdef")
        return lambda: f"sqlite:///{tmp_path}/{next(names)}.db"
    postgres = request.getfixturevalue("postgres")
    return lambda: str(postgres.url(postgres.new()))


def test_it_is_chosen_once(bare: Callable[[], str]) -> None:
    url = bare()
    assert spoken(url, TWENTY_2_19) is TWENTY_2_19
    assert spoken(url) is TWENTY_2_19
    assert spoken(url, TWENTY_2_19) is TWENTY_2_19
    with pytest.raises(InvalidInput, match=r"was made to answer as Twenty 2\.19, and does so for good; leave the version out"):
        open_workspace(url, version=TWENTY_1_0_3)
    assert spoken(url) is TWENTY_2_19


def test_one_that_was_made_before_there_was_a_choice_is_of_1_0_3(bare: Callable[[], str]) -> None:
    url = bare()
    assert spoken(url) is TWENTY_1_0_3
    with pytest.raises(InvalidInput, match=r"was made to answer as Twenty 1\.0\.3"):
        open_workspace(url, version=TWENTY_2_19)
    assert spoken(url) is TWENTY_1_0_3


def test_nothing_is_kept_of_1_0_3_so_that_an_older_icosa_opens_it(bare: Callable[[], str]) -> None:
    url = bare()
    spoken(url)
    snapshot = Database(url).snapshot()
    assert snapshot.rows("SELECT name FROM icosa_schema WHERE name = 'icosa_api'") == []
    snapshot.close()


def test_one_of_a_version_that_is_not_known_is_left_alone(bare: Callable[[], str]) -> None:
    url = bare()
    spoken(url, replace(TWENTY_2_19, name="9.9.9"))
    with pytest.raises(InvalidInput, match=r"answers as Twenty 9\.9\.9, and this Icosa knows 1\.0\.3 and 2\.19; open it with"):
        open_workspace(url)


def test_a_copy_speaks_as_the_original(bare: Callable[[], str]) -> None:
    source, target = Database(bare()), Database(bare())
    spoken(source.url, TWENTY_2_19)
    copy_workspace(source, target, quiet)
    assert spoken(target.url) is TWENTY_2_19


def test_a_copy_does_not_go_into_a_workspace_that_speaks_otherwise(bare: Callable[[], str]) -> None:
    source, target = Database(bare()), Database(bare())
    spoken(source.url, TWENTY_2_19)
    spoken(target.url)
    with pytest.raises(InvalidInput, match=r"was made to answer as Twenty 1\.0\.3"):
        copy_workspace(source, target, quiet)
    assert spoken(target.url) is TWENTY_1_0_3


def test_a_backup_speaks_as_the_original_and_so_does_what_it_is_brought_back_into(bare: Callable[[], str], tmp_path: Path) -> None:
    url, file = bare(), tmp_path / "monday.backup"
    spoken(url, TWENTY_2_19)
    back_up(Database(url), file, quiet)
    assert spoken(file_url(file)) is TWENTY_2_19
    again = bare()
    restore(file, Database(again), quiet)
    assert spoken(again) is TWENTY_2_19


def test_objects_of_ones_own_are_kept_beside_it(bare: Callable[[], str]) -> None:
    url, few = bare(), Catalogue(tuple(each for each in STANDARD if each.singular != "apiKey"))
    workspace = open_workspace(url, few, version=TWENTY_2_19)
    workspace.close()
    workspace = open_workspace(url)
    workspace.close()
    assert (workspace.version, workspace.catalogue) == (TWENTY_2_19, few)


def test_an_icosa_that_knows_no_other_objects_than_those_of_1_0_3_leaves_it_alone(bare: Callable[[], str]) -> None:
    url = bare()
    spoken(url, TWENTY_2_19)
    snapshot = Database(url).snapshot()
    ((kept,),) = snapshot.rows("SELECT objects FROM icosa_catalogue")
    snapshot.close()
    with pytest.raises(InvalidValue, match="is no catalogue"):
        from_json(orjson.loads(kept))
    workspace = open_workspace(url)
    workspace.close()
    assert workspace.catalogue == STANDARD_2_19
