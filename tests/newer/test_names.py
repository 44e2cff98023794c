"""An object of two words is found by any of its names, by who never called the workspace before."""

import asyncio
from pathlib import Path

import pytest

import icosa
from icosa.errors import UnknownObject
from tests.cli.conftest import Shell
from tests.newer_server import NewerServer

NAMES = (
    "survey_results", "surveyResults", "Survey Results", "survey-results", "SURVEY RESULTS",
    "survey_result", "surveyResult", "Survey Result", "survey-result",
)  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_every_spelling_is_the_same_resource(name: str, server: NewerServer, shell: Shell) -> None:
    with icosa.connect() as crm:
        assert crm[name].find_many(depth=0).total_count == 0
        assert crm[name] is crm.survey_results  # type: ignore[attr-defined]

    async def counted() -> int:
        async with icosa.aconnect() as crm:
            return (await crm[name].find_many(depth=0)).total_count

    assert asyncio.run(counted()) == 0
    assert shell("export", name).code == 0


@pytest.mark.parametrize("name", NAMES)
def test_so_it_is_in_commands(name: str, server: NewerServer, shell: Shell) -> None:
    assert shell(name, "find-many").json["data"] == {"surveyResults": []}


def test_imports_and_exports_name_it_as_they_like(server: NewerServer, shell: Shell, tmp_path: Path) -> None:
    rows = tmp_path / "rows.csv"
    rows.write_text("name,score\nGood,9\n")
    assert shell("import", str(rows), "--to", "Survey Result", "--key", "name", "--yes").json["created"] == 1
    assert shell("export", "survey result", "--columns", "name,score").out.splitlines() == ["name,score", "Good,9"]


def test_a_name_that_is_none_names_what_is_near(crm: icosa.Client) -> None:
    with pytest.raises(UnknownObject, match="Did you mean 'Survey Results'"):
        crm["survey resulst"]
    with pytest.raises(AttributeError, match="did you mean 'survey_results'"):
        crm.survey_resulst  # type: ignore[attr-defined]  # noqa: B018
