"""What `icosa pull`, `diff` and `push` do is there for programs too, in `icosa.mirror`."""

from collections.abc import Callable
from pathlib import Path

import pytest

import icosa
from icosa import bulk, mirror
from icosa.errors import InvalidInput
from icosa.plans.step import Conflict


def test_a_mirror_is_pulled_changed_planned_applied_and_pulled_back(new_url: Callable[[], str], tmp_path: Path) -> None:
    into, plan = new_url(), tmp_path / "push.plan"
    with icosa.connect(new_url()) as crm:
        ada = crm.people.create_one(name={"firstName": "Ada", "lastName": "Lovelace"})
        assert mirror.pull_into(into, crm).counts["people"].added == 1
        assert mirror.push_address(into) == crm.address
        with icosa.connect(into) as here:
            here.people.update_one(ada["id"], city="London")
            assert mirror.plan_push(into, crm) == {"change": 1}
            assert mirror.plan_push(into, crm, plan) == {"change": 1}
            assert bulk.apply(crm, plan).whole
            assert not any(each.any() for each in mirror.pull_back(into, crm).values() if each.kept or each.refused)
            assert not list(
                mirror.differences(mirror.remote(here), mirror.remote(crm), mirror.objects_of(here.catalogue, crm.catalogue, ["people"]))
            )
        assert crm.people.find_one(ada["id"])["city"] == "London"


def test_who_plans_a_push_hears_of_conflicts(new_url: Callable[[], str]) -> None:
    into, heard = new_url(), list[Conflict]()
    with icosa.connect(new_url()) as crm:
        ada = crm.people.create_one(name={"firstName": "Ada", "lastName": "Lovelace"})
        mirror.pull_into(into, crm)
        crm.people.update_one(ada["id"], city="Paris")
        with icosa.connect(into) as here:
            here.people.update_one(ada["id"], city="London")
        assert mirror.plan_push(into, crm, conflict=heard.append) == {"conflict": 1}
    assert [each.ids for each in heard] == [(ada["id"],)]


def test_a_mirror_is_pushed_nowhere_but_home(new_url: Callable[[], str]) -> None:
    into = new_url()
    with icosa.connect(new_url()) as crm, icosa.connect(new_url()) as other:
        with pytest.raises(InvalidInput, match="never pulled"):
            mirror.plan_push(into, crm)
        mirror.pull_into(into, crm)
        for push in (mirror.plan_push, mirror.pull_back):
            with pytest.raises(InvalidInput, match="was pulled from"):
                push(into, other)


def test_a_masked_mirror_is_never_brought_up_to_date_without_its_mask(new_url: Callable[[], str]) -> None:
    into = new_url()
    with icosa.connect(new_url()) as crm:
        mirror.pull_into(into, crm, mask=True)
        with pytest.raises(InvalidInput, match="masked"):
            mirror.pull_back(into, crm)
