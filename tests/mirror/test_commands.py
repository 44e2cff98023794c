"""`icosa pull`, `icosa diff` and `icosa push`, as somebody runs them."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

import icosa
from tests.commands import icosa as run
from tests.durability.filled import fill


@pytest.fixture
def remote(new_url: Callable[[], str]) -> str:
    url = new_url()
    fill(url)
    return url


def test_pull_tells_what_it_did_and_diff_that_nothing_is_left(remote: str, tmp_path: Path) -> None:
    into = str(tmp_path / "crm.db")
    assert {"object": "people", "added": 3, "changed": 0, "gone": 0, "kept": 0, "refused": 0} in json.loads(
        run("pull", remote, "--into", into).stdout
    )
    assert json.loads(run("pull", remote, "--into", into).stdout) == []
    ran = run("diff", into, remote)
    assert (ran.stdout, ran.stderr.strip()) == ("", "The two are equal.")


def test_a_dry_run_makes_nothing(remote: str, tmp_path: Path) -> None:
    ran = run("pull", remote, "--into", str(tmp_path / "crm.db"), "--dry-run")
    assert {"object": "people", "records": 3} in json.loads(ran.stdout)
    assert not (tmp_path / "crm.db").exists()


def test_diff_ends_with_one_where_there_is_a_difference(remote: str, tmp_path: Path) -> None:
    into = str(tmp_path / "crm.db")
    run("pull", remote, "--into", into)
    with icosa.connect(remote) as crm:
        changed = crm.people.find_many(limit=1)[0]["id"]
        crm.people.update_one(changed, city="Lyon")
    ran = run("diff", into, remote, "--object", "people", check=False)
    assert ran.returncode == 1
    (line,) = map(json.loads, ran.stdout.splitlines())
    assert line == {"object": "people", "id": changed, "change": "changed", "fields": {"city": ["city 1 é漢", "Lyon"]}}
    assert json.loads(run("diff", into, remote, "--summary", check=False).stdout) == [
        {"object": "people", "added": 0, "deleted": 0, "removed": 0, "changed": 1}
    ]
    assert run("diff", into, remote, "--object", "companies").returncode == 0


def test_diff_makes_no_workspace_of_a_misspelt_name(remote: str, tmp_path: Path) -> None:
    ran = run("diff", str(tmp_path / "mispelt.db"), remote, check=False)
    assert ran.returncode == 2
    assert "there is no file" in ran.stderr
    assert not (tmp_path / "mispelt.db").exists()


def test_push_plans_and_applies(remote: str, tmp_path: Path) -> None:
    into, plan = tmp_path / "crm.db", tmp_path / "crm.plan"
    run("pull", remote, "--into", str(into))
    with icosa.connect(f"sqlite:///{into}") as mirror:
        mirror.people.update_one(mirror.people.find_many(limit=1)[0]["id"], city="Lyon")
    assert json.loads(run("push", str(into), "--dry-run").stdout) == [{"step": "change", "count": 1}]
    run("push", str(into), "--plan", str(plan))
    assert '"city":"Lyon"' in plan.read_text("utf-8")
    assert run("push", str(into), "--to", remote, "--plan", str(plan), "--yes").returncode == 0
    assert run("diff", str(into), remote).returncode == 0


def test_a_conflict_is_told_with_five(remote: str, tmp_path: Path) -> None:
    into = tmp_path / "crm.db"
    run("pull", remote, "--into", str(into))
    for url, city in ((remote, "Lyon"), (f"sqlite:///{into}", "Turin")):
        with icosa.connect(url) as crm:
            crm.people.update_one(crm.people.find_many(limit=1)[0]["id"], city=city)
    ran = run("push", str(into), "--dry-run", check=False)
    assert ran.returncode == 5
    assert "changed in the mirror and in the workspace since it was pulled: city" in ran.stderr


@pytest.mark.parametrize("masked", [False, True])
def test_only_a_true_mirror_is_pushed_and_only_home(remote: str, new_url: Callable[[], str], tmp_path: Path, masked: bool) -> None:
    into = tmp_path / "crm.db"
    run("pull", remote, "--into", str(into), *(["--mask"] if masked else []))
    if masked:
        assert "masked" in run("push", str(into), check=False).stderr
        assert (tmp_path / "crm.db.salt").exists() or (tmp_path / "crm.salt").exists()
    else:
        assert "was pulled from" in run("push", str(into), "--to", new_url(), check=False).stderr
    fill(new_url())
    assert "never pulled" in run("push", remote, check=False).stderr
