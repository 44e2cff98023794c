"""The plugin in projects of their own, as pytest runs it there."""

import os
import subprocess
import sys
from importlib.metadata import entry_points
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2] / "src"
HEAVY = {"apsw", "asyncio", "click", "cryptography", "h11", "httpx2", "icosa.catalogue", "icosa.client", "icosa.workspace", "orjson"}


def run_pytest(folder: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """Pytest over the files of a folder, with no plugin but those that are named, and Icosa's."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "ICOSA_", "TWENTY_"))}
    environment |= {"PYTHONPATH": str(SOURCE), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    command = [sys.executable, "-m", "pytest", "-p", "icosa.surfaces.testing.plugin", "-p", "no:cacheprovider", *arguments]
    return subprocess.run(command, capture_output=True, text=True, cwd=folder, env=environment, check=False, timeout=120)


def passed(folder: Path, text: str, *arguments: str) -> str:
    (folder / "test_it.py").write_text(text)
    run = run_pytest(folder, "-W", "error", *arguments)
    assert run.returncode == 0, run.stdout + run.stderr
    return run.stdout


def refused(folder: Path, text: str) -> str:
    (folder / "test_it.py").write_text(text)
    run = run_pytest(folder)
    assert run.returncode == 1, run.stdout + run.stderr
    return run.stdout


def test_it_is_installed_with_the_package() -> None:
    (found,) = entry_points(group="pytest11", name="icosa")
    assert found.value == "icosa.surfaces.testing.plugin"


@pytest.mark.parametrize("arguments", [("--collect-only",), ()], ids=["collected", "run"])
def test_a_project_that_does_not_use_it_loads_nothing_of_it(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    (tmp_path / "test_it.py").write_text("def test_nothing(): pass\n")
    (tmp_path / "conftest.py").write_text(
        "import sys\ndef pytest_sessionfinish():\n    print('LOADED', *sorted(name for name in sys.modules if not name.startswith('_')))\n"
    )
    run = run_pytest(tmp_path, "-s", *arguments)
    loaded = set(run.stdout.partition("LOADED ")[2].splitlines()[0].split())
    assert "icosa.surfaces.testing.plugin" in loaded
    assert {name for name in loaded if name in HEAVY or name.startswith(tuple(f"{each}." for each in HEAVY))} == set()


def test_a_mark_says_what_a_test_begins_with(tmp_path: Path) -> None:
    passed(
        tmp_path,
        """
import pytest
from icosa.testing import RateLimited

pytestmark = pytest.mark.icosa(now="2026-02-03T09:00:00Z", seed={"companies": [{"name": "Of the module"}]})

def test_of_the_module(icosa_workspace, icosa_clock):
    assert [each["name"] for each in icosa_workspace.companies.find_many()] == ["Of the module"]
    assert icosa_clock() == "2026-02-03T09:00:00.000Z"

@pytest.mark.icosa(seed="sample", faults=[RateLimited(times=1)])
def test_of_its_own(icosa_workspace, icosa_clock, icosa_faults):
    assert icosa_clock() == "2026-02-03T09:00:00.000Z"
    assert icosa_workspace.companies.find_many(limit=1).total_count == 40
    assert len(icosa_faults.log) == 1
""",
    )


def test_both_fixtures_show_the_same_workspace(tmp_path: Path) -> None:
    passed(
        tmp_path,
        """
import os
import icosa

def test_both(icosa_server, icosa_workspace, icosa_clock, icosa_faults):
    made = icosa_workspace.companies.create_one(name="Engines")
    assert icosa_server.client().companies.find_one(made["id"])["name"] == "Engines"
    assert icosa_server.clock is icosa_clock and icosa_server.faults is icosa_faults
    assert (os.environ["ICOSA_URL"], os.environ["ICOSA_TOKEN"]) == (icosa_server.url, icosa_server.token)

places = set()

def test_the_server_stays(icosa_server):
    places.add((icosa_server.url, icosa_server.token))
    assert icosa_server.client().companies.find_many().total_count == 0

def test_where_it_is(icosa_server):
    places.add((icosa_server.url, icosa_server.token))
    assert len(places) == 1

def test_nothing_leads_there_afterwards():
    assert "ICOSA_URL" not in os.environ
""",
    )


def test_other_objects_are_a_matter_of_the_mark(tmp_path: Path) -> None:
    passed(
        tmp_path,
        """
import pytest
from icosa.catalogue.fields import Text
from icosa.catalogue.model import Object
from icosa.catalogue.standard import STANDARD

ROCKET = Object("rocket", "rockets", "Something that flies.", (Text("name", "Its name."),), custom=True)

@pytest.mark.icosa(catalogue=STANDARD.with_objects(ROCKET), seed={"rockets": [{"name": "Saturn"}]})
def test_rockets(icosa_workspace, icosa_server):
    assert [each["name"] for each in icosa_workspace["rockets"].find_many()] == ["Saturn"]
    assert icosa_server.client()["rockets"].find_many().total_count == 1

def test_none(icosa_workspace):
    assert "rockets" not in dir(icosa_workspace)
""",
    )


BOTH_VERSIONS = """
import json
import urllib.request
import pytest

def test_it_is_a_1_0_3(icosa_workspace, icosa_server):
    assert "favorites" in dir(icosa_workspace)
    assert told(icosa_server) == "1.0.3"

@pytest.mark.icosa(api="2.19")
class TestOf219:
    def test_it_is_a_2_19(self, icosa_workspace, icosa_server):
        assert "favorites" not in dir(icosa_workspace)
        assert told(icosa_server) == "2.19"
        icosa_workspace.companies.create_many([{"name": "Looms"}, {"name": "Clocks"}])
        assert len(icosa_server.client().companies.update_many(where="name[eq]:Looms", position=1)) == 1

    @pytest.mark.icosa(api="1.0.3")
    def test_the_nearer_mark_counts(self, icosa_server):
        assert told(icosa_server) == "1.0.3"

def told(server):
    request = urllib.request.Request(server.url + "/rest/open-api/core", headers={"Authorization": "Bearer " + server.token})
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)["info"]["version"]
"""


def test_a_mark_says_which_version_it_answers_as(tmp_path: Path) -> None:
    passed(tmp_path, BOTH_VERSIONS)


@pytest.mark.parametrize(
    ("mark", "said"),
    [
        ('"sample"', "write pytest.mark.icosa(seed='sample'); what it takes goes by name"),
        ('seeds="sample"', "pytest.mark.icosa has no seeds; it is icosa(seed=None"),
        ('seed="simple"', 'seed: "simple" is none; give "sample"'),
        ('now="soon"', "when: "),
        ("faults=[None]", "rules: None is no rule"),
        ('api="9.9"', 'api: "9.9" is none that a workspace can speak; give one of 1.0.3, 2.19'),
        ('api="2.19", seed="sample"', 'seed: "sample" has objects and fields that 2.19 has not'),
        ('version="2.19"', "pytest.mark.icosa has no version; it is icosa(seed=None, catalogue=None, api='1.0.3'"),
    ],
)
def test_a_mark_that_cannot_be_says_so(tmp_path: Path, mark: str, said: str) -> None:
    text = f"import pytest\n@pytest.mark.icosa({mark})\ndef test_it(icosa_workspace): pass\n"
    assert said in refused(tmp_path, text)


CROWD = """
import random
import pytest

@pytest.mark.parametrize("number", range(20))
@pytest.mark.parametrize("way", ["icosa_workspace", "icosa_server"])
def test_it_is_alone(request, way, number):
    fixture = request.getfixturevalue(way)
    crm = fixture.client() if way == "icosa_server" else fixture
    assert crm.companies.find_many(filter="deletedAt[is]:NOT_NULL").total_count == 0
    assert crm.people.find_many(depth=0).total_count == 0
    made = crm.companies.create_many([{"name": f"Company {n}"} for n in range(1 + number % 4)])
    crm.people.create_one(companyId=made[0]["id"], emails={"primaryEmail": "the-same@example.com"})
    if number % 3 == 0:
        crm.companies.delete_one(made[0]["id"], permanent=bool(number % 2))
    assert crm.people.find_many(depth=0).total_count == 1
"""
SHUFFLED = """
import random

def pytest_collection_modifyitems(items):
    random.Random({seed}).shuffle(items)
"""


@pytest.mark.parametrize("seed", range(2))
def test_tests_in_any_order_never_see_each_others_records(tmp_path: Path, seed: int) -> None:
    (tmp_path / "conftest.py").write_text(SHUFFLED.format(seed=seed))
    assert "40 passed" in passed(tmp_path, CROWD)


def test_it_works_with_several_processes(tmp_path: Path) -> None:
    assert "40 passed" in passed(tmp_path, CROWD, "-p", "xdist", "-n", "2")


def test_it_works_without_pytest() -> None:
    text = """
import icosa
with icosa.testing.workspace(seed="sample", now="2026-02-03") as crm:
    assert crm.companies.find_many(limit=1).total_count == 40
    crm.clock.advance(days=1)
    assert crm.companies.create_one(name="Engines")["createdAt"] == "2026-02-04T00:00:00.000Z"
with icosa.testing.server(faults=[icosa.testing.ServerError(502, times=1)]) as server:
    with icosa.connect(server.url, server.token, catalogue=crm.catalogue, retries=0) as crm:
        try:
            crm.companies.find_many()
        except icosa.ServerBroken as error:
            print(error)
        print(crm.companies.find_many().total_count, *server.faults.log)
"""
    run = subprocess.run(
        [sys.executable, "-W", "error", "-c", text],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(SOURCE)},
    )
    assert run.returncode == 0, run.stderr
    assert "the server failed with status 502" in run.stdout
    assert "0 1: GET /rest/companies: ServerError(status=502, times=1)" in run.stdout
    assert run.stderr == ""
