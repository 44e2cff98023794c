"""A workspace under test answers as the version of Twenty that a test asks for."""

from pathlib import Path

import httpx2
import pytest

import icosa.testing
from icosa.catalogue.standard_2_19 import STANDARD_2_19
from icosa.errors import InvalidValue, UnknownField
from icosa.testing import RenamedField
from tests.testing.test_plugin import passed


def test_it_has_the_objects_of_that_version_and_is_put_back_as_any() -> None:
    with icosa.testing.workspace({"companies": [{"name": "Mill"}] * 70}, api="2.19") as crm:
        assert crm.catalogue == STANDARD_2_19
        assert crm["companies"].find_many(limit=200).total_count == 70
        company = crm["companies"].find_many(limit=1)[0]
        crm["companies"].delete_one(company["id"])
        assert crm["companies"].restore_one(company["id"])["name"] == "Mill"
        assert crm["dashboards"].create_one(title="Sales")["title"] == "Sales"


def test_a_field_can_be_renamed_there_too() -> None:
    with (
        icosa.testing.workspace(api="2.19", faults=[RenamedField("people", "jobTitle", "occupation")]) as crm,
        pytest.raises(UnknownField),
    ):
        crm["people"].create_one(jobTitle="Analyst")


def test_a_server_does() -> None:
    with icosa.testing.server({"companies": [{"name": "Mill"}]}, api="2.19") as server:
        answer = httpx2.get(f"{server.url}/rest/companies", headers={"Authorization": f"Bearer {server.token}"})
        assert list(answer.json()) == ["data", "totalCount", "pageInfo"]
        assert server.client()["companies"].find_many()[0]["name"] == "Mill"


def test_one_that_there_is_not_is_refused() -> None:
    said = r'api: "1\.1" is none that a workspace can speak; give one of 1\.0\.3, 2\.19'
    with pytest.raises(InvalidValue, match=said), icosa.testing.workspace(api="1.1"):
        raise AssertionError("it was opened")


def test_a_mark_says_which(tmp_path: Path) -> None:
    passed(
        tmp_path,
        """
import pytest

@pytest.mark.icosa(api="2.19", seed={"dashboards": [{"title": "Sales"}]})
def test_newer(icosa_workspace):
    assert icosa_workspace["dashboards"].find_many()[0]["title"] == "Sales"

def test_usual(icosa_workspace):
    assert "dashboard" not in icosa_workspace.catalogue.by_singular
""",
    )
