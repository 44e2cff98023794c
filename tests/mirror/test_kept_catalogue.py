"""A workspace keeps its own objects: whoever opens it finds them without being told."""

from collections.abc import Callable
from pathlib import Path

import apsw
import pytest

import icosa
from icosa.catalogue.model import Catalogue
from icosa.catalogue.standard import STANDARD
from icosa.workspace import open_workspace
from icosa.workspace.moving.backup import back_up, restore
from icosa.workspace.moving.copy import copy_workspace
from icosa.workspace.moving.databases import Database
from tests.values import body_of
from tests.workspace.test_custom_objects import ROCKET

WIDER = STANDARD.with_objects(ROCKET)


def silent(what: str, done: int, total: int) -> None:
    pass


@pytest.fixture
def custom(new_database: Callable[[Catalogue], str]) -> str:
    """A workspace that was opened with a custom object once, and has a record of it."""
    url = new_database(STANDARD)
    open_workspace(url, WIDER).close()
    with icosa.connect(url) as crm:
        crm["rockets"].create_one(body_of(ROCKET, 7))
    return url


def held(url: str) -> tuple[Catalogue, list[str]]:
    """The objects of a workspace, and the names of its rockets."""
    workspace = open_workspace(url)
    workspace.close()
    with icosa.connect(url) as crm:
        assert crm.catalogue == workspace.catalogue
        return workspace.catalogue, [each["name"] for each in crm["rockets"].find_many()]


def test_it_opens_with_the_objects_that_it_was_opened_with_before(custom: str) -> None:
    assert held(custom) == (WIDER, [body_of(ROCKET, 7)["name"]])


def test_a_new_one_has_the_standard_objects(new_database: Callable[[Catalogue], str]) -> None:
    workspace = open_workspace(new_database(STANDARD))
    assert workspace.catalogue == STANDARD
    workspace.close()


def test_another_catalogue_takes_its_place(custom: str) -> None:
    open_workspace(custom, STANDARD).close()
    workspace = open_workspace(custom)
    assert workspace.catalogue == STANDARD
    workspace.close()
    open_workspace(custom, WIDER).close()
    assert held(custom) == (WIDER, [body_of(ROCKET, 7)["name"]]), "records outlive the time in which nobody asks for them"


def test_a_file_of_an_older_icosa_has_the_standard_objects(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/old.db"
    open_workspace(url).close()
    with apsw.Connection(f"{tmp_path}/old.db") as connection:
        connection.execute("DROP TABLE icosa_catalogue")
    with icosa.connect(url) as crm:
        assert crm.catalogue == STANDARD
        assert crm.people.find_many().total_count == 0


def test_copies_have_the_same_objects(custom: str, tmp_path: Path) -> None:
    target = f"sqlite:///{tmp_path}/copy.db"
    copy_workspace(Database(custom), Database(target), silent)
    assert held(target) == held(custom)


def test_backups_have_the_same_objects(custom: str, tmp_path: Path) -> None:
    back_up(Database(custom), tmp_path / "monday.backup", silent)
    target = f"sqlite:///{tmp_path}/restored.db"
    restore(tmp_path / "monday.backup", Database(target), silent)
    assert held(target) == held(custom)


def test_a_copy_into_a_workspace_with_records_changes_nothing_there(custom: str, tmp_path: Path) -> None:
    target = f"sqlite:///{tmp_path}/mine.db"
    with icosa.connect(target) as crm:
        crm.companies.create_one(name="Mine")
    with pytest.raises(icosa.errors.InvalidInput, match="holds companies already"):
        copy_workspace(Database(custom), Database(target), silent)
    workspace = open_workspace(target)
    assert workspace.catalogue == STANDARD
    workspace.close()
