"""The console over a workspace that answers as Twenty 2.19: each of its objects has its pages, and each of its actions a form."""

from pathlib import Path

import pytest
from starlette.testclient import TestClient

import icosa
from icosa.call.extensions import offered
from icosa.catalogue.model import Object
from icosa.catalogue.naming import kebab_case
from icosa.catalogue.standard_2_19 import STANDARD_2_19
from icosa.wire.openapi.reading import offers_of
from icosa.wire.version import TWENTY_2_19
from icosa.workspace import open_workspace
from tests.console.conftest import signed_in
from tests.console.site import Local


@pytest.fixture(scope="module")
def newer(tmp_path_factory: pytest.TempPathFactory) -> Local:
    path = tmp_path_factory.mktemp("newer") / "crm.db"
    open_workspace(f"sqlite:///{path}", version=TWENTY_2_19).close()
    with icosa.connect(f"sqlite:///{path}") as crm:
        company = crm.companies.create_one(name="Analytical Engines", depth=0)
        crm.people.create_one(name={"firstName": "Ada"}, company_id=company["id"], depth=0)
        note = crm.notes.create_one(title="Punched cards", depth=0)
        crm.note_targets.create_one(note_id=note["id"], target_company_id=company["id"], depth=0)
    return Local(path)


@pytest.fixture
def pages(newer: Local) -> TestClient:
    return signed_in(newer)


@pytest.mark.parametrize("of", list(STANDARD_2_19), ids=lambda of: of.plural)
def test_each_object_is_browsed_and_its_actions_are_forms(pages: TestClient, of: Object) -> None:
    assert pages.get(f"/browse/{of.plural}").status_code == 200
    listed = list(offered(of, offers_of(TWENTY_2_19, STANDARD_2_19)))
    assert {"find_many", "update_one", "update_many", "delete_many", "restore_many", "group_by"} <= set(listed)
    for verb in listed:
        asked = pages.get(f"/run/{kebab_case(of.plural)}/{verb.replace('_', '-')}")
        assert (asked.status_code, verb) == (200, verb)


def test_its_records_have_their_pages(pages: TestClient, newer: Local) -> None:
    with icosa.connect(f"sqlite:///{newer._database}") as crm:
        records = {
            each: crm[each].find_many(depth=0)[0]["id"] for each in ("companies", "people", "notes", "noteTargets", "timelineActivities")
        }
    for plural, id_ in records.items():
        page = pages.get(f"/browse/{plural}/{id_}")
        assert page.status_code == 200, plural
    assert "Punched cards" in pages.get(f"/browse/companies/{records['companies']}").text
