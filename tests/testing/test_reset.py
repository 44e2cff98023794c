"""A test begins with what its mark says, and with nothing of the tests before it."""

from contextlib import suppress
from typing import Any

import apsw
import pytest
from hypothesis import given
from hypothesis import strategies as st

import icosa
from icosa.catalogue.model import Catalogue, Field, Object
from icosa.catalogue.standard import STANDARD
from icosa.sample import records
from icosa.surfaces.testing.keys import admit, standing_token
from icosa.surfaces.testing.session import Session
from icosa.surfaces.testing.stage import Stage
from icosa.testing import Keys, LostAnswer, RateLimited, RenamedField, Workspace
from icosa.workspace.store.statement import Outdated, Statement, Statements
from tests.searched import ON_A_STORE

ROCKETS = STANDARD.with_objects(Object("rocket", "rockets", "Something that flies.", (Field("name", "TEXT", "Its name."),), custom=True))


def held(stage: Stage) -> dict[str, list[Any]]:
    """All that the database holds, the workspace's own tables too, but for its search indexes and how far they go."""

    def steps() -> Statements[dict[str, list[Any]]]:
        but = "name NOT LIKE '%search%' AND name NOT IN ('icosa_indexed', 'icosa_unindexed')"
        names = yield Statement(f"SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND {but} ORDER BY name")
        found: dict[str, list[Any]] = {"": [tuple(each) for each in names]}
        for name, _ in names:
            found[str(name)] = [tuple(row) for row in (yield Statement(f'SELECT * FROM "{name}"'))]
        return found

    return stage.workspace.store.read(steps)


def create(stage: Stage) -> None:
    stage.faultless.companies.create_many([{"name": f"Company {number}"} for number in range(3)])


def destroy_everything(stage: Stage) -> None:
    for plural in ("people", "companies", "opportunities"):
        for each in stage.faultless[plural].find_many(limit=20, depth=0):
            stage.faultless[plural].delete_one(each["id"], permanent=True)


def change(stage: Stage) -> None:
    for each in stage.faultless.companies.find_many(limit=3, depth=0):
        stage.faultless.companies.update_one(each["id"], name="Changed")


def search(stage: Stage) -> None:
    assert stage.faultless.people.find_many(filter="name.firstName[ilike]:%a%").total_count >= 0


DEEDS = {
    "read": search,
    "create": create,
    "change": change,
    "destroy": destroy_everything,
    "make a key": lambda stage: Keys(stage).create(),
    "let the server's key in": lambda stage: admit(stage, standing_token()),
    "rename": lambda stage: (stage.faults.use(RenamedField("companies", "name", "title")), stage.workspace),
    "name back": lambda stage: stage.faults.clear(),
    "move the clock": lambda stage: stage.clock.set("2031-01-01"),
    "lose answers": lambda stage: stage.faults.use(LostAnswer(), *stage.faults.renamed),
    "drop a table": lambda stage: stage.workspace.store.write(dropped),
}


def dropped() -> Statements[None]:
    yield Statement('DROP TABLE IF EXISTS "favorite"')


@ON_A_STORE
@given(tests=st.lists(st.tuples(st.sampled_from([None, "sample"]), st.lists(st.sampled_from(list(DEEDS)), max_size=5)), max_size=5))
def test_whatever_tests_do_the_next_one_begins_with_the_same(tests: list[tuple[Any, list[str]]], stage: Stage) -> None:
    begun: dict[Any, Any] = {}
    for seed, deeds in [*tests, (None, []), ("sample", [])]:
        stage.prepare(seed)
        assert begun.setdefault(seed, held(stage)) == held(stage)
        assert (stage.faults.rules, stage.faults.log, stage.faults.requests) == ((), [], 0)
        for deed in deeds:
            with suppress(icosa.IcosaError, apsw.Error, Outdated):  # what follows on what others did may fail
                DEEDS[deed](stage)


@pytest.fixture(scope="module")
def stage() -> Any:
    with Stage() as stage:
        yield stage


def test_a_seed_is_the_sample_or_records_or_a_function(stage: Stage) -> None:
    stage.prepare()
    assert all(stage.faultless[each.plural].find_many(limit=1).total_count == 0 for each in STANDARD)
    stage.prepare("sample")
    counts = {plural: stage.faultless[plural].find_many(limit=1, depth=0).total_count for plural in records()}
    assert counts == {plural: len(made) for plural, made in records().items()}
    stage.prepare(
        {"companies": [{"name": "Engines", "id": (id_ := "20202020-1c25-4d02-bf25-6aeccf7ea419")}], "People": [{"companyId": id_}] * 70}
    )
    assert stage.faultless.people.find_many(filter=f"companyId[eq]:{id_}").total_count == 70
    stage.prepare(lambda crm: crm.notes.create_one(title="Mine"))
    assert [each["title"] for each in stage.faultless.notes.find_many()] == ["Mine"]


def test_the_sample_is_of_one_time_in_every_run(stage: Stage) -> None:
    stage.prepare("sample")
    assert {each["updatedAt"] for each in stage.faultless.companies.find_many(depth=0)} == {"2026-03-02T09:00:00.000Z"}
    stage.prepare("sample", now="2031-01-01")
    assert {each["updatedAt"] for each in stage.faultless.companies.find_many(depth=0)} == {"2031-01-01T00:00:00.000Z"}


def test_every_catalogue_has_a_workspace_of_its_own() -> None:
    with Session() as session:
        standard, rockets = session.stage(), session.stage(ROCKETS)
        assert session.stage(STANDARD) is standard
        assert session.stage(Catalogue(ROCKETS.objects)) is rockets
        wider = Object(
            "rocket", "rockets", "Something that flies.", (*ROCKETS.by_singular["rocket"].members, Field("fuel", "TEXT", "")), custom=True
        )
        assert session.stage(STANDARD.with_objects(wider)) is not rockets
        rockets.faultless["rockets"].create_one(name="Saturn")
        rockets.prepare()
        assert rockets.faultless["rockets"].find_many().total_count == 0


def test_a_fault_that_cannot_be_leaves_the_stage_as_it_was(stage: Stage) -> None:
    stage.prepare(faults=[RateLimited()])
    before = stage.faults
    with pytest.raises(Exception, match="has no field"):
        stage.prepare(faults=[RenamedField("people", "nonsense", "sense")])
    assert stage.faults is before


def test_a_script_that_closes_its_client_closes_nothing(icosa_workspace: Workspace) -> None:
    with icosa_workspace as crm:
        crm.companies.create_one(name="Engines")
    assert icosa_workspace.companies.find_many().total_count == 1
